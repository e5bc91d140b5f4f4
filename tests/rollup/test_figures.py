"""What the summary says is what the units' forms come to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import pytest

from tests.rollup.made import MADE, Office, office
from xlsxeval.intake.submission import Returned
from xlsxeval.judging.judge import Conclusion
from xlsxeval.layout.unit_standing import HeldSheets, unit_standing
from xlsxeval.model import Address, Fault
from xlsxeval.quantities import AchievementState
from xlsxeval.rollup import LeftOut, Return, Summary, summarise
from xlsxeval.rollup.book import planned
from xlsxeval.rollup.definition import Role
from xlsxeval.rollup.plan import PlannedFormula, PlannedSheet
from xlsxeval.rollup.sheets.projects import projects_frame
from xlsxeval.rollup.sheets.units import units_frame
from xlsxeval.rollup.summary import SummaryStatus
from xlsxeval.rules.engine import judge
from xlsxeval.rules.unit_standings import LACKING, unit_standings

_MONEY = ("initial", "budget", "executed")


@cache
def three() -> Office:
    """Two units of three came; the second spent less and gave itself fewer points."""

    def typed(number: int) -> dict[tuple[str, int | None, str], float]:
        if number == 1:
            return {}
        return {
            ("overall", None, "funds.budget"): 1000.0,
            ("overall", None, "funds.executed"): 500.0,
            ("overall", None, "indicators[4].score"): 0.0,
            ("overall", None, "indicators[5].score"): 10.0,
        }

    return office(units=3, came=2, typed=typed)


def _shown(summary: Summary) -> tuple[dict[str, PlannedSheet], dict[Address, object]]:
    """The worksheets by name, and every cell's value."""
    sheets, values = planned(summary)
    shown: dict[Address, object] = dict(values)
    for sheet in sheets:
        for (row, column), cell in sheet.cells.items():
            if not isinstance(cell.content, PlannedFormula):
                shown[Address(sheet.name, row, column)] = cell.content
    return {sheet.name: sheet for sheet in sheets}, shown


def _column(summary: Summary, key: str) -> list[object]:
    """A column of 汇总, its total last."""
    frame, (_, shown) = units_frame(summary), _shown(summary)
    return [shown.get(Address("汇总", row, frame.number(key))) for row in range(frame.first, frame.total + 1)]


@pytest.mark.parametrize("key", _MONEY)
def test_the_totals_are_those_of_the_recomputed_forms(key: str) -> None:
    made = three()
    recomputed = [submission.field("overall", f"funds.{key}") for submission in made.submissions]
    assert _column(made.summary, key) == [*recomputed, None, sum(number for number in recomputed if number)]


def test_scores_are_the_recomputed_ones() -> None:
    made = three()
    recomputed = [submission.field("overall", "total.score") for submission in made.submissions]
    first, second, third, mean = _column(made.summary, "score")
    assert [first, second] == recomputed
    assert third is None
    assert mean == pytest.approx(sum(float(score) for score in recomputed) / 2, abs=0.005)  # type: ignore[arg-type]


def test_rate_rank_and_grade_follow() -> None:
    summary = three().summary
    assert _column(summary, "rate") == [0.97, 0.5, "", round(888 / 1400, 4)]
    assert _column(summary, "rank") == [1, 2, "", None]
    assert _column(summary, "grade") == ["优", "中", "", None]
    assert _column(summary, "status")[:3] == [unit.status for unit in summary.units]
    assert summary.units[2].status is SummaryStatus.ABSENT


def test_the_mean_weighted_by_budget() -> None:
    made = three()
    scores = [float(submission.field("overall", "total.score")) for submission in made.submissions]  # type: ignore[arg-type]
    _, shown = _shown(made.summary)
    labels = {shown[address]: Address("汇总", 4, address.column) for address in shown if address[:2] == ("汇总", 3)}
    assert shown[labels["得分（按全年预算数加权）"]] == pytest.approx(
        (400 * scores[0] + 1000 * scores[1]) / 1400, abs=0.005
    )
    assert [shown[labels[name]] for name in ("单位数", "已报", "未报")] == [3, 2, 1]


def test_projects_of_units_that_sent_nothing_are_there_without_figures() -> None:
    made = three()
    summary = made.summary
    assert [line.whose.code for line in summary.projects] == [
        unit.code for unit in made.campaign.units for _ in unit.projects
    ]
    amounts = [line.project.amounts.get(Role.BUDGET, ()) for line in summary.projects]
    assert amounts == [(60.0,), (40.0,), (60.0,), (40.0,), (), ()]


def test_every_indicator_has_its_line_and_what_became_of_it() -> None:
    summary = three().summary
    of_first = [line.indicator for line in summary.indicators if line.whose.code == summary.units[0].whose.code]
    assert [one.level3 for one in of_first][:3] == ["办理业务件数", "办结及时率", "办件差错率"]
    assert [one.outcome for one in of_first][:3] == [
        AchievementState.MET,
        AchievementState.MISSED,
        AchievementState.MET,
    ]
    assert len(of_first) == 6 + 4 + 4


