"""The department's own report: every figure in it is what the units' figures come to."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

import pytest
from docx.oxml.ns import qn
from openxml_audit import OpenXmlValidator

from tests.report.reading import opened, paragraph, paragraphs
from tests.report.summaries import LIBRARY, made_returns, summary_of, without_money
from xlsxeval.report import OPEN_ERRORS, ReportError
from xlsxeval.report.consolidated import consolidated_bytes, consolidated_template
from xlsxeval.resources import templates_directory
from xlsxeval.rollup import load_definition
from xlsxeval.rollup.definition import Role
from xlsxeval.rollup.summary import SummaryStatus, Whose

REPORTS = templates_directory() / "reports"
TEMPLATE = consolidated_template([REPORTS], "hunan-2024")
MONEY = (Role.INITIAL, Role.BUDGET, Role.EXECUTED)
WITH_SUMMARY = [name for name in LIBRARY.editions() if load_definition(LIBRARY, LIBRARY.edition(name)) is not None]


def tables(data: bytes) -> dict[str, list[list[str]]]:
    """Title of an attachment → its rows; the table inside the text is called 资金."""
    found = {}
    title = "资金"
    document = opened(data)
    names = {style.style_id: style.name for style in document.styles}
    texts = {id(table._tbl): [[cell.text for cell in row.cells] for row in table.rows] for table in document.tables}
    for node in document.element.body:
        if node.tag == qn("w:p"):
            style = node.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
            if style is not None and names[style.get(qn("w:val"))] == "附件标题":
                title = "".join(text.text for text in node.iter(qn("w:t")))
        elif node.tag == qn("w:tbl"):
            found[title] = texts[id(node)]
    return found


def cents(parts) -> int:
    """An amount in hundredths of 万元, by whole numbers."""
    return sum(int((Decimal(repr(part)) * 100).to_integral_value(ROUND_HALF_UP)) for part in parts)


def read(text: str) -> int:
    return int(text.replace(",", "").replace(".", ""))


def half_up(numerator: int, denominator: int) -> int:
    return (2 * numerator + denominator) // (2 * denominator)


@pytest.fixture(scope="module")
def summary():
    return summary_of()


@pytest.fixture(scope="module")
def data(summary):
    return consolidated_bytes(summary, TEMPLATE)


def test_every_unit_has_a_row_with_its_figures_and_what_follows_from_them(summary, data):
    heading, *rows, _ = tables(data)["各单位资金和得分情况表"]
    assert heading[4:10] == ["年初预算数", "全年预算数", "全年执行数", "执行率", "得分", "等次"]
    assert [row[1] for row in rows] == [unit.whose.code for unit in summary.units]
    assert [row[3] for row in rows] == [unit.status.value for unit in summary.units]
    for row, unit in zip(rows, summary.units, strict=True):
        if unit.status is SummaryStatus.ABSENT:
            assert row[4:] == [""] * 7
            continue
        figures = [cents(unit.amounts[role]) for role in MONEY]
        assert [read(text) for text in row[4:7]] == figures
        assert read(row[7].removesuffix("%")) == half_up(figures[2] * 10000, figures[1])
        assert read(row[8]) == cents(unit.amounts[Role.SCORE])
        assert row[9] == next(
            word for word, lower in (("优", 90), ("良", 80), ("中", 60), ("差", 0)) if read(row[8]) >= lower * 100
        )


def test_the_totals_are_the_sums_of_the_rows(summary, data):
    *_, total = tables(data)["各单位资金和得分情况表"]
    came = [unit for unit in summary.units if unit.status is not SummaryStatus.ABSENT]
    sums = [sum(cents(unit.amounts[role]) for unit in came) for role in MONEY]
    assert [read(text) for text in total[4:7]] == sums
    assert read(total[7].removesuffix("%")) == half_up(sums[2] * 10000, sums[1])
    scores = [cents(unit.amounts[Role.SCORE]) for unit in came]
    assert read(total[8]) == half_up(sum(scores), len(scores))


def test_the_sentences_say_the_same_figures(summary, data):
    came = [unit for unit in summary.units if unit.status is not SummaryStatus.ABSENT]
    said = re.findall(r"([\d.]+)(?:万元|%)", paragraph(data, "已报数的单位"))
    sums = [sum(cents(unit.amounts[role]) for unit in came) for role in MONEY]
    assert [cents([float(text)]) for text in said] == [*sums, half_up(sums[2] * 10000, sums[1])]
    scores = [cents(unit.amounts[Role.SCORE]) for unit in came]
    budgets = [cents(unit.amounts[Role.BUDGET]) for unit in came]
    said = [cents([float(text)]) for text in re.findall(r"([\d.]+)分", paragraph(data, f"{len(came)}个单位有自评得分"))]
    weighted = half_up(sum(a * b for a, b in zip(scores, budgets, strict=True)), sum(budgets))
    assert said == [half_up(sum(scores), len(scores)), weighted, max(scores), min(scores)]


def test_who_came_who_is_missing_and_who_has_errors_is_told(summary, data):
    first = paragraph(data, "2024年度，某市教育局")
    assert re.findall(r"\d+(?=个)", first) == ["30", "27", "3"]
    missing = paragraph(data, "截至2025年6月3日")
    assert all((unit.whose.name in missing) == (unit.status is SummaryStatus.ABSENT) for unit in summary.units[2:])
    faulty = paragraph(data, "已报的单位中").split("：")[1].split("。")[0].split("、")
    assert faulty == [unit.whose.name for unit in summary.units if unit.status is SummaryStatus.ERRORS]


def test_the_ranking_goes_down_and_the_same_score_has_the_same_place(data):
    _, *rows = tables(data)["自评得分排名表"]
    places = [int(row[0]) for row in rows]
    scores = [read(row[3]) for row in rows]
    assert len(rows) == 27
    assert places == [1 + sum(other > score for other in scores) for score in scores]
    assert scores == sorted(scores, reverse=True)
    assert any(one == other for one, other in pairwise(places))


def test_the_grades_are_counted(data):
    _, *rows = tables(data)["自评得分排名表"]
    counted = dict(re.findall(r"(优|良|中|差)(?:（[^）]*）)?(\d+)个", paragraph(data, "按得分评定等次")))
    assert counted == {word: str(sum(row[4] == word for row in rows)) for word in "优良中差"}


def test_the_projects_of_all_units_are_there_with_their_sums(summary, data):
    _, *rows, total = tables(data)["项目支出情况表"]
    assert [row[1:3] for row in rows] == [[line.whose.name, line.project.name] for line in summary.projects]
    for column, role in enumerate(MONEY, start=3):
        figures = [cents(line.project.amounts[role]) for line in summary.projects]
        assert [read(row[column]) for row in rows] == figures
        assert read(total[column]) == sum(figures)


def test_common_problems_say_how_many_units_and_places(summary, data):
    _, *rows = tables(data)["共性问题表"]
    assert [row[1] for row in rows] == ["V111", "L101"]
    assert [row[4:6] for row in rows] == [["9", "18"], ["6", "6"]]
    worst = paragraph(data, "1.")
    assert re.findall(r"(\S+?)（(\d)处）", worst.split("较多的是")[1].split("。")[0]) == [
        ("第3中学", "2"),
        ("、第6中学", "2"),
        ("、第9中学", "2"),
    ]


def test_the_columns_of_money_are_added_up(summary, data):
    heading, *rows = tables(data)["资金"]
    assert len(rows) == len(summary.definition.money)
    for number, row in enumerate(rows):
        assert read(row[2]) == sum(cents(unit.money[number]) for unit in summary.units)
        assert row[3] == "万元"
    assert len(heading) == 4


def test_large_tables_lie_across_with_headings_on_every_page_and_the_numbers_go_on(data):
    document = opened(data)
    sections = [section._sectPr for section in document.sections]
    turned = [section.find(qn("w:pgSz")).get(qn("w:orient")) == "landscape" for section in sections]
    assert turned == [False, False, True]
    starts = [node.get(qn("w:start")) for section in sections for node in section.findall(qn("w:pgNumType"))]
    assert [start for start in starts if start] == ["1"]
    for table in document.tables:
        assert [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows][:2] == [True, False]
        widths = [int(node.get(qn("w:w"))) for node in table._tbl.tblGrid]
        room = document.sections[2 if len(widths) > 4 else 1]
        text = room.page_width - room.left_margin - room.right_margin
        assert sum(widths) <= text / 635 + len(widths)  # EMU in a twip


def test_figures_that_follow_from_projects_are_their_sums_and_their_weighted_score():
    summary = summary_of("mof-2020", 7, 1)
    _, *rows, _ = tables(consolidated_bytes(summary, TEMPLATE))["各单位资金和得分情况表"]
    for row in rows:
        own = [line.project.amounts for line in summary.projects if line.whose.code == row[1]]
        if not own or not own[0]:
            assert row[4:9] == [""] * 5
            continue
        assert [read(text) for text in row[4:7]] == [sum(cents(one[role]) for one in own) for role in MONEY]
        budgets = [cents(one[Role.BUDGET]) for one in own]
        scores = [cents(one[Role.SCORE]) for one in own]
        assert read(row[8]) == half_up(sum(a * b for a, b in zip(budgets, scores, strict=True)), sum(budgets))


@pytest.mark.parametrize("edition", WITH_SUMMARY)
@pytest.mark.parametrize(("units", "absent"), [(4, 1), (1, 0), (2, 2)])
def test_every_edition_gets_whole_sentences(edition, units, absent):
    texts = paragraphs(consolidated_bytes(summary_of(edition, units, absent), TEMPLATE))
    assert not [text for text in texts if re.search(r"[{}]|。。|，。|、。|None|合计万元|率。|共0", text)]
    assert sum(text.startswith(tuple("一二三四五六七")) and text[1] == "、" for text in texts) == 7


def test_without_figures_there_is_no_table_without_rows():
    summary = without_money(summary_of("chenxi-2024", 2, 2))
    found = tables(consolidated_bytes(summary, TEMPLATE))
    assert list(found) == ["各单位资金和得分情况表"]


def test_attachments_are_counted_without_a_gap(data):
    listed = [text for text in paragraphs(data) if re.match(r"(附件：)?\d\.\S+表$", text)]
    marks = [text for text in paragraphs(data) if re.fullmatch(r"附件\d", text)]
    assert [text.removeprefix("附件：") for text in listed] == [
        f"{number}.{title}" for number, title in enumerate(list(tables(data))[1:], start=1)
    ]
    assert marks == [f"附件{number}" for number in range(1, len(listed) + 1)]


def test_the_same_summary_gives_the_same_bytes_and_a_mark_stands_on_every_page(summary, data):
    assert data == consolidated_bytes(summary, TEMPLATE)
    document = opened(consolidated_bytes(summary, TEMPLATE, watermark=OPEN_ERRORS))
    assert OPEN_ERRORS in document.sections[0].header._element.xpath(
        "string(.//*[local-name()='textpath'][@string]/@string)"
    )
    assert all(section.header.is_linked_to_previous for section in list(document.sections)[1:])


def test_it_is_valid_by_the_schemas(summary, tmp_path):
    path = tmp_path / "consolidated.docx"
    path.write_bytes(consolidated_bytes(summary, TEMPLATE, watermark=OPEN_ERRORS))
    assert [error.description for error in OpenXmlValidator().validate(path).errors] == []


def test_names_of_units_mean_nothing_to_the_template(summary):
    names = ["{{ total }}", "<w:p>&amp;", "某局\x00\u202e{%p if x %}"]
    units = tuple(
        replace(unit, whose=Whose(unit.whose.code, name)) for unit, name in zip(summary.units, names, strict=False)
    )
    rows = tables(consolidated_bytes(replace(summary, units=units), TEMPLATE))["各单位资金和得分情况表"]
    assert [row[2] for row in rows[1:4]] == ["{{ total }}", "<w:p>&amp;", "某局{%p if x %}"]


def test_an_edition_may_have_a_template_of_its_own(tmp_path):
    assert consolidated_template([tmp_path], "x-2024") == tmp_path / "consolidated.docx"
    own = tmp_path / "consolidated-x-2024.docx"
    own.touch()
    assert consolidated_template([tmp_path], "x-2024") == own
    with pytest.raises(ReportError, match="consolidated-x-2024"):
        consolidated_bytes(summary_of(units=1, absent=0), own)


def sentences(summary) -> list[str]:
    return paragraphs(consolidated_bytes(summary, TEMPLATE))


def test_late_and_sent_back_units_and_exceptions_are_told(summary):
    units = list(summary.units)
    units[0] = replace(units[0], late=12)
    units[1] = replace(units[1], sent_back=True)
    units[2] = replace(units[2], waived=3)
    texts = sentences(replace(summary, units=tuple(units)))
    assert f"1个单位在截止日期以后报送：{units[0].whose.name}（晚12天）。" in texts
    assert any(text.startswith("1个单位的自评表审核后退回修改") and units[1].whose.name in text for text in texts)
    assert "1个单位有查明后登记为例外的问题，共3处，不计入下面的问题。" in texts
    assert any("跟踪退回修改的单位" in text for text in texts)
    assert not any("截止日期以后" in text or "例外" in text or "退回" in text for text in sentences(summary))


def test_nothing_is_done_about_problems_that_there_are_not(summary):
    whole = [one for one in summary.units if one.status is not SummaryStatus.ABSENT]
    good = replace(
        summary,
        units=tuple(replace(one, status=SummaryStatus.CAME, errors=0, warnings=0) for one in whole),
        common=(),
        findings=(),
    )
    texts = sentences(good)
    assert "各单位报来的自评表没有发现问题。" in texts
    assert not any("共性问题。针对" in text or "督促" in text for text in texts)
    assert any(text.startswith("用好自评结果。") for text in texts)


def test_where_nothing_came_nothing_is_said_of_it():
    texts = sentences(summary_of(units=3, absent=3))
    assert "还没有单位报来自评表。" in texts
    assert not any("没有发现问题" in text or "用好自评结果" in text for text in texts)


def test_days_after_the_deadline_are_counted_from_the_last_file():
    summary = summary_of(units=4, absent=1)
    assert {one.late for one in summary.units} == {0}  # no day is known
    returned = made_returns(units=4, absent=1)
    days = {
        one.verdict.path: dt.date(2025, 5, 30) + dt.timedelta(days=3 * number) for number, one in enumerate(returned)
    }
    late = [one.late for one in summary_of(units=4, absent=1, days=days).units]
    assert late == [0, 2, 5, 0]
