"""``vary``: one check for several rows or columns."""

from __future__ import annotations

from tests.forms.inline import Desk
from xlsxeval.calc import to_formula
from xlsxeval.layout.layout import PlacedCheck

FORM = """
    form: f
    attachment: 附件1
    columns: [10, 10, 10]
    grid:
      - [$basic.budget, $basic.executed, $basic.rate]
      - [$project.budget, $project.executed, $project.rate]
    fields:
      basic.budget: {label: 预算, type: money}
      basic.executed: {label: 执行, type: money}
      basic.rate: {label: 基本支出执行率, type: percent, formula: basic.executed/basic.budget}
      project.budget: {label: 预算, type: money}
      project.executed: {label: 执行, type: money}
      project.rate: {label: 项目支出执行率, type: percent, formula: project.executed/project.budget}
    checks:
      - use: L901
        vary: {funds: [basic, project]}
    """
CHECK = """
    check: L901
    title: 执行率不对
    say: 执行率＝执行÷预算
    fix: 改正
    basis: 测试 [理]
    where: funds.budget<>0
    that: funds.rate=funds.executed/funds.budget
    at: funds.rate
    expected: funds.executed/funds.budget
    related: [funds.executed]
    """


def _placed(desk: Desk) -> list[PlacedCheck]:
    desk.form(FORM)
    desk.check(CHECK, "L901")
    return list(desk.layout().checks)


def test_a_check_is_made_once_for_each_value(desk: Desk) -> None:
    placed = _placed(desk)
    assert [one.check.code for one in placed] == ["L901", "L901"]
    assert [one.targets[0].a1 for one in placed] == ["C1", "C2"]
    assert [one.related[0][0].cell for one in placed] == ["B1", "B2"]


def test_names_are_changed_in_every_formula(desk: Desk) -> None:
    _placed(desk)
    layout = desk.layout()
    expected = [layout.formula_texts[a] for one in layout.checks for a in one.expected if a]
    assert expected == [f'IFERROR(附件1!B{row}/附件1!A{row},"")' for row in (1, 2)]
    second = layout.cells[layout.checks[1].status].formula
    assert second is not None
    assert "附件1!C2=附件1!B2/附件1!A2" in to_formula(second)


def test_the_rows_of_the_self_check_tell_them_apart(desk: Desk) -> None:
    says = [one.check.say for one in _placed(desk)]
    assert says == ["执行率＝执行÷预算（基本支出执行率）", "执行率＝执行÷预算（项目支出执行率）"]


def test_a_name_that_nothing_has_is_told_at_the_check(desk: Desk) -> None:
    desk.check(CHECK, "L901")
    desk.form(FORM.replace("[basic, project]", "[basic, other]"))
    assert any("other" in problem.message for problem in desk.problems())


TWICE = """
    checks:
      - {use: L901, that: basic.rate=1, where: 'TRUE', at: basic.rate, expected: '1', related: []}
      - {use: L901, that: project.rate=1, where: 'TRUE', at: %s, expected: '1', related: []}
    """


def _twice(desk: Desk, at: str) -> None:
    desk.check(CHECK, "L901")
    desk.form(FORM[: FORM.index("    checks:")] + TWICE.lstrip("\n") % at)


def test_a_form_may_use_a_check_again_for_another_field(desk: Desk) -> None:
    _twice(desk, "project.rate")
    assert [one.targets[0].a1 for one in desk.layout().checks] == ["C1", "C2"]


def test_twice_for_the_same_field_is_a_fault(desk: Desk) -> None:
    _twice(desk, "basic.rate")
    assert "L901" in desk.only_problem()[1]
