"""Readings typed into the neutral edition: a submission to which every rule applies as to a returned workbook.

Figures are typed into inputs; rates, scores and sums that a table prints stand on formulas, so that each is held against
what follows from the inputs, as a figure that a unit typed over a formula is. What the report lacks is left out of the
edition: columns of indicators as fields, checks that name a figure that no table has.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from xlsxeval.audit.reading import TableReading
from xlsxeval.audit.report_submission import JudgedReading, ReportSubmission, by_sheet, report_submission
from xlsxeval.audit.vocabulary import Vocabulary
from xlsxeval.calc import Name, walk
from xlsxeval.forms.campaign import Campaign, Project, Unit
from xlsxeval.forms.definition import Check, Edition, Field, Form, GridEntry
from xlsxeval.forms.schema import RepeatSpec
from xlsxeval.layout.placing import build_layout

_COLUMNS = ("level1", "share", "level2", "level3", "target", "actual", "criterion", "weight", "score", "reason")


def typed(
    found: Sequence[TableReading],
    refused: Mapping[int, frozenset[str]],
    edition: Edition,
    words: Vocabulary,
    year: int,
    *,
    whole: bool,
) -> ReportSubmission:
    """The readings of one unit as a submission: at most one basic and one overall form, any number of projects.

    ``refused`` has the zones of a reading (by its number) that are not to be judged. ``whole`` is false where some
    form of the report was not understood: sums over all projects are then not compared.
    """
    present = [JudgedReading(reading, refused.get(number, frozenset())) for number, reading in enumerate(found)]
    projects = [one for one in present if one.reading.kind == "project"]
    forms = []
    for form in edition.forms:
        own = [one for one in present if one.reading.kind == form.id]
        if own:
            forms.append(_reduced(form, own, present, words, whole=whole))
    kinds = tuple(form.id for form in forms)
    names = [one.reading.name for one in present if one.reading.kind != "project" and one.reading.name]
    given = tuple(
        Project(one.reading.name or one.reading.table.name, one.reading.table.name, "", {}) for one in projects
    )
    unit = Unit(
        "", names[0] if names else "", given, {}, (*kinds, *(["project"] if whole and "project" not in kinds else []))
    )
    known = [form for form in edition.forms if form.id not in kinds]
    neutral = replace(edition, forms=(*forms, *known))
    campaign = Campaign("", edition.id, year, unit.name, None, (unit,))
    layout = build_layout(campaign, unit, neutral)
    return report_submission(layout, by_sheet(present, layout))


def _reduced(
    form: Form, own: list[JudgedReading], present: list[JudgedReading], words: Vocabulary, *, whole: bool
) -> Form:
    """The form with the columns, lines and checks for which its tables have figures."""
    columns = frozenset().union(*(one.columns for one in own))
    gone = {f"indicators.{name}" for name in _COLUMNS if name not in columns and name != "level3"}
    counts = {block: max(1, *(len(one.lines.get(block, ())) for one in own)) for block in _blocks(form)}
    have = {name for one in own for name in one.figures}
    have |= {f"{block}.{name}" for one in own for block, lines in one.lines.items() for line in lines for name in line}
    fields = {}
    for name, one in form.fields.items():
        if name in gone:
            continue
        fields[name] = replace(one, formula=None) if _stands_alone(one, have, form) else one
    checks = [check for check in form.checks if _applies(check, form, own, have, present, gone, words, whole=whole)]
    sheet = own[0].reading.table.name if form.each is None else form.sheet
    grid = tuple(_entry(entry, counts, gone) for entry in form.grid)
    return replace(form, sheet=sheet, attachment="", fields=fields, grid=grid, checks=tuple(checks))


def _blocks(form: Form) -> Iterator[str]:
    return (entry.spec.repeat for entry in form.grid if isinstance(entry.spec, RepeatSpec))


def _entry(entry: GridEntry, counts: Mapping[str, int], gone: set[str]) -> GridEntry:
    if not isinstance(entry.spec, RepeatSpec):
        return entry
    spec = entry.spec
    line = [
        cell.model_copy(update={"text": "~"}) if f"{spec.repeat}.{(cell.text or '')[1:]}" in gone else cell
        for cell in spec.line
    ]
    return replace(entry, spec=spec.model_copy(update={"lines": counts[spec.repeat], "line": line}))


def _names(of: Field | Check) -> set[tuple[str | None, str]]:
    """The fields that a formula or a check names."""
    formulas = [of.formula] if isinstance(of, Field) else [of.that, of.where, of.expected, of.shown]
    found = {(node.sheet, node.name) for one in formulas if one for node in walk(one.tree) if isinstance(node, Name)}
    return {pair for pair in found if pair[0] not in ("edition", "campaign")}


def _stands_alone(one: Field, have: set[str], form: Form) -> bool:
    """Whether a computed field is an input here, since the report has nothing that it is made of."""
    if one.formula is None:
        return False
    if one.id.startswith("total.") and one.id not in have:
        return True
    named = {name for sheet, name in _names(one) if sheet is None and name in form.fields}
    return bool(named) and not named & (have | {"funds.rate"} if one.id == "funds.score" else have)


def _applies(
    check: Check,
    form: Form,
    own: Sequence[JudgedReading],
    have: set[str],
    present: list[JudgedReading],
    gone: set[str],
    words: Vocabulary,
    *,
    whole: bool,
) -> bool:
    """Whether every figure that a check names is in the report, and no row is unknown that its sum may lack."""
    at = check.at if check.at in form.fields else f"{check.each}.{check.at}"
    printed = at.partition(".")[0] in _blocks(form) or any(
        at in one.figures and not one.figures[at].is_blank for one in own
    )
    if not printed and at != "funds.rate":
        return False
    kinds = {one.reading.kind for one in present}
    others = {name for one in present for name in one.figures if one.reading.kind != form.id}
    for sheet, name in _names(check):
        if sheet is not None:
            if sheet not in kinds or name not in others or (sheet == "project" and not whole):
                return False
            continue
        full = name if name in form.fields or check.each is None else f"{check.each}.{name}"
        if any(one.refused & {full, *_made_of(full, form)} for one in own):
            return False  # it stands there, in a zone whose reading is in doubt
        if full in gone or (full not in have and full not in words.may_lack and not full.startswith("edition")):
            return False
    unknown = any(one.reading.unknown_rows for one in present if one.reading.kind == form.id)
    return not (unknown and check.code in words.sums)


def _made_of(name: str, form: Form) -> set[str]:
    """The fields of the form that a computed field names."""
    known = form.fields.get(name)
    return {other for sheet, other in _names(known) if sheet is None} if known else set()
