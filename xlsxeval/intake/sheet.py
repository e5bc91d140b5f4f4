"""One worksheet part: the grid and everything around it that a checker must see."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxeval.intake.attached import count_pictures, read_comments
from xlsxeval.intake.boxes import box
from xlsxeval.intake.cells import Box, RawSheet, State
from xlsxeval.intake.conditions import ConditionReader
from xlsxeval.intake.grid import GridReader
from xlsxeval.intake.literals import number
from xlsxeval.intake.markup import searchable
from xlsxeval.intake.package import Package, Relation
from xlsxeval.intake.reading import Reading
from xlsxeval.intake.schema import RELATION_ID, Attributes, Branches, Schema
from xlsxeval.intake.spans import SpanList
from xlsxeval.intake.styles import flag
from xlsxeval.intake.tables import FilterReader, filtered_rows, read_tables
from xlsxeval.intake.validations import ValidationReader
from xlsxeval.model import MAX_COLUMNS


class _Surroundings:
    """Merges, columns, protection, links: what stands before and after the grid."""

    def __init__(self, package: Package, relations: Sequence[Relation], schema: Schema) -> None:
        self.hidden_columns = SpanList()
        self.rows_hidden_by_default = False
        self.protection: dict[str, str] | None = None
        self.merges: list[Box] = []
        self.hyperlinks: list[tuple[str, str]] = []
        self.default_height: float | None = None
        self.default_width: float | None = None
        self.column_widths: list[tuple[int, int, float]] = []
        self.shows_zeros = True
        self.shows_formulas = False
        self.filters = FilterReader(schema, "worksheet")
        self._targets = {relation.id: relation.target for relation in relations}
        schema.on("worksheet/sheetFormatPr", self._format, once=True)
        schema.on("worksheet/cols/col", self._column)
        schema.on("worksheet/sheetProtection", self._protect, once=True)
        schema.on("worksheet/mergeCells/mergeCell", self._merge)
        schema.on("worksheet/sheetViews/sheetView", self._view)
        schema.on("worksheet/hyperlinks/hyperlink", self._link)

    def _format(self, attributes: Attributes) -> None:
        self.rows_hidden_by_default = flag(attributes, "zeroHeight")
        self.default_height = number(attributes.get("defaultRowHeight", ""))
        self.default_width = number(attributes.get("defaultColWidth", ""))

    def _view(self, attributes: Attributes) -> None:
        self.shows_zeros = self.shows_zeros and flag(attributes, "showZeros", default=True)
        self.shows_formulas = self.shows_formulas or flag(attributes, "showFormulas")

    def _column(self, attributes: Attributes) -> None:
        first, last = number(attributes.get("min", "")), number(attributes.get("max", ""))
        if first is None or last is None or not 1 <= first <= last <= MAX_COLUMNS:
            return
        width = number(attributes.get("width", ""))
        if flag(attributes, "hidden") or width == 0:
            self.hidden_columns.add(int(first), int(last))
        elif width is not None:
            self.column_widths.append((int(first), int(last), width))

    def _protect(self, attributes: Attributes) -> None:
        self.protection = dict(attributes)

    def _merge(self, attributes: Attributes) -> None:
        if (merged := box(attributes.get("ref", ""))) is not None:
            self.merges.append(merged)

    def _link(self, attributes: Attributes) -> None:
        outside = self._targets.get(attributes.get(RELATION_ID, ""))
        inside = attributes.get("location", "")
        self.hyperlinks.append((attributes.get("ref", ""), outside or f"#{inside}"))


def read_sheet(package: Package, part: str, name: str, state: State, kind: str, reading: Reading) -> RawSheet:
    """The worksheet in ``part``; a chart sheet has a name and a state only.

    Raises Rejected for what leaves open which content is meant, and for too much of it.
    """
    if kind == "chartsheet":
        return RawSheet(name, state, "chartsheet")
    schema = Schema(Branches.EXTENSIONS)
    relations = package.relations(part)
    around = _Surroundings(package, relations, schema)
    content = searchable(package.read(part))
    grid = GridReader(name, reading, schema, content, lambda: around.default_height)
    validations = ValidationReader(package.budget, schema)
    conditions = ConditionReader(package.budget, schema, reading.styles.palette, reading.styles.differentials)
    package.parse(part, schema)
    grid.finish()
    protection = around.protection or {}
    hidden_rows = grid.hidden_rows.close()
    tables, filters = read_tables(package, relations, reading.log)
    return RawSheet(
        name=name,
        state=state,
        cells=grid.cells,
        merges=tuple(around.merges),
        validations=tuple(validations.found),
        protected=flag(protection, "sheet"),
        protection=protection,
        hidden_rows=hidden_rows,
        filtered_rows=filtered_rows(hidden_rows, [*around.filters.found, *filters]),
        tables=tables,
        hidden_columns=around.hidden_columns.close(),
        low_rows=grid.low_rows,
        column_widths=tuple(around.column_widths),
        default_width=around.default_width,
        shows_zeros=around.shows_zeros,
        shows_formulas=around.shows_formulas,
        conditions=tuple(conditions.found),
        rows_hidden_by_default=around.rows_hidden_by_default,
        hyperlinks=tuple(around.hyperlinks),
        conditional_formats=tuple(area for condition in conditions.found for area in condition.ranges),
        comments=read_comments(package, relations, reading.log),
        pictures=count_pictures(package, relations, reading.log),
    )
