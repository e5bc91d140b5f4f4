"""Next steps for a user, as values: a shell words them for its own medium (a command to type, a button to press)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from xlsxeval.board.state import CampaignState, UnitStatus
from xlsxeval.model import Severity

if TYPE_CHECKING:
    from xlsxeval.rollup import LowerLine


class NextStep(StrEnum):
    """A thing to do about a campaign or a file."""

    COLLECT = "collect"
    """Files lie in 收回 that the ledger does not know."""
    JUDGE_AGAIN = "judge_again"
    """Files were judged by an older program, or against definitions that have changed since."""
    DISTRIBUTE = "distribute"
    """Units have no workbook yet."""
    DISTRIBUTE_AGAIN = "distribute_again"
    """Units have a workbook that is no longer the campaign's."""
    REMIND = "remind"
    """Units have not returned anything."""
    CHOOSE = "choose"
    """Several files of one unit and part came, and nothing orders them."""
    CHOOSE_FILE = "choose_file"
    """One of the files that were listed has to be chosen: ``names`` are its unit and part, ``count`` is the last number."""
    PUT_AWAY = "put_away"
    """A file was set aside and may be put away; ``count`` is the number of one."""
    CHOOSE_FORM = "choose_form"
    """A whole workbook and single parts of one unit came."""
    RETURN = "return"
    """Workbooks have errors: their annotated copies go back to the units."""
    ANNOTATE = "annotate"
    """Annotated copies are still to be made."""
    REVIEW = "review"
    """Workbooks have warnings: to be corrected, or accepted as they are."""
    SEE_TO_ASIDE = "see_to_aside"
    """Files were set aside."""
    ASK_LEVELS = "ask_levels"
    """Lower levels have no export that counts."""
    MEND_LEVELS = "mend_levels"
    """Exports of lower levels have errors."""
    REPORT = "report"
    """All is there: the reports can be written."""
    FORCE_REPORT = "force_report"
    """A report is held back for errors: a marked copy or a draft shows where they are."""
    FORCE_CONSOLIDATED = "force_consolidated"
    """The consolidated report is held back for errors."""
    AWAIT = "await"
    """Workbooks are out, and nothing has come back."""
    SEE_TO = "see_to"
    """Files or choices wait for a person."""
    SEE_TO_REPORTS = "see_to_reports"
    """Reports were held back."""
    NOTHING = "nothing"
    """All units returned everything, without errors."""
    NAME_FILES = "name_files"
    """Several workbooks of one unit came, and one has to be named."""


@dataclass(frozen=True, slots=True)
class Step:
    """A thing to do, with the number of units, files or levels, and their names. ``late`` are those past the deadline.

    ``recorded``: the campaign has a ledger, so that choices can be recorded.
    """

    what: NextStep
    count: int = 0
    names: tuple[str, ...] = ()
    late: int = 0
    recorded: bool = True


StepWording = Callable[[Step], str]
"""Words a step for a shell: one Chinese sentence or clause, without a full stop."""


def next_steps(state: CampaignState) -> Iterator[Step]:
    """The steps that a campaign's state calls for, the most urgent first."""
    count = state.statuses
    check = sum(unit.status is UnitStatus.CHECK and unit.count(Severity.WARNING) > 0 for unit in state.units)
    late = sum(unit.days_late > 0 for unit in state.units if unit.status is UnitStatus.MISSING)
    changed = tuple(unit.code for unit in state.units if unit.form_changes)
    found = [
        Step(NextStep.COLLECT, state.uncollected),
        Step(NextStep.JUDGE_AGAIN, state.stale),
        Step(NextStep.DISTRIBUTE, count[UnitStatus.UNSENT]),
        Step(NextStep.DISTRIBUTE_AGAIN, len(changed), changed),
        Step(NextStep.REMIND, count[UnitStatus.MISSING], late=late),
        Step(NextStep.CHOOSE, sum(bool(unit.conflicts) for unit in state.units), recorded=state.source == "ledger"),
        Step(NextStep.RETURN, count[UnitStatus.ERRORS]),
        Step(NextStep.REVIEW, check),
        Step(NextStep.SEE_TO_ASIDE, len(state.unsettled)),
        *_level_steps(state.levels),
    ]
    due = [step for step in found if step.count]
    yield from due
    if state.units and not due:
        yield Step(NextStep.REPORT)


def _level_steps(levels: Sequence[LowerLine]) -> Iterator[Step]:
    direct = [line for line in levels if line.depth == 1]
    missing = tuple(line.whose.name for line in direct if line.totals is None)
    wrong = tuple(line.whose.name for line in direct if line.findings)
    yield Step(NextStep.ASK_LEVELS, len(missing), missing)
    yield Step(NextStep.MEND_LEVELS, len(wrong), wrong)
