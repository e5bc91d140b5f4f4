"""Drafts the rubric (考核评分表) of each unit from its returns: points where they can be derived, reasons, and gaps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from xlsxeval.calc import Scalar
from xlsxeval.campaign.files import file_name, set_aside, write_file
from xlsxeval.campaign.workbooks import chosen_units, generate, sent_form
from xlsxeval.campaign.workspace import Workspace
from xlsxeval.errors import UsageError
from xlsxeval.forms.campaign import Unit
from xlsxeval.forms.definition import Edition, Form
from xlsxeval.forms.keys import Keys, campaign_keys
from xlsxeval.judging.judge import Conclusion, Judge
from xlsxeval.judging.units import Joiner
from xlsxeval.layout.layout import Layout
from xlsxeval.layout.placing import build_layout
from xlsxeval.model import Address
from xlsxeval.results.current import what_counts
from xlsxeval.rubric import Evidence, RubricItem, draft
from xlsxeval.rules.unit_standings import unit_standings
from xlsxeval.workbook import fill_workbook


@dataclass(frozen=True, slots=True)
class DraftedRubric:
    """A unit's rubric as it was written. ``aside`` is the new name of an earlier file."""

    unit: Unit
    items: tuple[RubricItem, ...]
    path: Path
    aside: Path | None = None


def draft_rubrics(
    workspace: Workspace,
    output: Path,
    codes: Sequence[str] = (),
    sources: Sequence[Path] = (),
    received: dt.date | None = None,
) -> Iterator[DraftedRubric]:
    """Drafts and writes the rubric of each unit into ``output``.

    ``codes`` are the units, by default all; ``sources`` the files to draft from, by default those that count;
    ``received`` the day of their arrival, by default each file's own. Raises UsageError where the edition
    has no rubric, or a code is unknown.
    """
    campaign, edition = workspace.campaign, workspace.edition
    form = _rubric(edition)
    units = chosen_units(campaign, tuple(codes))
    judge = Judge.of(workspace)
    with TemporaryDirectory(prefix="xlsxeval-") as place:
        counting = what_counts(workspace, sources, Path(place))
        conclude = Conclusion(campaign)
        judged = conclude.judged([one.told(judge.read(one.path)) for one in counting.files])
        joined = Joiner(campaign, edition, judge, conclude, counting.standings).join(judged)
    standings = counting.standings or unit_standings(campaign, edition, (one.verdict for one in judged))
    days = {one.source: one.day for one in counting.files}
    keys, forms = campaign_keys(workspace.folder), workspace.sent_forms
    for unit in units:
        came = [one.verdict for one in judged if one.verdict.subject and one.verdict.subject.code == unit.code]
        of_unit = [one for one in joined if one.verdict.subject and one.verdict.subject.code == unit.code]
        evidence = Evidence(
            build_layout(campaign, unit, edition, shapes=judge.shapes),
            [one.submission for one in of_unit if one.submission],
            [finding for one in of_unit for finding in one.verdict.open],
            _arrival([days[verdict.path] for verdict in came], received),
            waits=bool(standings[unit.code].waiting),
        )
        items = draft(form, evidence)
        layout = build_layout(campaign, replace(unit, forms=(form.id,)), edition, shapes=judge.shapes)
        kept = judge.shapes.writer.kept(layout)
        content = rubric_workbook(layout, form, items, keys, kept.digest)
        forms.keep(kept)
        forms.record([sent_form(layout, keys.key, kept.digest, sha256(content).hexdigest())])
        path = output / f"{file_name(f'{unit.code} {unit.name} {campaign.year}年度{form.sheet}')}.xlsx"
        aside = set_aside(path, content)
        write_file(path, content)
        yield DraftedRubric(unit, tuple(items), path, aside)


def rubric_workbook(layout: Layout, form: Form, items: Sequence[RubricItem], keys: Keys, digest: str) -> bytes:
    """The rubric's form of a unit as a workbook with drafted points and reasons; open items stay empty.

    ``digest`` is the digest of the layout's kept form.
    """
    typed: dict[Address, Scalar] = {}
    for item in items:
        values = {item.field: item.points, f"{item.field}.reason": item.reason}
        for name, value in values.items():
            cell = layout.slots.get((form.id, None, name))
            if cell is not None and value is not None:
                typed[cell.address] = value
    return fill_workbook(generate(layout, keys, digest), layout, typed, layout.compute(typed))


def _rubric(edition: Edition) -> Form:
    for form in edition.forms:
        if form.drafts:
            return form
    raise UsageError(
        f"版本「{edition.id}」没有考核评分表，起草不了。"
        "哪些版本有，用 xlsxeval editions 看；要给这个版本加一张，见 docs/internals/forms.md。"
    )


def _arrival(days: Sequence[dt.date], received: dt.date | None) -> dt.date | None:
    """The day on which the last of the unit's files arrived: ``received`` where given, else the latest of ``days``."""
    if not days:
        return None
    return received if received is not None else max(days)
