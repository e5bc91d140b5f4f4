"""Forms cut into pages: class labels on each page, no line or total alone, and never more than a page holds."""

from __future__ import annotations

import re
import subprocess
from itertools import pairwise

import pytest
from docx.oxml.ns import qn

from tests.report.made import sample_report, sample_submission
from tests.report.reading import squares
from tests.report.test_pdf import needs_libreoffice
from tests.report.test_tables import attachment_tables
from xlsxeval.report import report_bytes, to_pdf
from xlsxeval.report.page_parts import PageRoom, page_parts, row_heights
from xlsxeval.report.table import draw
from xlsxeval.report.table_look import TableLook
from xlsxeval.report.widths import wrapped_lines

LOOK = TableLook("t", "x", "h", 9.5, 250)
WIDTHS = [700, 700, 800, 1400, 1000, 1000, 600, 900, 1700]


@pytest.fixture(scope="module")
def project():
    """附件3-5 of the sample: long goals, 18 indicators under three classes."""
    submission = sample_submission("zhuzhou-2024")
    return draw(submission.layout.sheet("附件3-5"), submission)


def total(part):
    """The row of 总分, and how many rows stand between the headings and it."""
    row = next(cell.row for cell in part.cells if cell.text == "总分")
    return row, row - (part.header[1] + 1)


@pytest.mark.parametrize("first", range(2_000, 14_000, 400))
def test_whatever_room_there_is_no_total_and_no_few_lines_stand_alone(project, first):
    cut = page_parts(project, WIDTHS, [LOOK], PageRoom(first, 12_000))
    lines = 0
    for number, part in enumerate(cut.parts):
        texts = {cell.row: [one.text for one in part.cells if one.row == cell.row] for cell in part.cells}
        if number and part.header is not None and part.header[0] == 0:
            assert "三级指标" in texts[0]
            firsts = {cell.text for cell in part.cells if cell.row == 1 and cell.column == 1}
            assert firsts <= {"产出指标", "效益指标", "满意度指标"}
            assert firsts
        lines += len({cell.row for cell in part.cells if cell.column == 3 and cell.source.slot})
    assert total(cut.parts[-1])[1] >= 4
    assert lines >= 18


def test_no_part_is_higher_than_its_page(project):
    for others in range(6_000, 13_000, 500):
        cut = page_parts(project, WIDTHS, [LOOK], PageRoom(others, others))
        for part in cut.parts[1:]:
            assert sum(row_heights(part, WIDTHS, LOOK)) <= others


def test_a_table_that_is_a_little_too_long_is_set_tighter(project):
    whole = sum(row_heights(project, WIDTHS, LOOK))
    tight = sum(row_heights(project, WIDTHS, LOOK.tight))
    assert tight < 0.93 * whole
    between = (tight + whole) // 2
    assert len(page_parts(project, WIDTHS, [LOOK], PageRoom(between, between)).parts) == 2
    cut = page_parts(project, WIDTHS, [LOOK, LOOK.tight], PageRoom(between, between))
    assert len(cut.parts) == 1
    assert cut.look == LOOK.tight
    assert page_parts(project, WIDTHS, [LOOK, LOOK.tight], PageRoom(whole, whole)).look == LOOK


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("一二三四五", 1),
        ("一二三四五六", 2),
        ("一二三四五。", 2),  # the mark takes its character along
        ("", 1),
        ("一\n二", 2),
        ("12345678", 1),
        ("一二三12345678", 2),  # a number is not broken
        ("http://example.org/a-long-address", 5),
    ],
)
def test_lines_of_a_text(text, lines):
    assert wrapped_lines(text, 10, 50) == lines


def test_no_row_is_kept_with_one_that_may_run_over_pages(make, template):
    """LibreOffice takes both to a new page then, and leaves an empty one behind."""
    long = "为进一步提升医疗保障服务能力，我单位严格按照规定使用资金。" * 140
    data = report_bytes(make({("project", 5, f"indicators[{line}].level3"): long for line in (1, 2)}), template)
    checked = 0
    for table in attachment_tables(data)["附件3-5"]:
        rows = table.findall(qn("w:tr"))
        for row, below in pairwise(rows):
            if below.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is None:
                assert not list(row.iter(qn("w:keepNext")))
                checked += 1
    assert checked


def test_forms_of_which_there_is_nothing_to_say_share_a_page():
    tables = attachment_tables(sample_report("zhuzhou-2024"))
    for mark, shares in (("附件4", False), ("附件5", True), ("附件6", True)):
        before = tables[mark][0].getprevious().getprevious()
        broken = before.find(f"{qn('w:pPr')}/{qn('w:pageBreakBefore')}")
        assert (broken is not None and broken.get(qn("w:val")) == "0") is shares, mark


def test_a_form_with_something_to_say_has_its_own_page(make, template):
    data = report_bytes(
        make({("capital", None, "status"): "有此项支出", ("capital", None, "text"): "用于注入。"}), template
    )
    tables = attachment_tables(data)
    for mark in ("附件5", "附件6"):
        before = tables[mark][0].getprevious().getprevious()
        assert before.find(f"{qn('w:pPr')}/{qn('w:pageBreakBefore')}") is None, mark


@pytest.mark.libreoffice
@pytest.mark.parametrize("name", ["zhuzhou-2024", "liuyang-2020"])  # upright and wide pages; a second each
def test_each_part_takes_one_page_in_libreoffice(name, tmp_path):
    needs_libreoffice()
    data = sample_report(name)
    path = tmp_path / "report.docx"
    path.write_bytes(data)
    made = to_pdf(path, tmp_path / "out")
    text = subprocess.run(["pdftotext", "-layout", str(made), "-"], capture_output=True, check=True).stdout.decode()
    pages = text.split("\f")[:-1]
    begin = next(number for number, page in enumerate(pages) if re.match(r"\s*附件\s*1\s", page))
    tables = attachment_tables(data)
    parts = [part for several in tables.values() for part in several]
    sharing = sum(mark in ("附件5", "附件6") for mark in tables)
    assert len(pages) - begin == len(parts) - sharing
    for several in tables.values():
        assert all(squares(part) for part in several)
