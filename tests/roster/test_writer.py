"""What the empty roster offers to whoever fills it in, read off the workbook and off the plan of a made-up edition."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.forms.inline import Desk as Definitions
from tests.roster.desk import Desk, empty_roster, library
from xlsxeval.calc import compile_formulas, parse
from xlsxeval.forms.campaign import load_campaign
from xlsxeval.layout.placing import build_layout
from xlsxeval.model import Address
from xlsxeval.roster import is_skeleton, roster_bytes, skeleton_text
from xlsxeval.roster.plan import make_plan

FORM = """
    form: f
    title: 某某表
    attachment: 附件九
    sheet: 附件九
    columns: [10, 10, 10, 10, 10, 10]
    grid:
      - [$staff, <, <, <, <, <]
      - repeat: indicators
        lines: 3
        line: [$town, $aim, $grade, $actual, $points, $score]
    fields:
      staff: {label: 人数, type: count}
      indicators.town: {label: 乡镇}
      indicators.aim: {label: 目标, type: date}
      indicators.grade: {label: 等次, type: choice, choices: [甲, 乙]}
      indicators.actual: {label: 结果}
      indicators.points: {label: 满分, type: weight}
      indicators.score: {label: 得分, type: score}
"""


PLAIN = ("附件4", "附件5", "附件6")


def titles(desk: Desk, sheet: str) -> list[object]:
    return [cell.value for cell in desk.sheet(sheet)[1]]


def test_the_sheets_and_headers_of_hunan(desk: Desk) -> None:
    assert desk.book.sheetnames == ["填写说明", "任务", "单位", "项目", "指标", "上年数", "文本", "数据项"]
    assert [desk.sheet("任务")[f"A{row}"].value for row in range(2, 7)] == [
        "编号",
        "版本",
        "年度",
        "组织部门",
        "上报期限",
    ]
    assert titles(desk, "单位") == [
        "代码",
        "名称",
        "填报说明",
        "附件1",
        "附件2",
        "附件3",
        *PLAIN,
        "报告正文",
        "联系人",
        "邮箱",
    ]
    assert titles(desk, "项目") == ["单位代码", "项目名称", "主管部门", "实施单位"]
    levels = ["一级指标", "二级指标", "三级指标"]
    assert titles(desk, "指标") == ["单位代码", "项目名称", *levels, "年度指标值", "评扣分标准", "分值"]
    assert titles(desk, "上年数") == ["单位代码", "项目名称", "附件", "字段", "第几行", "值"]
    assert titles(desk, "文本") == ["单位代码", "项目名称", "附件", "字段", "文字"]


def test_the_columns_come_from_the_definition(tmp_path: Path) -> None:
    definitions = Definitions(tmp_path)
    definitions.edition()
    definitions.form(FORM)
    plan = make_plan(definitions.library.edition("e"))
    assert [table.name for table in plan.tables] == ["单位", "指标", "上年数"]
    indicators = plan.table("指标")
    assert indicators is not None
    assert [column.title for column in indicators.columns] == ["单位代码", "乡镇", "目标", "等次", "满分"]
    assert [column.choices for column in indicators.columns][3] == ("甲", "乙")
    assert [(item.form_label, item.label) for item in plan.items] == [("附件九", "人数")]


def test_lists_dates_and_numbers_are_validated_with_a_prompt(desk: Desk) -> None:
    kinds = {}
    for name in ("任务", "单位", "项目", "指标", "上年数", "文本"):
        for rule in desk.sheet(name).data_validations.dataValidation:
            assert rule.prompt
            cell = str(rule.sqref).split(":")[0]
            kinds[f"{name}!{cell}"] = (rule.type, rule.formula1)
    assert kinds["任务!B6"][0] == "date"
    assert kinds["任务!B4"][0] == "whole"
    assert "hunan-2024" in kinds["任务!B3"][1]
    assert kinds["单位!D3"] == ("list", '"填,不填"')
    assert kinds["项目!A3"] == kinds["指标!A3"] == kinds["上年数!A3"] == ("list", "名册单位代码")
    assert kinds["指标!H3"] == ("decimal", "0")
    assert "$C3" in kinds["上年数!D3"][1]
    assert kinds["文本!D3"][1] != kinds["上年数!D3"][1]
    assert {"名册单位代码"} == set(desk.book.defined_names)


def test_the_lists_offer_the_unit_s_own_projects_and_the_form_s_own_fields(desk: Desk) -> None:
    """The formulas of the lists, computed as a spreadsheet program computes them."""
    desk.project(row=3, code="001", name="甲")
    desk.project(row=4, code="001", name="乙")
    desk.project(row=5, code="1", name="丙")
    desk.write("指标", 3, 单位代码="001")
    desk.write("文本", 3, 单位代码="1", 附件="附件3")
    assert offered(desk, "指标", "B") == ["甲", "乙"]
    assert offered(desk, "文本", "B") == ["丙"]
    assert offered(desk, "文本", "D") == ["预期目标", "实际完成情况"]


def offered(desk: Desk, sheet: str, column: str) -> list[str]:
    rules = desk.sheet(sheet).data_validations.dataValidation
    formula = next(rule.formula1 for rule in rules if str(rule.sqref).startswith(f"{column}3"))
    assert len(formula) <= 255
    values = {
        Address(page.title, cell.row, cell.column): cell.value
        for page in desk.book
        for row in page.iter_rows()
        for cell in row
        if cell.value is not None
    }
    spots = [Address(sheet, row, 50) for row in range(1, 9)]
    formulas = {spot: parse(f'IFERROR(INDEX({formula},{spot.row})&"","")') for spot in spots}
    found = compile_formulas(formulas, sheets=desk.book.sheetnames).run(values)
    return [str(found[spot]) for spot in spots if found[spot] != ""]


def test_codes_are_text_headers_stay_in_sight_and_examples_are_marked(desk: Desk) -> None:
    for name in ("单位", "项目", "指标", "上年数"):
        page = desk.sheet(name)
        assert page["A2"].value == "示例"
        assert page["A2"].number_format == "@"
        assert str(page.freeze_panes).endswith("2")


def test_the_same_edition_gives_the_same_bytes() -> None:
    edition = library().edition("hunan-2024")
    again = roster_bytes(edition, tuple(library().editions()), {"campaign": "shili-2024"})
    assert again == roster_bytes(edition, tuple(library().editions()), {"campaign": "shili-2024"})
    assert load_workbook(io.BytesIO(again))["任务"]["B2"].value == "shili-2024"
    assert again != empty_roster("hunan-2024")


def skeleton(path: Path, edition: str) -> str:
    text = skeleton_text(library().edition(edition), "c", 2024, "自评")
    path.write_text(text, encoding="utf-8")
    return text


@pytest.mark.parametrize("edition", library().editions())
def test_the_yaml_beside_it_loads_and_is_laid_out(tmp_path: Path, edition: str) -> None:
    skeleton(tmp_path / "campaign.yaml", edition)
    campaign, found = load_campaign(tmp_path, library())
    assert build_layout(campaign, campaign.units[0], found).sheets


@pytest.mark.parametrize(
    ("old", "new", "untouched"),
    [
        ("", "", True),
        ("某某市财政局", "某某区财政局", True),
        ('"000001"', '"430200101"', False),
        ("units:", "units", False),
    ],
)
def test_a_yaml_is_untouched_while_its_unit_is_the_made_up_one(
    tmp_path: Path, old: str, new: str, untouched: bool
) -> None:
    path = tmp_path / "campaign.yaml"
    path.write_text(skeleton(path, "hunan-2024").replace(old, new) if old else skeleton(path, "hunan-2024"), "utf-8")
    assert is_skeleton(path) is untouched
