"""A form made at random as a careful unit returned it, and how it is read."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings

from tests.forms.inline import Desk
from tests.properties.editions import CHOICES, made_edition
from tests.support.yaml_files import yaml_text
from xlsxeval.calc import Scalar
from xlsxeval.forms.library import Library
from xlsxeval.forms.seal import make_seal
from xlsxeval.intake import literals
from xlsxeval.intake.identity import Context, Layouts
from xlsxeval.intake.submission import Returned, read_returned
from xlsxeval.layout.layout import Layout, PlacedCell
from xlsxeval.layout.placing import build_layout
from xlsxeval.model import Address
from xlsxeval.rules.engine import judge
from xlsxeval.workbook import fill_workbook, workbook_bytes

KEY = b"k" * 32
PROFILE = settings(
    phases=[Phase.generate], derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck)
)
"""Always the same examples: a test that fails today fails tomorrow."""
TEXTS = (
    "年初预算执行正常。", "120件", "0.5%", "第一行\n第二行\n", "_x0041_", "_x000D_", "=1+1", "'01", " 前后 ", "制\t表", "]]>", "#REF!",
    "TRUE", "1e5", "😀 & <b>", "a" * 300, "“引号”", "--", "@x", "0012",
)  # fmt: skip


class _Kept(Library):
    """A library whose one edition was read before its files went."""

    def editions(self) -> list[str]:
        return ["e"]


@dataclass(frozen=True)
class Filled:
    """A layout, what was typed into it, and the workbook."""

    context: Context
    layout: Layout
    values: Mapping[Address, Scalar]
    data: bytes

    def read(self, data: bytes) -> Returned:
        return read_returned("x.xlsx", data, self.context, Layouts())

    def told(self, data: bytes) -> list[tuple[str, str | None, str | None, str | None, str | None]]:
        """Every finding with its place and values, a number in whatever digits it was written."""
        findings = judge(self.read(data)).findings
        return [(f.code, f.place.sheet, f.place.cell, _digits(f.shown), _digits(f.expected)) for f in findings]


def _digits(text: str | None) -> str | None:
    number = literals.number(text or "")
    return text if number is None else f"{number:.15g}"


def filled(dice: random.Random) -> Filled:
    """A workbook of a form made at random, some of its inputs filled in."""
    made = made_edition(dice)
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        for name, data in {
            "templates/editions/e.yaml": made.edition,
            "campaign.yaml": made.campaign,
            **{f"templates/forms/{name}/v.yaml": form for name, form in made.forms.items()},
        }.items():
            desk.write(name, yaml_text(data))
        campaign, edition = desk.load()
        library = _Kept(desk.templates)
        library.edition("e")
    layout = build_layout(campaign, campaign.units[0], edition)
    values = {cell.address: _value(dice, cell) for cell in layout.inputs() if dice.random() < 0.8}
    blank = workbook_bytes(layout, make_seal(campaign, campaign.units[0], edition, KEY), "password")
    data = fill_workbook(blank, layout, values, layout.compute(values))
    return Filled(Context(library, campaign, KEY), layout, values, data)


def _value(dice: random.Random, cell: PlacedCell) -> Scalar:
    """What a person may have typed; numbers have the fifteen digits that Excel keeps."""
    assert cell.slot is not None
    kind = cell.slot.field.type
    match kind.kind:
        case "choice":
            return dice.choice(CHOICES)
        case "date":
            return float(dice.randint(36526, 73050))
        case "number" if kind.whole:
            return float(dice.choice((0, 1, 12, 10**6)))
        case "number":
            return dice.choice(
                (
                    0.0,
                    1.0,
                    0.1,
                    0.3,
                    1234.5,
                    85.0,
                    -12.25,
                    float(f"{dice.randint(0, 10**15 - 1)}e-{dice.randint(0, 9)}"),
                )
            )
        case _:
            return dice.choice(TEXTS)
