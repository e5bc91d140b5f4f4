"""A workbook that another program sent is held against itself: nothing in it is new, and what is found stays the same."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.forms.inline import CAMPAIGN, EDITION, Desk
from tests.forms.test_carried import FORM
from tests.support import later_program
from tests.test_samples import KEY, ROOT, SUBMITTED
from xlsxeval.calc import to_formula
from xlsxeval.forms.campaign import Campaign, Unit
from xlsxeval.forms.definition import Edition
from xlsxeval.forms.library import Library
from xlsxeval.forms.seal import make_seal
from xlsxeval.intake.cells import RawCell, RawStyle, RawWorkbook
from xlsxeval.intake.identity import Context, FormOrigin, Layouts, seal_in
from xlsxeval.intake.reader import read_workbook
from xlsxeval.intake.sent_layout import sent_layout
from xlsxeval.intake.submission import read_returned
from xlsxeval.layout.kept import FormWriter, KeptForm, read_form, read_shape
from xlsxeval.layout.layout import Layout
from xlsxeval.model import Address, split_a1
from xlsxeval.rules.engine import judge
from xlsxeval.workbook import workbook_bytes

PRINTED = [path for path in SUBMITTED if path.stem == "as-printed"]


class OneForm:
    """The sent forms of a campaign that sent one workbook."""

    def __init__(self, form: KeptForm) -> None:
        self.form = form

    def text(self, digest: str) -> str | None:
        return {self.form.digest: self.form.text, self.form.shape_digest: self.form.shape_text}.get(digest)

    def forms_of(self, subject: str, *, unnamed: bool = False) -> Sequence[str]:
        return [self.form.digest]

    def is_lost(self, subject: str) -> bool:
        return False

    def is_of_another_program(self, digest: str) -> bool:
        return True


@pytest.mark.parametrize("path", PRINTED, ids=lambda path: path.parent.parent.name)
def test_a_sample_that_was_sent_by_another_program_gives_what_is_expected(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library, data = Library(ROOT / "templates"), path.read_bytes()
    seal = seal_in(read_workbook(data))
    assert seal is not None
    edition = library.edition(seal.campaign.edition)
    sent = read_workbook(workbook_bytes(Layouts().of(seal, edition), seal, "password"))
    later_program.install(monkeypatch)
    layouts = Layouts()
    recovered = sent_layout(layouts.of(seal, edition), sent)
    assert recovered is not None
    forms = OneForm(FormWriter().kept(recovered))
    returned = read_returned(path.name, data, Context(library, sent=forms), layouts)
    assert returned.submission is not None
    assert returned.submission.identity.origin is FormOrigin.KEPT
    found = [f"{finding.code} {finding.place.sheet}!{finding.place.cell}" for finding in judge(returned).findings]
    assert found == json.loads((path.parent.parent / "expected.json").read_text(encoding="utf-8"))[path.name]
    assert layouts.take_notes()
    assert not layouts.take_notes()


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    desk = Desk(tmp_path)
    desk.edition(EDITION)
    desk.form(FORM)
    desk.campaign(CAMPAIGN)
    return desk.layout()


def sent_with(layout: Layout, place: str, **changes: Any) -> RawWorkbook:
    """The workbook of a layout as another program sends it, with a cell that says something else."""
    raw = read_workbook(
        workbook_bytes(layout, make_seal(layout.campaign, layout.unit, layout.edition, KEY), "password")
    )
    name, _, cell = place.partition("!")
    spot = split_a1(cell)
    sheets = []
    for sheet in raw.sheets:
        if sheet.name == name:
            there = sheet.cells.get(spot, RawCell(*spot))
            sheet = replace(sheet, cells={**sheet.cells, spot: there._replace(**changes)})
        sheets.append(sheet)
    return replace(raw, sheets=tuple(sheets))


def test_what_this_program_sent_is_its_own_layout(layout: Layout) -> None:
    assert sent_layout(layout, sent_with(layout, "附件1!A1")) is layout


def test_other_words_and_formulas_are_those_that_were_sent(layout: Layout) -> None:
    for place, changes in (
        ("附件1!A1", {"value": "一级指标", "text": "一级指标"}),
        ("自查!C4", {"value": "查什么", "text": "查什么"}),
        ("附件1!B7", {"formula": "SUMIF(F2:F6,C1,D2:D6)"}),
        ("附件1!F3", {"formula": "F2&A3"}),
        ("自查!H9", {"kind": "s", "value": "另一列", "text": "另一列"}),
    ):
        sent = sent_with(layout, place, **changes)
        recovered = sent_layout(layout, sent)
        assert recovered is not None, place
        assert recovered is not layout
        cell = recovered.cells[Address(place.partition("!")[0], *split_a1(place.partition("!")[2]))]
        assert (
            to_formula(cell.formula) == changes["formula"] if "formula" in changes else cell.value == changes["value"]
        )
        again = FormWriter().kept(recovered)
        back = read_form(again.text, read_shape(again.shape_text, layout.edition), *whose(layout))
        assert FormWriter().kept(back) == again


def whose(layout: Layout) -> tuple[Campaign, Unit, Edition, str | None]:
    return layout.campaign, layout.unit, layout.edition, layout.part


@pytest.mark.parametrize(
    ("place", "changes"),
    [
        ("附件1!B7", {"formula": None, "kind": "n", "value": 1.0, "text": "1"}),  # no formula where one is
        ("附件1!B1", {"formula": "A1"}),  # a formula where a word is
        ("附件1!C9", {"kind": "s", "value": "x", "text": "x"}),  # more is printed
        ("自查!D5", {"array": "D5:D6", "formula": "A1:A2"}),
        ("自查!D5", {"style": 10_000}),
    ],
)
def test_what_is_printed_otherwise_or_not_locked_says_nothing(
    layout: Layout, place: str, changes: dict[str, Any]
) -> None:
    sent = sent_with(layout, place, **changes)
    if "style" in changes:
        sent = replace(sent_with(layout, place, style=len(sent.styles)), styles=(*sent.styles, RawStyle(locked=False)))
    assert sent_layout(layout, sent) is None
