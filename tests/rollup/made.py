"""A made campaign of several units: each fills in the same forms with figures of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from tests.support.base import Base, base, returned
from xlsxeval.calc import Scalar
from xlsxeval.forms.campaign import Campaign, Unit
from xlsxeval.forms.seal import make_seal
from xlsxeval.intake.identity import Context, Layouts
from xlsxeval.intake.reader import read_workbook
from xlsxeval.intake.submission import Submission
from xlsxeval.layout.placing import build_layout
from xlsxeval.model import Address
from xlsxeval.rollup import Return, Summary, SummaryDefinition, figures_of, load_definition, summarise
from xlsxeval.rules.engine import judge
from xlsxeval.rules.verdict import Verdict
from xlsxeval.workbook import fill_workbook, workbook_bytes

MADE = dt.date(2025, 6, 1)
Typed = Mapping[tuple[str, int | None, str], Scalar]
"""What a unit types in place of the base's values, by form, instance and path of the field."""


@dataclass(frozen=True)
class Office:
    """A campaign and what came back of it: the first units have files, the rest sent nothing."""

    base: Base
    campaign: Campaign
    definition: SummaryDefinition
    submissions: Sequence[Submission]
    verdicts: Sequence[Verdict]
    files: Sequence[bytes]

    @property
    def returns(self) -> list[Return]:
        return [
            Return(verdict, figures_of(submission, self.definition))
            for verdict, submission in zip(self.verdicts, self.submissions, strict=True)
        ]

    @property
    def summary(self) -> Summary:
        return summarise(self.returns, self.campaign, self.base.edition, self.definition, MADE)


def office(
    edition: str = "hunan-2024",
    units: int = 3,
    came: int = 2,
    typed: Callable[[int], Typed] = lambda number: {},
    named: Callable[[int], str] = lambda number: f"某某市第{number}局",
) -> Office:
    """The campaign of ``tests/support/campaigns/<edition>`` with more units; ``typed`` says what unit n typed otherwise."""
    made = base(edition)
    campaign = replace(made.campaign, units=tuple(_unit(made.unit, n, named(n)) for n in range(1, units + 1)))
    definition = load_definition(made.library, made.edition)
    assert definition is not None
    context = Context(made.library, campaign, made.context.key)
    files, submissions, verdicts = [], [], []
    for number, unit in enumerate(campaign.units[:came], start=1):
        data = file_of(made, campaign, unit, typed(number))
        result = replace(returned(read_workbook(data), context, Layouts()), path=f"{unit.code}.xlsx", sha256=unit.code)
        assert result.submission is not None
        files.append(data)
        submissions.append(result.submission)
        verdicts.append(judge(result))
    return Office(made, campaign, definition, submissions, verdicts, files)


def file_of(made: Base, campaign: Campaign, unit: Unit, typed: Typed) -> bytes:
    """One unit's workbook filled in."""
    layout = build_layout(campaign, unit, made.edition)
    values: dict[Address, Scalar] = {
        address: value for address, value in made.values.items() if address in layout.cells
    }
    values |= {layout.slots[slot].address: value for slot, value in typed.items()}
    seal = make_seal(campaign, unit, made.edition, made.context.key or b"")
    return fill_workbook(workbook_bytes(layout, seal, "password"), layout, values, layout.compute(values))


def _unit(unit: Unit, number: int, name: str) -> Unit:
    return replace(unit, code=f"{430000000 + number:09d}", name=name)
