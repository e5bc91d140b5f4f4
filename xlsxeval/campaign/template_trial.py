"""Templates tried on an example unit, so that ``lint`` finds what only filling them in shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

from xlsxeval.calc import Scalar
from xlsxeval.errors import Problem
from xlsxeval.forms.definition import Edition
from xlsxeval.forms.library import Library
from xlsxeval.forms.seal import make_seal
from xlsxeval.intake.cells import RawWorkbook
from xlsxeval.intake.identity import Identity
from xlsxeval.intake.submission import Submission
from xlsxeval.layout.example import example_layout
from xlsxeval.layout.layout import Layout, PlacedCell
from xlsxeval.layout.shaping import Shapes
from xlsxeval.model import Address
from xlsxeval.report import ReportError, report_bytes
from xlsxeval.report.consolidated import TEMPLATE, consolidated_bytes, consolidated_template
from xlsxeval.report.notice import NOTICE_TEMPLATE, notice_bytes
from xlsxeval.rollup import SummaryDefinition, load_definition, summarise

_EXAMPLE = "示例文字。"
_DAY = dt.date(2025, 5, 31)


@dataclass(frozen=True, eq=False, kw_only=True)
class _Example(Submission):
    """An example unit's submission that no file is read for."""

    typed: Mapping[Address, Scalar]

    @cached_property
    def inputs(self) -> Mapping[Address, Scalar]:
        return self.typed


def trial_problems(edition: Edition, library: Library, shapes: Shapes) -> list[Problem]:
    """Faults of the edition's templates that keep a report, a consolidated report or a notice from being made.

    Reports are made of a unit that filled in everything, and of one that left all blank. What reading the report's
    template shows must have been looked for before. ``shapes`` has the layouts made so far.
    """
    notice = library.find(f"reports/{NOTICE_TEMPLATE}")
    whole = consolidated_template(library.folder("reports"), edition.id)
    layout = example_layout(edition, shapes=shapes)
    trials: list[tuple[Path, Callable[[], object]]] = []
    if edition.report is not None:
        own = library.find(f"reports/{edition.report}")
        trials += [(own, partial(report_bytes, one, own)) for one in _examples(layout)]
    trials.append((notice, partial(notice_bytes, layout.campaign, layout.unit, edition, ["附件.xlsx"], notice)))
    definition = load_definition(library, edition) or SummaryDefinition()
    summary = summarise([], layout.campaign, edition, definition, _DAY)
    trials.append((whole, partial(consolidated_bytes, summary, whole)))
    found: dict[Problem, None] = {}
    for template, trial in trials:
        if template.name in (NOTICE_TEMPLATE, TEMPLATE) and not template.is_file():
            continue  # needed for letters and for the report over all units only
        try:
            trial()
        except ReportError as error:
            found[Problem(str(template), 0, 0, str(error).removeprefix(f"{template}: "))] = None
    return list(found)


def _examples(layout: Layout) -> Iterator[Submission]:
    seal = make_seal(layout.campaign, layout.unit, layout.edition, bytes(32))
    identity = Identity(seal, layout, "unchecked", (), layout.settings)
    for typed in ({cell.address: _example(cell) for cell in layout.inputs()}, {}):
        yield _Example(RawWorkbook(()), identity, {}, typed=typed)


def _example(cell: PlacedCell) -> Scalar:
    assert cell.slot is not None
    field = cell.slot.field
    if field.choices:
        return field.choices[0]
    return _EXAMPLE if field.type.kind in ("text", "date") else 1.0
