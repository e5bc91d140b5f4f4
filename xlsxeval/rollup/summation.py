"""Returns of a campaign → its summary."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath

from xlsxeval.forms.campaign import Campaign, Unit
from xlsxeval.forms.definition import Edition
from xlsxeval.forms.unit_names import named_unit
from xlsxeval.layout.shaping import Shapes
from xlsxeval.layout.unit_standing import UnitStanding
from xlsxeval.model import Severity
from xlsxeval.parcels import written_out
from xlsxeval.rollup.common import common_lines
from xlsxeval.rollup.definition import SummaryDefinition
from xlsxeval.rollup.figures import Figures, ProjectFigures, joined
from xlsxeval.rollup.rubrics import appraise, rubric_columns, rubric_of
from xlsxeval.rollup.summary import (
    FindingLine,
    LeftOut,
    ProjectLine,
    Return,
    Summary,
    SummaryIndicator,
    SummaryLine,
    SummaryStatus,
    Whose,
)
from xlsxeval.rules.organiser import of_the_unit
from xlsxeval.rules.unit_standings import doubt, unit_standings

_NO_FIGURES = Figures({}, (), (), (), frozenset())


def summarise(
    returns: Sequence[Return],
    campaign: Campaign,
    edition: Edition,
    definition: SummaryDefinition,
    made: dt.date,
    received: Mapping[str, dt.date] | None = None,
    left: LeftOut | None = None,
) -> Summary:
    """The campaign in numbers. ``returns`` are all received files, judged together; ``made`` is the day to print.

    ``received`` has the day on which each file came, by its path; the rubric asks for it. Of a form of which different
    files came no figures are taken: nobody has said which of them counts. Where the returns are only what counts by a
    ledger, ``left`` says what else came; without it, the returns do.
    """
    of_unit: dict[str, list[Return]] = {unit.code: [] for unit in campaign.units}
    standings = left.units if left else unit_standings(campaign, edition, (one.verdict for one in returns))
    unread, strange = (left.unread, left.strange) if left else (0, 0)
    kept: list[Return] = []
    days = received or {}
    last = _last_days(returns, days)
    for one in returns:
        subject = one.verdict.subject
        if subject is None:
            unread += not _is_settled(one, campaign, standings, last, days)
        elif subject.code not in of_unit:
            strange += 1
        elif standings[subject.code].counts(subject.part):
            one = replace(one, verdict=of_the_unit(one.verdict))
            of_unit[subject.code].append(one)
        else:
            continue
        kept.append(one)
    figures = {code: _joined(found) for code, found in of_unit.items()}
    findings = tuple(_findings(kept))
    form, shapes = rubric_of(edition), Shapes()
    return Summary(
        campaign=campaign,
        title=edition.title,
        definition=definition,
        made=made,
        units=tuple(
            replace(
                _unit_line(unit, of_unit[unit.code], figures[unit.code], definition, standings[unit.code]),
                late=_days_late(campaign.deadline, (days.get(one.verdict.path) for one in of_unit[unit.code])),
                sent_back=left is not None and unit.code in left.sent_back,
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
            appraise(form, campaign, edition, unit, of_unit[unit.code], received or {}, shapes, standings[unit.code])
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
    standing: UnitStanding,
) -> SummaryLine:
    found = Counter(finding.severity for one in returns for finding in one.verdict.open)
    status = SummaryStatus.ERRORS if found[Severity.ERROR] else SummaryStatus.CAME
    return SummaryLine(
        whose=Whose(unit.code, unit.name),
        status=status if standing.came else SummaryStatus.ABSENT,
        amounts={} if figures is None else figures.amounts,
        money=((),) * len(definition.money) if figures is None else figures.money,
        errors=found[Severity.ERROR],
        warnings=found[Severity.WARNING],
        remark=doubt(standing, without="，没有取数"),
        waits=bool(standing.waiting),
        waived=sum(finding.waived is not None for one in returns for finding in one.verdict.findings),
    )


def _days_late(deadline: dt.date | None, came: Iterable[dt.date | None]) -> int:
    """Days after the deadline on which the last file came; 0 where it was in time, or that is not known."""
    last = max((day for day in came if day is not None), default=None)
    return 0 if deadline is None or last is None else max(0, (last - deadline).days)


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
            yield FindingLine(whose, written_out(PurePath(one.verdict.path).name), finding)


def _last_days(returns: Sequence[Return], received: Mapping[str, dt.date]) -> Mapping[str, dt.date]:
    """By unit, the day on which the last file came that can be read."""
    last: dict[str, dt.date] = {}
    for one in returns:
        subject, day = one.verdict.subject, received.get(one.verdict.path)
        if subject is not None and day is not None:
            last[subject.code] = max(day, last.get(subject.code, day))
    return last


def _is_settled(
    one: Return,
    campaign: Campaign,
    standings: Mapping[str, UnitStanding],
    last: Mapping[str, dt.date],
    received: Mapping[str, dt.date],
) -> bool:
    """Whether a file that cannot be read is its unit's, by its name, and the unit sent all that it owes, not before it."""
    code = named_unit(PurePath(one.verdict.path).name, campaign.units)
    day = received.get(one.verdict.path)
    return code is not None and code in last and standings[code].is_settled and (day is None or last[code] >= day)