def _unit_alone(code: str, returns: Sequence[Return], made: Office) -> Summary:
    campaign = replace(made.campaign, units=tuple(unit for unit in made.campaign.units if unit.code == code))
    return summarise(returns, campaign, made.base.edition, made.definition, MADE)


def test_two_different_files_of_a_unit_give_no_figures() -> None:
    made = three()
    one = made.returns[0]
    other = replace(one, verdict=replace(one.verdict, sha256="another", path="again.xlsx"))
    verdicts = Conclusion(made.campaign)([one.verdict, other.verdict])
    returns = [Return(verdict, one.figures) for verdict in verdicts]
    line = _unit_alone(made.campaign.units[0].code, returns, made).units[0]
    assert (line.status, line.errors, dict(line.amounts)) == (SummaryStatus.CAME, 0, {})
    assert (line.waits, bool(line.remark)) == (True, True)


def test_a_unit_whose_files_wait_for_a_choice_has_sent_something() -> None:
    made = three()
    code = made.campaign.units[-1].code
    came = unit_standings(made.campaign, made.base.edition, made.verdicts)
    left = LeftOut({**came, code: unit_standing(("附件2",), [HeldSheets(None)] * 2, {None})}, unread=2, strange=1)
    summary = summarise(made.returns, made.campaign, made.base.edition, made.definition, MADE, left=left)
    line = next(unit for unit in summary.units if unit.whose.code == code)
    assert (line.status, dict(line.amounts)) == (SummaryStatus.CAME, {})
    assert (line.waits, bool(line.remark)) == (True, True)
    assert (summary.unread, summary.strange) == (2, 1)


def test_the_same_file_twice_counts_once() -> None:
    made = three()
    line = _unit_alone(made.campaign.units[0].code, [made.returns[0]] * 2, made).units[0]
    assert line.amounts[Role.BUDGET] == (400.0,)


def test_a_file_that_cannot_be_read_is_counted_and_told() -> None:
    made = three()
    spoiled = judge(Returned("坏.xlsx", "0", 0, (Fault("F002", "空文件"),)))
    summary = summarise([*made.returns, Return(spoiled, None)], made.campaign, made.base.edition, made.definition, MADE)
    assert summary.unread == 1
    assert [line.file for line in summary.findings if not line.whose.code] == ["坏.xlsx"]


def test_units_whose_figures_follow_from_their_projects() -> None:
    made = office("yiyang-2022", units=3, came=2)
    summary = made.summary
    frame = projects_frame(summary)
    assert frame is not None
    for key, path in (("budget", "funds.budget"), ("executed", "funds.executed"), ("score", "total.score")):
        recomputed = [submission.field("project", path, 1) for submission in made.submissions]
        assert _column(summary, key)[:3] == [*recomputed, ""]


def test_the_rubric_is_there_with_its_reasons() -> None:
    made = office("yueyang-2023", units=2, came=1)
    day = {made.verdicts[0].path: dt.date(2099, 1, 1)}
    summary = summarise(made.returns, made.campaign, made.base.edition, made.definition, MADE, day)
    came, absent = summary.appraisals
    points = {item.field: item.points for item in came.items}
    assert points["self_review"] == 20
    assert points["submission"] == 0
    assert points["problems"] is None
    assert {item.field: item.points for item in absent.items}["submission"] is None
    sheets, shown = _shown(summary)
    assert shown[Address("考核", 4, 3 + len(summary.rubric))] == sum(number for number in points.values() if number)
    assert "考核" in sheets


def test_rules_that_most_units_break_come_first() -> None:
    counts = [line.units for line in three().summary.common]
    assert counts == sorted(counts, reverse=True)
    assert counts
    assert all(line.title for line in three().summary.common)


def test_parts_sent_out_apart_are_put_together() -> None:
    made = three()
    one = made.returns[0]
    assert one.verdict.subject is not None
    assert one.figures is not None
    subject = one.verdict.subject
    nothing = replace(
        one.figures, amounts=dict.fromkeys(one.figures.amounts, ()), projects=(), indicators=(), money=((),) * 16
    )
    parts = [
        Return(replace(one.verdict, sha256="a", subject=replace(subject, part="附件2")), one.figures),
        Return(replace(one.verdict, sha256="b", subject=replace(subject, part="附件1")), nothing),
    ]
    line = _unit_alone(subject.code, parts, made).units[0]
    assert line.amounts[Role.BUDGET] == (400.0,)
    assert line.remark == LACKING.format(sheets="附件3-1、附件3-2、附件4、附件5、附件6、报告正文")
    assert not _unit_alone(subject.code, [one], made).units[0].remark
