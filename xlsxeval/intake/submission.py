"""One returned file, read and understood: identity, inputs, what the cells show, what they should show."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from xlsxeval.calc import ExcelError, Scalar
from xlsxeval.forms.campaign import Unit
from xlsxeval.intake.alignment import SheetView, align, align_printed
from xlsxeval.intake.cells import RawCell, RawWorkbook
from xlsxeval.intake.comparison import Change, Difference, compare
from xlsxeval.intake.entries import Entry, read_entry
from xlsxeval.intake.identity import Context, FormOrigin, Identity, Layouts, identify
from xlsxeval.intake.reader import read_file, read_workbook
from xlsxeval.intake.record import Record, Records
from xlsxeval.intake.rejected import Rejected
from xlsxeval.layout.layout import CellKind, Layout, PlacedCell
from xlsxeval.limits import Limits
from xlsxeval.model import Address, Fault


@dataclass(frozen=True)
class Returned:
    """A file as received. ``submission`` is None where it could not be read; then ``faults`` say why."""

    path: str
    sha256: str
    size: int
    faults: tuple[Fault, ...]
    submission: Submission | None = None


@dataclass(frozen=True, eq=False)
class Submission:
    """A workbook of ours with its layout.

    Three views of the computed cells: ``shown`` is what the file shows, ``recomputed`` what follows from the inputs,
    ``followed`` what follows from the figures that the file shows in the cells that each formula reads.
    """

    raw: RawWorkbook
    identity: Identity
    views: Mapping[str, SheetView]
    records: Records | None = None
    sha256: str = ""

    @property
    def layout(self) -> Layout:
        return self.identity.layout

    @property
    def unit(self) -> Unit:
        return self.identity.seal.unit

    @cached_property
    def last_year(self) -> Record | None:
        """What the unit put on record the year before, as far as that is known."""
        return None if self.records is None else self.records.of(self.layout.unit)

    @cached_property
    def entries(self) -> Mapping[Address, Entry]:
        """Every input cell's entry, by the layout's address."""
        return {cell.address: read_entry(cell, self.raw_cell(cell.address), self.raw) for cell in self.layout.inputs()}

    @cached_property
    def inputs(self) -> Mapping[Address, Scalar]:
        """The values of the inputs."""
        return {address: entry.value for address, entry in self.entries.items()}

    @cached_property
    def recomputed(self) -> Mapping[Address, Scalar]:
        """Every formula from the inputs alone."""
        return self.layout.compute(self.inputs)

    @cached_property
    def shown(self) -> Mapping[Address, Scalar]:
        """What the file shows in computed cells; a cell without a stored value is not in the result."""
        found: dict[Address, Scalar] = {}
        for view in self.views.values():
            for cell, place in view.placed:
                raw = view.raw.cells.get(place) if cell.kind is CellKind.COMPUTED else None
                if raw is not None and raw.kind:
                    found[cell.address] = ExcelError(raw.value) if raw.kind == "e" else raw.value
        return found

    @cached_property
    def overtyped(self) -> Mapping[Address, Scalar]:
        """What the file shows in the computed cells whose formula is gone or another one, by the layout's address."""
        replaced = (Change.FORMULA_REPLACED, Change.FORMULA_CHANGED)
        return {
            difference.cell.address: self.shown.get(difference.cell.address)
            for difference in self.differences
            if difference.change in replaced and difference.cell is not None
        }

    @cached_property
    def followed(self) -> Mapping[Address, Scalar]:
        """Each formula of the form computed from what the file shows in the cells that it reads.

        Where that is what the file shows, a wrong figure only follows from one in another cell.
        """
        return self.layout.each({**self.recomputed, **self.inputs, **self.shown})

    @cached_property
    def differences(self) -> Sequence[Difference]:
        """Every locked cell that was changed."""
        return compare(self.layout, self.views, self.raw, printed=self.identity.origin is FormOrigin.OTHER)

    def raw_cell(self, address: Address) -> RawCell | None:
        """What the file has for a cell of the layout."""
        view = self.views.get(address.sheet)
        return None if view is None else view.cell(address)

    def place(self, address: Address) -> Address:
        """Where a cell of the layout stands in the file."""
        view = self.views.get(address.sheet)
        return address if view is None else view.place(address)

    @cached_property
    def homes(self) -> Mapping[Address, Address]:
        """Where the places of the file belong: the layout's cell, whatever rows, columns or worksheets were moved."""
        return {there: own for view in self.views.values() for there, own in view.homes()}

    def value(self, cell: PlacedCell) -> Scalar:
        """The value of a cell as it counts: typed, given, or computed from the inputs."""
        if cell.kind is CellKind.INPUT:
            return self.inputs.get(cell.address)
        if cell.kind is CellKind.COMPUTED:
            return self.recomputed.get(cell.address)
        return cell.value

    def field(self, form: str, path: str, instance: int | None = None) -> Scalar:
        """The value of a field (``funds.rate``, ``indicators[2].score``). Raises KeyError for an unknown one."""
        return self.value(self.layout.slots[form, instance, path])


def open_returned(path: Path, context: Context, layouts: Layouts, limits: Limits | None = None) -> Returned:
    """Reads a file. Never raises for anything that the file holds: what is wrong stands in ``faults``."""
    limits = limits or Limits()
    try:
        data = read_file(path, limits)
    except Rejected as error:
        return Returned(str(path), "", 0, (error.fault,))
    return read_returned(str(path), data, context, layouts, limits)


def read_returned(name: str, data: bytes, context: Context, layouts: Layouts, limits: Limits | None = None) -> Returned:
    """Reads a returned file from its bytes; ``name`` is only for messages."""
    digest = hashlib.sha256(data).hexdigest()
    faults: tuple[Fault, ...] = ()
    try:
        raw = read_workbook(data, limits)
        faults = raw.faults
        identity = identify(raw, context, layouts)
    except Rejected as error:
        return Returned(name, digest, len(data), (*faults, error.fault))
    return Returned(name, digest, len(data), (*faults, *identity.faults), submission_of(raw, identity, context, digest))


def submission_of(raw: RawWorkbook, identity: Identity, context: Context, sha256: str = "") -> Submission:
    """A workbook of ours, held against its form. ``sha256`` is that of the file."""
    aligned = align_printed if identity.origin is FormOrigin.OTHER else align
    return Submission(raw, identity, aligned(identity.layout, raw), context.last_year, sha256)
