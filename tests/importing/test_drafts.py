"""What a draft guesses, what it asks, and how it names things."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.importing.forms import write_form
from xlsxeval.forms.library import Library
from xlsxeval.importing import ASK, FormDraft, draft_form, draft_text, read_blanks

LIBRARY = Library(Path(__file__).resolve().parents[2] / "templates")
HEADER = ["项目", "预算数", "执行数", "变动率"]


def draft(tmp_path: Path, rows: list[list[Any]], *merges: str, **more: Any) -> FormDraft:
    answers = more.pop("answers", {})
    (blank,) = read_blanks(write_form(tmp_path / "f.xlsx", rows, merges, **more)).sheets
    return draft_form(blank, "f", "f.xlsx", LIBRARY, answers)


def grid(drafted: FormDraft) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in drafted.rows]


def fields(drafted: FormDraft) -> dict[str, tuple[str, str]]:
    return {field.name: (field.type, field.formula) for field in drafted.fields}


def asks(drafted: FormDraft, name: str) -> str:
    return " ".join(next(field.asks for field in drafted.fields if field.name == name))


def test_names_come_from_the_headings_of_line_and_column(tmp_path: Path) -> None:
    drafted = draft(tmp_path, [HEADER, ["1、人员经费（万元）", None, None, None], ["其中：工资", None, None, None]])
    assert grid(drafted)[1:] == [
        ["1、人员经费（万元）", "$人员经费.预算数", "$人员经费.执行数", "$人员经费.变动率"],
        ["其中：工资", "$工资.预算数", "$工资.执行数", "$工资.变动率"],
    ]


def test_the_same_headings_twice_get_different_names(tmp_path: Path) -> None:
    drafted = draft(tmp_path, [HEADER, ["工资", None, None, None], ["工资", None, None, None]])
    assert [field.name for field in drafted.fields if field.name.startswith("工资.预算数")] == [
        "工资.预算数",
        "工资.预算数_2",
    ]


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("预算数（万元）", "money"),
        ("编制数", "count"),
        ("执行率", "percent"),
        ("完成比例(%)", "percent"),
        ("分值", "weight"),
        ("得分", "score"),
        ("填报日期", "date"),
        ("批复规模（㎡）", "area"),
        ("年度指标值", "code"),
        ("项目名称", "text"),
        ("偏差原因分析及改进措施", "text"),
    ],
)
def test_the_heading_tells_the_type(tmp_path: Path, heading: str, kind: str) -> None:
    drafted = draft(tmp_path, [["某某", heading, "某"], ["甲", None, None]])
    field = drafted.fields[0]
    assert (field.type, [one.place for one in drafted.questions]) == (kind, ["C2"])


@pytest.mark.parametrize(
    ("code", "kind"), [("0.00%", "percent"), ("#,##0.00", "money"), ("yyyy-mm-dd", "date"), ("0", "count")]
)
def test_the_number_format_tells_where_the_heading_does_not(tmp_path: Path, code: str, kind: str) -> None:
    drafted = draft(tmp_path, [["某某", "某", "某"], ["甲", None, None]], formats={"B2": code})
    assert [field.type for field in drafted.fields] == [kind, "text"]
    assert [question.place for question in drafted.open_questions] == ["C2"]


def test_an_answer_is_taken_over_and_a_strange_one_is_not(tmp_path: Path) -> None:
    rows = [["某某", "某", "某"], ["甲", None, None]]
    (asked,) = {question.key for question in draft(tmp_path, rows).questions if question.place == "B2"}
    told = draft(tmp_path, rows, answers={asked: "money"})
    assert [field.type for field in told.fields] == ["money", "text"]
    assert [question.place for question in told.open_questions] == ["C2"]
    assert [field.type for field in draft(tmp_path, rows, answers={asked: "是"}).fields] == ["text", "text"]


def test_a_key_names_the_cell_beside_it(tmp_path: Path) -> None:
    drafted = draft(tmp_path, [HEADER, ["工资", None, None, None], ["填表人：", None, "填报日期：", None]])
    assert fields(drafted)["footer.filled_by"] == ("text", "")
    assert fields(drafted)["footer.date"] == ("date", "")


def test_the_corner_of_a_table_and_what_has_no_heading_are_not_filled_in(tmp_path: Path) -> None:
    rows = [["资金", None, "预算数"], [None, "基本支出", None], [None, None, None], ["某", "某", "某"]]
    drafted = draft(tmp_path, rows, "A1:A3")
    assert [row[1] for row in grid(drafted)] == ["~", "基本支出", "~", "某"]
    alone = draft(tmp_path, [[None, "甲"], ["乙", None]])
    assert grid(alone) == [["~", "甲"], ["乙", "$乙.甲"]]


def test_mark_and_title_stand_above_the_grid(tmp_path: Path) -> None:
    drafted = draft(tmp_path, [["附件 3："], ["某某表", None], ["甲", None]], "A2:B2", sheet="Sheet1")
    assert (drafted.attachment, drafted.title, grid(drafted)) == ("附件3", "某某表", [["甲", "$甲"]])


def test_equal_empty_lines_become_a_block(tmp_path: Path) -> None:
    rows = [["指标", "分值", "得分"], *([[None, None, None]] * 4), ["合计", None, None]]
    drafted = draft(tmp_path, rows)
    assert [(row.block, row.lines) for row in drafted.rows] == [("", 1), ("明细", 5), ("", 1)]
    assert grid(drafted)[1] == ["$指标", "$weight", "$score"]
    assert fields(drafted)["total.score"] == ("score", "SUM(明细.score)")


def test_two_empty_lines_are_no_block(tmp_path: Path) -> None:
    drafted = draft(tmp_path, [["指标", "分值"], [None, None], [None, None], ["合计", None]])
    assert not any(row.block for row in drafted.rows)


@pytest.mark.parametrize(
    ("formula", "named"),
    [
        ("=B2/C2", "工资.预算数/工资.执行数"),
        ("=SUM(B2:B3)", "SUM(工资.预算数,津贴.预算数)"),
        ("=SUM(B2:B3)-10", "SUM(工资.预算数,津贴.预算数)-10"),
        ("=IF(表!$B$2=0,0,ROUND(C2/B2,4))", "IF(工资.预算数=0,0,ROUND(工资.执行数/工资.预算数,4))"),
    ],
)
def test_formulas_take_the_names_of_fields(tmp_path: Path, formula: str, named: str) -> None:
    drafted = draft(tmp_path, [HEADER, ["工资", None, None, formula], ["津贴", None, None, None]])
    assert fields(drafted)["工资.变动率"] == ("percent", named)


def test_the_sum_of_a_block_is_the_sum_of_its_column(tmp_path: Path) -> None:
    drafted = draft(tmp_path, [["指标", "得分"], *([[None, None]] * 3), ["合计", "=SUM(B2:B4)"]])
    assert fields(drafted)["total.score"] == ("score", "SUM(明细.score)")


@pytest.mark.parametrize(
    "formula",
    ["=Sheet2!A1", "=A2", "=Z99", "=VLOOKUP(1,B2:C3,2)", "=某名称", "=NOSUCH(B2)", "=SUM(", "=D2", "=SUM(B2:B2,D3)"],
)
def test_what_no_field_can_say_is_asked_with_the_formula(tmp_path: Path, formula: str) -> None:
    drafted = draft(tmp_path, [HEADER, ["工资", None, None, formula], ["津贴", None, None, "=D2"]])
    assert fields(drafted)["工资.变动率"] == ("percent", "")
    assert "formula" in asks(drafted, "工资.变动率")


def test_every_question_stands_in_the_text_at_its_place(tmp_path: Path) -> None:
    drafted = draft(tmp_path, [["某表", None, None], ["某某", "某", "预算数"], ["丙", None, None]], "A1:C1")
    lines = draft_text(drafted).splitlines()
    assert sum(line.strip().startswith(ASK) for line in lines) == len(drafted.open_questions) == 1
    before_field = next(number for number, line in enumerate(lines) if line.startswith("  丙.某:"))
    assert lines[before_field - 1].strip().startswith(ASK)


def test_years_are_the_campaigns(tmp_path: Path) -> None:
    drafted = draft(tmp_path, [["2024年某表", None], ["2023年数", None], ["（    年度）", None]], "A1:B1", "A3:B3")
    text = draft_text(drafted)
    assert "{{ year }}年某表" in text
    assert "{{ year - 1 }}年数" in text
    assert "（{{ year }}年度）" in text


def test_a_label_set_letter_by_letter_is_one_word(tmp_path: Path) -> None:
    drafted = draft(tmp_path, [["绩\n效\n指\n标", "一级\n指标", "某"], [None, "甲", None]], "A1:A2")
    assert grid(drafted)[0][:2] == ["绩效指标", "一级\n指标"]
