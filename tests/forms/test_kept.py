"""A laid-out form is kept as text, and read back it is the very same form."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings

from tests.forms.test_shapes import PLACES, differs, library, parts, two_forms, units
from xlsxeval.calc import parse
from xlsxeval.errors import DefinitionError
from xlsxeval.forms.campaign import Campaign, Unit, load_campaign
from xlsxeval.forms.definition import Edition
from xlsxeval.forms.seal import make_seal
from xlsxeval.layout.kept import FormWriter, KeptForm, KeptFormError, digest_of, read_form, read_shape, shape_digest_of
from xlsxeval.layout.layout import CellKind, CellLook, Layout, PlacedCell, SheetLayout, WorkbookShape
from xlsxeval.layout.placing import build_layout
from xlsxeval.layout.shaping import Shapes
from xlsxeval.model import Address
from xlsxeval.workbook import workbook_bytes

__all__ = ["two_forms"]  # a fixture


def back(form: KeptForm, layout: Layout) -> Layout:
    shape = read_shape(form.shape_text, layout.edition)
    return read_form(form.text, shape, layout.campaign, layout.unit, layout.edition, layout.part)


@pytest.mark.parametrize("name", PLACES)
def test_every_edition_comes_back_the_same(name: str) -> None:
    campaign, edition = load_campaign(PLACES[name], library())
    unit = campaign.units[0]
    layout = build_layout(campaign, unit, edition)
    form = FormWriter().kept(layout)
    again = back(form, layout)
    assert differs(layout, again) == []
    assert FormWriter().kept(again) == form
    seal = make_seal(campaign, unit, edition, b"k" * 32)
    assert workbook_bytes(again, seal, "password") == workbook_bytes(layout, seal, "password")


@settings(max_examples=40, deadline=None)
@given(unit=units(), part=parts)
def test_any_unit_comes_back_the_same(two_forms: tuple[Campaign, Edition], unit: Unit, part: str | None) -> None:
    campaign, edition = two_forms
    try:
        layout = build_layout(campaign, unit, edition, part)
    except DefinitionError:
        return
    form = FormWriter().kept(layout)
    again = back(form, layout)
    assert differs(layout, again) == []
    seal = make_seal(campaign, unit, edition, b"k" * 32, part)
    assert workbook_bytes(again, seal, "password") == workbook_bytes(layout, seal, "password")


def test_units_of_one_shape_keep_it_once(two_forms: tuple[Campaign, Edition]) -> None:
    campaign, edition = two_forms
    writer, shapes = FormWriter(), Shapes()
    forms = [
        writer.kept(build_layout(campaign, Unit(code, name, (), {}), edition, shapes=shapes))
        for code, name in (("001", "某某局"), ("002", "某某中心"), ("001", "某某局"))
    ]
    assert len({form.shape_digest for form in forms}) == 1
    assert forms[0] == forms[2] != forms[1]
    assert len(forms[1].text) < len(forms[1].shape_text) / 10
    assert [digest_of(form.text) for form in forms] == [form.digest for form in forms]
    assert shape_digest_of(forms[0].text) == forms[0].shape_digest


def test_the_text_of_a_form_is_this_and_stays_this(two_forms: tuple[Campaign, Edition]) -> None:
    """Seals of workbooks that were sent name the digests of such texts: another spelling would make all of them foreign."""
    campaign, edition = two_forms
    look = CellLook("label", "left", "0.00", 1)
    cells = (
        PlacedCell(Address("自查", 1, 1), CellKind.LABEL, look, columns=2, value="一", link=Address("附件1", 2, 3)),
        PlacedCell(Address("自查", 2, 1), CellKind.COMPUTED, CellLook("helper"), formula=parse("A1&1"), report=False),
        PlacedCell(Address("自查", 2, 2), CellKind.LABEL, CellLook("helper"), value=0.0),
    )
    sheet = SheetLayout(
        "自查", None, None, None, "", "自查", cells, (5.0, 8.5), {1: 30.0}, 2, 2, (1, 1), landscape=True
    )
    apart = {Address("#自查", 1, 1): parse("TRUE")}
    shape = WorkbookShape((sheet,), (), apart, {Address("附件1", 2, 3): Address("#自查", 1, 1)})
    filled = replace(sheet, cells=(replace(cells[0], value="二"), *cells[1:]), attachment="附件1", title="三")
    form = FormWriter().kept(Layout(campaign, campaign.units[0], edition, (filled,), shape))
    assert json.loads(form.shape_text) == {
        "kept": 1,
        "looks": [["label", "left", "0.00", 1], ["helper", "center", "General", 0]],
        "sheets": [
            {
                "name": "自查",
                "title": "自查",
                "widths": [5.0, 8.5],
                "heights": {"1": 30.0},
                "rows": 2,
                "columns": 2,
                "repeat": [1, 1],
                "landscape": True,
                "cells": [
                    {"at": [1, 1], "kind": "label", "look": 0, "span": [1, 2], "value": "一", "link": ["附件1", 2, 3]},
                    {"at": [2, 1], "kind": "computed", "look": 1, "formula": "A1&1", "undrawn": True},
                    {"at": [2, 2], "kind": "label", "look": 1, "value": 0.0},
                ],
            }
        ],
        "checks": [],
        "virtual": [["#自查", 1, 1, "TRUE"]],
        "greys": [["附件1", 2, 3, "#自查", 1, 1]],
    }
    values = [{"attachment": "附件1", "title": "三", "values": [[0, "二"]]}]
    assert json.loads(form.text) == {"kept": 1, "shape": form.shape_digest, "sheets": values}
    assert form.shape_digest == "a76be0f112cda59548a94d84c27ec1e58796db83b94bc596a077b0f1974e3d17"


@pytest.fixture
def layout(two_forms: tuple[Campaign, Edition]) -> Layout:
    campaign, edition = two_forms
    return build_layout(campaign, campaign.units[0], edition)


def test_what_a_program_does_not_know_cannot_be_read(layout: Layout) -> None:
    form = FormWriter().kept(layout)
    for text in ("", "{", "[]", '{"kept":1}', form.shape_text.replace('"kept":1', '"kept":2'), form.text):
        with pytest.raises(KeptFormError):
            read_shape(text, layout.edition)


def test_a_check_that_the_edition_no_longer_has_is_left_out_and_its_cells_stay(layout: Layout) -> None:
    form = FormWriter().kept(layout)
    first, *others = layout.edition.forms
    fewer = replace(layout.edition, forms=(replace(first, checks=first.checks[1:]), *others))
    shape = read_shape(form.shape_text, fewer)
    assert len(shape.checks) == len(layout.checks) - 1
    assert shape.formula_texts == layout.formula_texts


def test_without_a_field_there_is_no_form(layout: Layout) -> None:
    form = FormWriter().kept(layout)
    first, *others = layout.edition.forms
    fields = {name: field for name, field in first.fields.items() if name != "note"}
    for forms in ((replace(first, fields=fields), *others), others):
        with pytest.raises(KeptFormError):
            read_shape(form.shape_text, replace(layout.edition, forms=tuple(forms)))
