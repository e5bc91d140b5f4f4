"""What a table was understood to say: figures by the names of the neutral edition, lines of its blocks, what is unclear."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from xlsxeval.audit.documents.report_file import ReportTable
from xlsxeval.audit.figures import PrintedFigure

BlockLine = dict[str, PrintedFigure]


@dataclass(slots=True)
class TableReading:
    """One form of a report, from one table or several that belong together.

    ``kind`` is the neutral form (basic, overall, project); ``figures`` are by field; ``lines`` by block; ``unclear`` says
    in Chinese what was not understood, by zone (funds, indicators, spending); ``unknown_rows`` are rows with figures and
    a label that no role has, by zone; ``loose_rows`` are places of rows with several figures that belong to no zone.
    """

    table: ReportTable
    kind: str
    tables: tuple[str, ...]
    figures: dict[str, PrintedFigure] = field(default_factory=dict)
    lines: dict[str, list[BlockLine]] = field(default_factory=dict)
    columns: tuple[str, ...] = ()
    unclear: dict[str, list[str]] = field(default_factory=dict)
    unknown_rows: dict[str, list[str]] = field(default_factory=dict)
    has_total: bool = False
    loose_rows: list[str] = field(default_factory=list)
    scale: Decimal = Decimal(1)

    def value(self, name: str) -> Decimal | None:
        """The figure of a field, or None."""
        found = self.figures.get(name)
        return None if found is None else found.value

    def doubt(self, zone: str, what: str) -> None:
        """Adds something that was not understood in a zone."""
        self.unclear.setdefault(zone, []).append(what)

    @property
    def name(self) -> str:
        """What the form is about: the project's or the unit's name."""
        found = self.figures.get("name") or self.figures.get("unit.name")
        return " ".join(found.text.split()) if found else ""

    @property
    def indicators(self) -> list[BlockLine]:
        return self.lines.get("indicators", [])

    def zones(self) -> Iterator[str]:
        """The zones that the form has."""
        prefixes = {name.partition(".")[0] for name in self.figures}
        if prefixes & FUND_ROWS and self.kind != "basic":
            yield "funds"
        if self.indicators:
            yield "indicators"
        if "staff" in prefixes:
            yield "staff"
        if prefixes & SPENDING_ROWS and self.kind == "basic":
            yield "spending"


FUND_ROWS = frozenset({"funds", "fiscal", "carryover", "special", "own", "other", "basic", "project", "income"})
SPENDING_ROWS = frozenset({"sangong", "vehicle", "reception", "project", "public", "business", "office"})
ZONE_NAMES: Mapping[str, str] = {
    "funds": "资金各行",
    "indicators": "绩效指标各行",
    "staff": "人员",
    "spending": "经费各行",
    "": "其他各行",
}
