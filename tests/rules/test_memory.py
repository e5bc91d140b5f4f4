"""However many workbooks are checked in one process, what is kept of them is the last one and caches with an end."""

from __future__ import annotations

import gc
from collections import Counter
from pathlib import Path

from xlsxeval.calc import Scalar
from xlsxeval.forms.campaign import load_campaign
from xlsxeval.forms.library import Library
from xlsxeval.forms.seal import make_seal
from xlsxeval.intake.cells import RawCell
from xlsxeval.intake.identity import Context, Layouts
from xlsxeval.intake.submission import Submission, read_returned
from xlsxeval.layout.layout import CellKind, Layout
from xlsxeval.layout.placing import build_layout
from xlsxeval.layout.values_file import load_values
from xlsxeval.model import Address
from xlsxeval.rules.engine import judge
from xlsxeval.workbook import workbook_bytes

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "samples" / "chenxi-2024"
WARM, MORE = 3, 12


def test_many_checks_leave_no_more_behind_than_a_few() -> None:
    library = Library(ROOT / "templates")
    campaign, edition = load_campaign(SAMPLE, library)
    unit = campaign.units[0]
    layout = build_layout(campaign, unit, edition)
    seal = make_seal(campaign, unit, edition, b"k" * 32)
    typed = load_values(SAMPLE / "values" / "careful.yaml", layout)
    context, layouts = Context(library), Layouts()

    def check(number: int) -> None:
        data = workbook_bytes(layout, seal, "", _other_texts(typed, layout, number))
        assert judge(read_returned("x.xlsx", data, context, layouts)).subject is not None

    for number in range(WARM):
        check(number)
    before = _alive()
    for number in range(WARM, WARM + MORE):
        check(number)
    after = _alive()
    assert after[Submission] == before[Submission]
    assert after[RawCell] <= before[RawCell] * 1.05
    assert after.total() - before.total() < before[RawCell]  # of 12 workbooks not as much as one has cells


def _other_texts(typed: dict[Address, Scalar], layout: Layout, number: int) -> dict[Address, Scalar]:
    """The same filling with no text of a former round."""
    return {
        address: f"{value}{number}" if isinstance(value, str) and _is_free_text(layout, address) else value
        for address, value in typed.items()
    }


def _is_free_text(layout: Layout, address: Address) -> bool:
    cell = layout.cells[address]
    return cell.kind is CellKind.INPUT and cell.slot is not None and not cell.slot.field.choices


def _alive() -> Counter[type]:
    gc.collect()
    return Counter(type(thing) for thing in gc.get_objects())
