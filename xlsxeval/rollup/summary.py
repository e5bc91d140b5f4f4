"""The campaign put together, as values: a line a unit, a project, an indicator, a finding, a rule."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from xlsxeval.forms.campaign import Campaign
from xlsxeval.layout.unit_standing import UnitStanding
from xlsxeval.levels import LevelTotals
from xlsxeval.model import Finding, Severity
from xlsxeval.rollup.definition import Grade, Role, SummaryDefinition
from xlsxeval.rollup.figures import Figures, IndicatorFigures, Parts, ProjectFigures
from xlsxeval.rubric import RubricItem
from xlsxeval.rules.verdict import Verdict


class SummaryStatus(StrEnum):
    """How far a unit is."""

    ABSENT = "未报"
    ERRORS = "有错误"
    CAME = "已报"


@dataclass(frozen=True, slots=True)
class Return:
    """One received file: what was found in it, and its numbers where it could be read."""

    verdict: Verdict
    figures: Figures | None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What a ledger knows beside the files that count: how far the ``units`` are, and what was set aside.

    ``unread`` files could not be taken, ``strange`` ones are of no unit of the roster. What is settled is not counted.
    ``sent_back`` are the units whose files the organiser sent back.
    """

    units: Mapping[str, UnitStanding]
    unread: int = 0
    strange: int = 0
    sent_back: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Whose:
    """A unit as every line names it."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """One unit of the campaign. ``errors`` and ``warnings`` are its findings that nobody accepted.

    ``waits``: a person must choose one of several of its files. ``late`` are the days after the deadline on which the
    last of its files came; ``waived`` counts the findings that were accepted as exceptions.
    """

    whose: Whose
    status: SummaryStatus
    amounts: Mapping[Role, Parts]
    money: tuple[Parts, ...]
    errors: int
    warnings: int
    remark: str
    waits: bool = False
    late: int = 0
    waived: int = 0
    sent_back: bool = False


@dataclass(frozen=True, slots=True)
class ProjectLine:
    """One project with its unit."""

    whose: Whose
    project: ProjectFigures


@dataclass(frozen=True, slots=True)
class SummaryIndicator:
    """One indicator with its unit."""

    whose: Whose
    indicator: IndicatorFigures


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One finding with its unit; of a file that nobody can be asked about the code is empty."""

    whose: Whose
    file: str
    finding: Finding


@dataclass(frozen=True, slots=True)
class CommonLine:
    """One rule over all units: how many units it concerns, how often, and one example."""

    code: str
    severity: Severity
    title: str
    units: int
    places: int
    example: str


@dataclass(frozen=True, slots=True)
class AppraisalLine:
    """The rubric of one unit as far as a program can draft it."""

    whose: Whose
    items: tuple[RubricItem, ...]


@dataclass(frozen=True, slots=True)
class RubricColumn:
    """One score of the rubric: its field, its label and its full points."""

    field: str
    label: str
    most: float


@dataclass(frozen=True, slots=True)
class LowerLine:
    """A lower level with all below it, as it was proven; ``totals`` is None where it handed nothing up.

    ``depth`` is 1 for those that hand up to this campaign, 2 for theirs. ``proven`` units were read again from their
    workbooks; ``findings`` were found in what it handed up.
    """

    whose: Whose
    depth: int
    totals: LevelTotals | None
    made: dt.date | None = None
    proven: int = 0
    findings: int = 0
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """Everything that the workbook shows. ``unread`` files could not be read, ``strange`` ones are of no unit of the campaign."""

    campaign: Campaign
    title: str
    definition: SummaryDefinition
    made: dt.date
    units: tuple[SummaryLine, ...]
    projects: tuple[ProjectLine, ...]
    indicators: tuple[SummaryIndicator, ...]
    findings: tuple[FindingLine, ...]
    common: tuple[CommonLine, ...]
    rubric: tuple[RubricColumn, ...]
    appraisals: tuple[AppraisalLine, ...]
    unread: int
    strange: int
    lower: tuple[LowerLine, ...] = ()

    @property
    def grades(self) -> tuple[Grade, ...]:
        return self.definition.grades
