"""The kinds of inputs: how one is made from a seed, and what must hold of the answer."""

from __future__ import annotations

import datetime as dt
import json
import random
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

from tests.fuzz import cells, definitions, handed, mails, markup, others, packing, templates
from tests.fuzz.judging import check_sealed, check_workbook
from tests.fuzz.seeds import seed, written
from tests.roster.desk import Desk, library
from xlsxeval.calc import ExcelError, compile_formulas
from xlsxeval.errors import DefinitionError
from xlsxeval.forms.seal import make_seal
from xlsxeval.layout.lint import lint_edition
from xlsxeval.layout.placing import build_layout
from xlsxeval.layout.values_file import load_values
from xlsxeval.model import Address
from xlsxeval.parcels import Origin, open_parcel
from xlsxeval.roster import load_roster
from xlsxeval.workbook import fill_workbook, workbook_bytes

NOON = dt.datetime(2025, 3, 1, 12)


@dataclass(frozen=True)
class Kind:
    """``make`` gives an input for a seed, ``check`` what is wrong with the answer, ``keep`` the input as a file."""

    name: str
    make: Callable[[random.Random], Any]
    check: Callable[[Any], Iterator[str]]
    keep: Callable[[Any], tuple[str, bytes]]


def _workbooks(name: str, changes: list[Callable[[random.Random, bytes], bytes]]) -> Kind:
    def make(dice: random.Random) -> bytes:
        return dice.choice(changes)(dice, seed().data)

    check = partial(check_workbook, typed=name in ("values", "formulas"))
    return Kind(name, make, check, lambda data: (".xlsx", data))


def check_definitions(files: Mapping[str, str]) -> Iterator[str]:
    """A definition is laid out and written, or refused with its faults."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            desk = written(Path(folder), {name: text.replace("\ud800", "") for name, text in files.items()})
            campaign, edition = desk.load()
            problems = lint_edition(edition)
            layout = build_layout(campaign, campaign.units[0], edition)
            values = load_values(desk.folder / "values.yaml", layout)
        except DefinitionError as error:
            if not error.problems or not all(problem.message and problem.file for problem in error.problems):
                yield "a fault that says nothing"
            return
        if problems:
            return
        seal = make_seal(campaign, campaign.units[0], edition, b"k" * 32)
        fill_workbook(workbook_bytes(layout, seal, "password"), layout, values, layout.compute(values))


@cache
def _roster() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        desk.unit()
        desk.book.save(desk.path)
        return desk.path.read_bytes()


def check_roster(data: bytes) -> Iterator[str]:
    """A roster is a campaign, or refused with its faults."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "名册.xlsx"
        path.write_bytes(data)
        try:
            campaign, _ = load_roster(path, library())
        except DefinitionError as error:
            if not all(problem.message for problem in error.problems):
                yield "a fault that says nothing"
            return
        if not campaign.units:
            yield "a campaign without a unit"


def check_parcel(sent: tuple[str, bytes]) -> Iterator[str]:
    """Every piece has bytes or a fault, and a name that is no path."""
    for piece in open_parcel(*sent, Origin(received_at=NOON)):
        if piece.fault is None and not piece.name:
            yield "a piece without a name"
        if piece.fault is not None and (piece.data or not piece.fault.detail):
            yield f"{piece.name}: a fault, and yet bytes"
        if any(not text.isprintable() for text in piece.trail):
            yield f"{piece.trail!r}: cannot be printed"


def check_formulas(formulas: Mapping[Address, str]) -> Iterator[str]:
    """Every formula ends in a value."""
    program = compile_formulas(formulas, sheets=["附件1"])
    for address, value in program.run({Address("附件1", 3, 1): "文", Address("附件1", 5, 2): 7.5}, now=NOON).items():
        if not isinstance(value, float | str | bool | ExcelError):
            yield f"{address}: {value!r}"


def _as_json(value: Any) -> tuple[str, bytes]:
    return ".json", json.dumps({str(key): text for key, text in value.items()}, ensure_ascii=False, indent=1).encode(
        "utf-8", "replace"
    )


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        _workbooks("bytes", packing.BYTES),
        _workbooks("zip", packing.ZIP),
        _workbooks("xml", markup.XML),
        _workbooks("values", cells.VALUES),
        _workbooks("formulas", cells.FORMULA),
        Kind("seal", lambda dice: others.resealed(dice, seed().data), check_sealed, lambda data: (".xlsx", data)),
        Kind("definitions", lambda dice: dice.choice(definitions.YAMLS)(dice), check_definitions, _as_json),
        Kind("roster", lambda dice: others.any_change(dice, _roster()), check_roster, lambda data: (".xlsx", data)),
        Kind("parcels", others.parcel, check_parcel, lambda sent: (Path(sent[0]).suffix, sent[1])),
        Kind("mails", mails.mail, mails.check_mail, lambda sent: (".eml", sent[1])),
        Kind("names", mails.name, mails.check_name, lambda name: (".name", name)),
        Kind("docx", handed.report, handed.check_report, lambda data: (".docx", data)),
        Kind("exports", handed.export, handed.check_export, lambda data: (".zip", data)),
        Kind("templates", templates.template, templates.check_template, lambda data: (".docx", data)),
        Kind("calc", others.formulas, check_formulas, _as_json),
    )
}
