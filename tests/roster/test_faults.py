"""What is wrong in a roster is told at its cell, all of it at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from openpyxl.worksheet.formula import ArrayFormula

from tests.roster.desk import Desk

Spoil = Callable[[Desk], Any]


def _hide_row(desk: Desk) -> None:
    desk.unit(row=5, code="002")
    desk.sheet("单位").row_dimensions[5].hidden = True


def _hide_column(desk: Desk) -> None:
    desk.sheet("单位").column_dimensions["B"].hidden = True


def _hide_sheet(desk: Desk) -> None:
    desk.sheet("项目").sheet_state = "hidden"


def _merge(desk: Desk) -> None:
    desk.project(row=3)
    desk.project(row=4, name="另一专项")
    desk.sheet("项目").merge_cells("C3:D3")


def _header_twice(desk: Desk) -> None:
    desk.sheet("单位")["M1"].value = "代码"


def _no_unit_code(desk: Desk) -> None:
    desk.write("单位", 4, 名称="另一局")


def _damaged_code(desk: Desk) -> None:
    desk.unit(row=4, code=2, name="另一局")


def _half_a_code(desk: Desk) -> None:
    desk.unit(row=4, code=0.5, name="另一局")


def _too_long_a_code(desk: Desk) -> None:
    desk.unit(row=4, code=12345678901234567890, name="另一局")


def _task(cell: str, value: Any) -> Spoil:
    def spoil(desk: Desk) -> None:
        desk.sheet("任务")[cell].value = value

    return spoil


def _bare_serial(desk: Desk) -> None:
    cell = desk.sheet("任务")["B6"]
    cell.value, cell.number_format = 45808, "General"


def _line(sheet: str, **values: Any) -> Spoil:
    return lambda desk: desk.write(sheet, 3, **values)


def _figure(**values: Any) -> Spoil:
    usual = {"单位代码": "001", "附件": "附件1", "字段": "编制数", "值": 1}
    return _line("上年数", **usual | values)


def _figure_twice(desk: Desk) -> None:
    for row in (3, 4):
        desk.write("上年数", row, 单位代码="001", 附件="附件1", 字段="编制数", 值=row)


def _figure_of_a_project(desk: Desk) -> None:
    desk.project()
    _figure(项目名称="某某专项")(desk)


def _second_project(desk: Desk) -> None:
    desk.project()
    desk.project(row=4)


def _rename(old: str, new: str) -> Spoil:
    def spoil(desk: Desk) -> None:
        desk.sheet(old).title = new

    return spoil


def _indicators(weights: list[Any], **more: Any) -> Spoil:
    def spoil(desk: Desk) -> None:
        desk.project()
        desk.indicators(weights, **more)

    return spoil


SPOILT: list[tuple[str, Spoil, str, list[str]]] = [
    ("a code twice", lambda desk: desk.unit(row=4), "单位!A4", ["001", "重复"]),
    ("no code", _no_unit_code, "单位!A4", ["缺少单位代码"]),
    ("no name", lambda desk: desk.unit(row=4, code="002", name=""), "单位!B4", ["单位名称不能为空"]),
    ("a code with signs", lambda desk: desk.unit(row=4, code="00/2"), "单位!A4", ["00/2"]),
    ("a code without its zeros", _damaged_code, "单位!A4", ["「2」", "前面的 0", "文本"]),
    ("a code that is half a number", _half_a_code, "单位!A4", ["数字", "文本"]),
    ("a code of too many digits", _too_long_a_code, "单位!A4", ["数字", "文本"]),
    ("a code that is a truth value", lambda desk: desk.unit(row=4, code=True), "单位!A4", ["TRUE"]),
    ("the example typed over", lambda desk: desk.write("单位", 2, 名称="另一局"), "单位!A2", ["示例"]),
    ("neither yes nor no", _line("单位", 附件1="随便"), "单位!D3", ["随便"]),
    ("unknown edition", _task("B3", "hunan-2042"), "任务!B3", ["hunan-2042", "hunan-2024"]),
    ("no edition", _task("B3", None), "任务!B3", ["缺少"]),
    ("a year in words", _task("B4", "去年"), "任务!B4", ["去年", "2024"]),
    ("a year of another time", _task("B4", 1024), "任务!B4", ["1024"]),
    ("no number", _task("B2", None), "任务!B2", ["缺少「编号」"]),
    ("no department", _task("B5", None), "任务!B5", ["缺少「组织部门」"]),
    ("a campaign in Chinese", _task("B2", "任务一"), "任务!B2", ["任务编号"]),
    ("a date nobody can read", _task("B6", "五月底"), "任务!B6", ["五月底", "2025-05-31"]),
    ("a date that is none", _task("B6", "2025-02-30"), "任务!B6", ["2025-02-30"]),
    ("a bare serial for a date", _bare_serial, "任务!B6", ["日期"]),
    ("a label renamed", _task("A5", "部门"), "任务!A5", ["组织部门"]),
    ("a sheet renamed", _rename("指标", "指标表"), "", ["缺少工作表「指标」", "指标表"]),
    ("the task renamed", _rename("任务", "基本"), "", ["缺少工作表「任务」"]),
    ("a header renamed", lambda desk: desk.write("单位", 1, 附件1="附件一"), "单位!D1", ["附件1"]),
    ("a header twice", _header_twice, "单位!M1", ["代码", "两次"]),
    ("a formula", _line("单位", 名称='="某某"&"局"'), "单位!B3", ["公式"]),
    ("an array formula", _line("单位", 附件1=ArrayFormula("D3", "=1+1")), "单位!D3", ["公式"]),
    ("an error value", _line("单位", 附件1="#N/A"), "单位!D3", ["#N/A"]),
    ("merged columns", _merge, "项目!C3:D3", ["合并"]),
    ("a hidden row", _hide_row, "单位!A5", ["第 5 行", "隐藏"]),
    ("a hidden column", _hide_column, "单位!B1", ["B 列", "隐藏"]),
    ("a hidden sheet", _hide_sheet, "项目", ["隐藏"]),
    ("a project of an unknown unit", lambda desk: desk.project(code="002"), "项目!A3", ["002", "是不是「001」"]),
    ("a project of a damaged code", lambda desk: desk.project(code=1), "项目!A3", ["「1」", "是不是「001」"]),
    ("a project without a unit", lambda desk: desk.project(code=None), "项目!A3", ["缺少单位代码"]),
    ("a project without a name", lambda desk: desk.project(name=""), "项目!B3", ["缺少项目名称"]),
    ("a project twice", _second_project, "项目!B4", ["某某专项", "重名"]),
    ("an indicator of an unknown unit", _indicators([90], code="009"), "指标!A3", ["009"]),
    (
        "an indicator of an unknown project",
        _indicators([90], project="某专项"),
        "指标!B3",
        ["某专项", "是不是「某某专项」"],
    ),
    ("weights too small", _indicators([50, 39]), "指标!A3", ["89", "90", "附件2"]),
    ("weights too great by a little", _indicators([50, 40.01]), "指标!A3", ["90.01", "90"]),
    ("weights of a project", _indicators([50, 60], project="某某专项"), "指标!A3", ["110", "某某专项"]),
    ("weights too many while some are missing", _indicators([95, None]), "指标!A3", ["95", "不应超过 90"]),
    ("a weight in words", _indicators(["十分"]), "指标!H3", ["分值", "十分"]),
    (
        "a choice that is none",
        lambda desk: (_indicators([90])(desk), _line("指标", 一级指标="其他指标")(desk)),
        "指标!C3",
        ["其他指标", "产出指标"],
    ),
    (
        "a column that the form has not",
        lambda desk: (_indicators([90])(desk), _line("指标", 二级指标="数量指标")(desk)),
        "指标!D3",
        ["附件2", "二级指标"],
    ),
    ("an indicator that says nothing", _line("指标", 单位代码="001"), "指标!A3", ["没有写指标"]),
    ("a figure in words", _figure(值="很多"), "上年数!F3", ["编制数", "很多"]),
    ("a figure of no field", _figure(字段="编制"), "上年数!D3", ["编制数"]),
    ("a figure of no form", _figure(附件="附件9"), "上年数!C3", ["附件9"]),
    ("a figure without a value", _figure(值=None), "上年数!F3", ["缺少值"]),
    ("a figure with a line", _figure(第几行=2), "上年数!E3", ["清空"]),
    ("a line that is not counted", _figure(字段="本级专项资金名称", 值="甲"), "上年数!E3", ["第几行"]),
    ("lines with a gap", _figure(字段="本级专项资金名称", 值="甲", 第几行=2), "上年数!E3", ["第 1 行"]),
    ("a line beyond the form", _figure(字段="本级专项资金名称", 值="甲", 第几行=7), "上年数!E3", ["1 到 6"]),
    ("a figure twice", _figure_twice, "上年数!D4", ["第 3 行", "重复"]),
    ("a unit's figure with a project", _figure_of_a_project, "上年数!B3", ["附件1", "项目名称"]),
    ("a project's figure without one", _figure(附件="附件3", 字段="其它资金（年初预算数）"), "上年数!B3", ["哪个项目"]),
]


@pytest.mark.parametrize(("spoil", "place", "words"), [pytest.param(*rest, id=name) for name, *rest in SPOILT])
def test_a_fault_is_told_at_its_cell_and_nothing_else_is(
    desk: Desk, spoil: Spoil, place: str, words: list[str]
) -> None:
    spoil(desk)
    ((where, message),) = desk.problems()
    assert where == place
    assert [word for word in words if word not in message] == []


def test_all_faults_are_told_together(desk: Desk) -> None:
    desk.unit(row=4)
    desk.project(code="002")
    desk.indicators([50], code="003")
    desk.write("单位", 3, 附件1="=1+1")
    for cell, value in (("B3", "hunan-2042"), ("B4", "去年"), ("B6", "五月底")):
        desk.sheet("任务")[cell].value = value
    desk.sheet("项目").row_dimensions[3].hidden = True
    assert sorted(desk.places()) == ["任务!B3", "任务!B4", "任务!B6", "单位!A4", "单位!D3", "项目!A3", "项目!A3"]


def test_one_wrong_unit_is_told_once_a_sheet(desk: Desk) -> None:
    desk.indicators([40, 30, 20], code="009")
    assert desk.places() == ["指标!A3"]
