"""One worksheet part: the grid and everything around it that a checker must see."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxeval.intake.attached import count_pictures, read_comments
from xlsxeval.intake.boxes import box, boxes
from xlsxeval.intake.cells import Box, RawSheet, State
from xlsxeval.intake.grid import GridReader
from xlsxeval.intake.literals import number
from xlsxeval.intake.markup import searchable
from xlsxeval.intake.package import Package, Relation
from xlsxeval.intake.reading import Reading
from xlsxeval.intake.schema import RELATION_ID, Attributes, Branches, Schema
from xlsxeval.intake.spans import SpanList
from xlsxeval.intake.styles import flag
from xlsxeval.intake.validations import RANGE_COST, ValidationReader
from xlsxeval.model import MAX_COLUMNS


class _Surroundings:
    """Merges, columns, protection, links: what stands before and after the grid."""

    def __init__(self, package: Package, relations: Sequence[Relation], schema: Schema) -> None:
        self.hidden_columns = SpanList()
        self.rows_hidden_by_default = False
        self.protection: dict[str, str] | None = None
        self.merges: list[Box] = []
        self.hyperlinks: list[tuple[str, str]] = []
        self.conditional_formats: list[Box] = []
        self._budget = package.budget
        self._targets = {relation.id: relation.target for relation in relations}
        schema.on("worksheet/sheetFormatPr", self._format, once=True)
        schema.on("worksheet/cols/col", self._column)
        schema.on("worksheet/sheetProtection", self._protect, once=True)
        schema.on("worksheet/mergeCells/mergeCell", self._merge)
        schema.on("worksheet/conditionalFormatting", lambda attributes: self._conditional(attributes.get("sqref", "")))
        extended = "worksheet/extLst/ext/x14:conditionalFormattings/x14:conditionalFormatting"
        schema.on(f"{extended}/xm:sqref", closed=self._conditional)
        schema.on("worksheet/hyperlinks/hyperlink", self._link)

    def _format(self, attributes: Attributes) -> None:
        self.rows_hidden_by_default = flag(attributes, "zeroHeight")

    def _column(self, attributes: Attributes) -> None:
        first, last = number(attributes.get("min", "")), number(attributes.get("max", ""))
        if first is None or last is None or not 1 <= first <= last <= MAX_COLUMNS:
            return
        if flag(attributes, "hidden") or number(attributes.get("width", "")) == 0:
            self.hidden_columns.add(int(first), int(last))

    def _protect(self, attributes: Attributes) -> None:
        self.protection = dict(attributes)

    def _merge(self, attributes: Attributes) -> None:
        if (merged := box(attributes.get("ref", ""))) is not None:
            self.merges.append(merged)

    def _conditional(self, ranges: str) -> None:
        self._budget.spend(RANGE_COST * len(ranges.split()))
        self.conditional_formats += boxes(ranges)

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
    grid = GridReader(name, reading, schema, searchable(package.read(part)))
    validations = ValidationReader(package.budget, schema)
    package.parse(part, schema)
    grid.finish()
    protection = around.protection or {}
    return RawSheet(
        name=name,
        state=state,
        cells=grid.cells,
        merges=tuple(around.merges),
        validations=tuple(validations.found),
        protected=flag(protection, "sheet"),
        protection=protection,
        hidden_rows=grid.hidden_rows.close(),
        hidden_columns=around.hidden_columns.close(),
        rows_hidden_by_default=around.rows_hidden_by_default,
        hyperlinks=tuple(around.hyperlinks),
        conditional_formats=tuple(around.conditional_formats),
        comments=read_comments(package, relations, reading.log),
        pictures=count_pictures(package, relations, reading.log),
    )
