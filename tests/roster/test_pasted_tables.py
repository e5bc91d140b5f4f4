"""Tables pasted into a roster: names merged over their lines, lines of sums between them."""

from __future__ import annotations

from tests.roster.desk import Desk


def test_a_name_over_several_lines_counts_for_each(desk: Desk) -> None:
    desk.project(row=3, name="甲专项")
    desk.project(row=4, name="乙专项")
    plain = desk.load().units
    page = desk.sheet("项目")
    page.cell(4, desk.column("项目", "单位代码")).value = None
    page.merge_cells("A3:A4")
    assert desk.load().units == plain


def test_lines_of_sums_are_passed_over(desk: Desk) -> None:
    desk.project(row=3, name="甲专项")
    plain = desk.load().units
    page = desk.sheet("项目")
    page["A4"].value = "小计"
    page["A5"].value = "总  计："
    page.merge_cells("A5:B5")
    assert desk.load().units == plain
