"""The workbook part: sheets in order, defined names, how the workbook is locked and calculated."""

from __future__ import annotations

from dataclasses import dataclass

from xlsxeval.fault_codes import FaultCode
from xlsxeval.intake.cells import RawName, State
from xlsxeval.intake.package import Package
from xlsxeval.intake.rejected import refusal
from xlsxeval.intake.schema import RELATION_ID, Attributes, Schema
from xlsxeval.intake.styles import flag

_STATES: dict[str, State] = {"hidden": "hidden", "veryHidden": "veryHidden"}


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """One line of the list of sheets, not yet read."""

    name: str
    state: State
    relation: str


class BookReader:
    """What the workbook part says."""

    def __init__(self) -> None:
        self.sheets: list[SheetEntry] = []
        self.structure_locked = False
        self.date1904 = False
        self.calc_mode = "auto"
        self.iterate = False
        self.full_precision = True
        self._names: list[tuple[Attributes, str]] = []
        self._name: Attributes = {}
        self.schema = Schema()
        on = self.schema.on
        on("workbook/sheets", once=True)
        on("workbook/sheets/sheet", self._sheet)
        on("workbook/workbookPr", self._properties, once=True)
        on("workbook/workbookProtection", self._protection, once=True)
        on("workbook/calcPr", self._calculation, once=True)
        on("workbook/definedNames/definedName", self._open_name, self._close_name)

    @property
    def names(self) -> tuple[RawName, ...]:
        """The defined names, each with the worksheet that it belongs to."""
        return tuple(
            RawName(
                attributes.get("name", ""),
                text,
                self._scope(attributes.get("localSheetId")),
                flag(attributes, "hidden"),
                any(flag(attributes, kind) for kind in ("function", "vbProcedure", "xlm")),
            )
            for attributes, text in self._names
        )

    def _scope(self, index: str | None) -> str | None:
        if index is None or not (index.isascii() and index.isdigit() and len(index) < 8):
            return None
        return self.sheets[int(index)].name if int(index) < len(self.sheets) else None

    def _sheet(self, attributes: Attributes) -> None:
        name = attributes.get("name", "")
        if any(name.casefold() == sheet.name.casefold() for sheet in self.sheets):
            raise refusal(FaultCode.WRITTEN_TWICE, f"有两张工作表都叫 {name[:40]!r}")
        state = _STATES.get(attributes.get("state", ""), "visible")
        self.sheets.append(SheetEntry(name, state, attributes.get(RELATION_ID, "")))

    def _properties(self, attributes: Attributes) -> None:
        self.date1904 = flag(attributes, "date1904")

    def _protection(self, attributes: Attributes) -> None:
        self.structure_locked = flag(attributes, "lockStructure")

    def _calculation(self, attributes: Attributes) -> None:
        self.calc_mode = attributes.get("calcMode", "auto")
        self.iterate = flag(attributes, "iterate")
        self.full_precision = flag(attributes, "fullPrecision", default=True)

    def _open_name(self, attributes: Attributes) -> None:
        self._name = dict(attributes)

    def _close_name(self, text: str) -> None:
        self._names.append((self._name, text))


def read_book(package: Package, part: str) -> BookReader:
    """Read the workbook part; raises Rejected F003 if it lists no sheet."""
    reader = BookReader()
    package.parse(part, reader.schema)
    if not reader.sheets:
        raise refusal(FaultCode.INCOMPLETE_FILE, "工作簿里没有工作表")
    return reader
