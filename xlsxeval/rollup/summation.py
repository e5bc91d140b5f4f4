"""Returns of a campaign → its summary."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import PurePath

from xlsxeval.forms.campaign import Campaign, Unit
from xlsxeval.forms.definition import Edition
from xlsxeval.layout.shaping import Shapes
from xlsxeval.model import Severity
from xlsxeval.rollup.common import common_lines
from xlsxeval.rollup.definition import SummaryDefinition
from xlsxeval.rollup.figures import Figures, ProjectFigures, joined
from xlsxeval.rollup.rubrics import appraise, rubric_columns, rubric_of
from xlsxeval.rollup.summary import (
    FindingLine,
    ProjectLine,
    Return,
    Summary,
    SummaryIndicator,
    SummaryLine,
    SummaryStatus,
    Whose,
)
from xlsxeval.rules.owed_sheets import lacking

LACKING = "表没有收齐，还缺 {sheets}"
SEVERAL = "收到几份不同的表，以哪一份为准没有定，没有取数"
_NO_FIGURES = Figures({}, (), (), (), frozenset())


def summarise(
    returns: Sequence[Return],
    campaign: Campaign,
    edition: Edition,
    definition: SummaryDefinition,
    made: dt.date,
    received: Mapping[str, dt.date] | None = None,
    waiting: Collection[str] = (),
    aside: int = 0,
) -> Summary:
    """The campaign in numbers. ``returns`` are all received files, judged together; ``made`` is the day to print.

    ``received`` has the day on which each file came, by its path; the rubric asks for it. A unit of which different
    files came for one form has no figures: nobody has said which of them counts. Where the returns are only what counts
    by a ledger, ``waiting`` are the codes of such units, and ``aside`` is how many files were set aside.
    """
    of_unit: dict[str, list[Return]] = {unit.code: [] for unit in campaign.units}
    unread, strange = aside, 0
    for one in returns:
        subject = one.verdict.subject
        if subject is None:
            unread += 1
        elif subject.code in of_unit:
            of_unit[subject.code].append(one)
        else:
            strange += 1
    figures = {code: _joined(found) for code, found in of_unit.items()}
    findings = tuple(_findings(returns))
    form, shapes = rubric_of(edition), Shapes()
    return Summary(
        campaign=campaign,
        title=edition.title,
        definition=definition,
        made=made,
        units=tuple(
            _unit_line(
                unit,
                of_unit[unit.code],
                figures[unit.code],
                definition,
                lacking(campaign, unit, edition, [one.verdict for one in of_unit[unit.code]]),
                waits=unit.code in waiting,
            )
            for unit in campaign.units
        ),
        projects=tuple(_projects(campaign, figures, definition)),
        indicators=tuple(
            SummaryIndicator(Whose(unit.code, unit.name), indicator)
            for unit in campaign.units
            for indicator in (figures[unit.code] or _NO_FIGURES).indicators
        ),
        findings=findings,
        common=common_lines(findings, edition),
        rubric=() if form is None else rubric_columns(form),
        appraisals=()
        if form is None
        else tuple(
            appraise(form, campaign, edition, unit, of_unit[unit.code], received or {}, shapes)
            for unit in campaign.units
        ),
        unread=unread,
        strange=strange,
    )


def _joined(returns: Sequence[Return]) -> Figures | None:
    """The numbers of a unit's files, which may be parts sent out apart; None where none can be taken."""
    files = {one.verdict.sha256: one for one in returns if one.figures is not None}
    parts = [one.verdict.subject.part for one in files.values() if one.verdict.subject is not None]
    return joined(parts, [one.figures for one in files.values() if one.figures is not None])


def _unit_line(
    unit: Unit,
    returns: Sequence[Return],
    figures: Figures | None,
    definition: SummaryDefinition,
    owed: Sequence[str],
    *,
    waits: bool,
) -> SummaryLine:
    found = Counter(finding.severity for one in returns for finding in one.verdict.open)
    came = bool(returns) or waits
    status = SummaryStatus.ABSENT if not came else SummaryStatus.ERRORS if found[Severity.ERROR] else SummaryStatus.CAME
    return SummaryLine(
        whose=Whose(unit.code, unit.name),
        status=status,
        amounts={} if figures is None else figures.amounts,
        money=((),) * len(definition.money) if figures is None else figures.money,
        errors=found[Severity.ERROR],
        warnings=found[Severity.WARNING],
        remark=SEVERAL if figures is None and came else LACKING.format(sheets="、".join(owed)) if owed else "",
    )


def _projects(
    campaign: Campaign, figures: Mapping[str, Figures | None], definition: SummaryDefinition
) -> Iterator[ProjectLine]:
    """The projects as they were returned; of a unit without figures as the campaign has them."""
    if definition.project_form is None:
        return
    for unit in campaign.units:
        whose, known = Whose(unit.code, unit.name), figures[unit.code]
        if known is not None:
            yield from (ProjectLine(whose, project) for project in known.projects)
        else:
            yield from (
                ProjectLine(whose, ProjectFigures(project.name, project.unit, "", {})) for project in unit.projects
            )


def _findings(returns: Sequence[Return]) -> Iterator[FindingLine]:
    for one in returns:
        subject = one.verdict.subject
        whose = Whose("", "") if subject is None else Whose(subject.code, subject.name)
        for finding in one.verdict.findings:
            yield FindingLine(whose, PurePath(one.verdict.path).name, finding)
