"""The page of GB/T 9704-2012 in the report of every edition, with and without charts, read from the XML."""

from __future__ import annotations

import pytest
from docx.oxml.ns import qn

from tests.report.made import ALL_SAMPLES, sample_report
from tests.report.reading import opened, part
from tests.report.test_page import W, attributes, mm, style

UPRIGHT = {"top": 37, "bottom": 35, "left": 28, "right": 26}
TURNED = {"top": 28, "bottom": 26, "left": 35, "right": 37}
BODY = {"报告段落": "仿宋_GB2312", "heading 1": "黑体", "heading 2": "楷体_GB2312", "heading 3": "仿宋_GB2312"}


@pytest.fixture(params=[(name, charts) for name in ALL_SAMPLES for charts in (False, True)], ids=str)
def data(request):
    name, charts = request.param
    return sample_report(name, charts=charts)


def test_paper_margins_and_lines_of_every_section(data):
    sections = list(opened(data).element.body.iter(qn("w:sectPr")))
    assert sections
    for section in sections:
        size = attributes(section.find("w:pgSz", W))
        turned = size.get("orient") == "landscape"
        assert (int(size["w"]), int(size["h"])) == pytest.approx(
            (mm(297), mm(210)) if turned else (mm(210), mm(297)), abs=1
        )
        margins = attributes(section.find("w:pgMar", W))
        for edge, millimetres in (TURNED if turned else UPRIGHT).items():
            assert int(margins[edge]) == pytest.approx(mm(millimetres), abs=2), edge
        grid = attributes(section.find("w:docGrid", W))
        assert grid["linePitch"] == "579"
        assert grid.get("type") == (None if turned else "lines")


def test_fonts_sizes_and_pitch_of_the_text(data):
    styles = part(data, "word/styles.xml")
    for name, font in BODY.items():
        found = style(styles, name)
        assert found.find("w:rPr/w:rFonts", W).get(qn("w:eastAsia")) == font
        assert found.find("w:rPr/w:sz", W).get(qn("w:val")) == "32"
        spacing = attributes(found.find("w:pPr/w:spacing", W))
        assert (spacing["line"], spacing["lineRule"]) == ("579", "exact")
    drawn = attributes(style(styles, "图表").find("w:pPr/w:spacing", W))
    assert drawn["lineRule"] == "auto"  # a fixed pitch would cut the chart


def test_numbers_stand_outside_in_every_numbered_section(data):
    assert part(data, "word/settings.xml").find("w:evenAndOddHeaders", W) is not None
    document = opened(data)
    numbered = [section for section in document.sections if not section.footer.is_linked_to_previous]
    assert numbered
    for section in numbered:
        for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
            paragraph = footer.paragraphs[0]._p
            assert paragraph.find(".//w:jc", W).get(qn("w:val")) == side
            assert paragraph.find(".//w:ind", W).get(qn(f"w:{side}Chars")) == "100"
            assert [node.text.strip() for node in paragraph.iter(qn("w:instrText"))] == ["PAGE"]
            assert "".join(node.text for node in paragraph.iter(qn("w:t"))) == "— 1 —"


def test_no_table_is_wider_than_the_page_and_no_row_has_a_fixed_height(data):
    tables = list(opened(data).element.body.iter(qn("w:tbl")))
    for table in tables:
        widths = [int(column.get(qn("w:w"))) for column in table.find("w:tblGrid", W)]
        assert sum(widths) <= mm(225)
        assert {height.get(qn("w:hRule")) for height in table.iter(qn("w:trHeight"))} == {"atLeast"}


def test_no_section_is_empty(data):
    filled = False
    for node in opened(data).element.body:
        filled = filled or node.tag == qn("w:tbl") or any(True for _ in node.iter(qn("w:t"), qn("w:drawing")))
        if node.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None or node.tag == qn("w:sectPr"):
            assert filled
            filled = False
