"""The text of a document in one guarded pass.

Read are runs wherever they stand: in links, fields (their results), inserted by tracked changes, in content controls and
text boxes. Not read are what was deleted, hidden text, codes of fields, comments, notes, headers and footers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from xlsxeval.intake.package import Package
from xlsxeval.intake.schema import Attributes, Branches, Element, Schema, qualified
from xlsxeval.proofreading.document import Block, DocumentCell, DocumentTable, Paragraph
from xlsxeval.proofreading.styles import VAL, Style, W, level_of

_OFF = ("0", "false", "off")
_WRAPPERS = ("hyperlink", "smartTag", "fldSimple", "customXml", "dir", "bdo")
_VML = "urn:schemas-microsoft-com:vml"
_DRAWN = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_SHAPES = "http://schemas.microsoft.com/office/word/2010/wordprocessing"
_TO_TEXT_BOXES = (
    *(f"{W}{name}" for name in ("pict", "drawing", "object")),
    *(f"{_VML} {name}" for name in ("shape", "rect", "roundrect", "oval", "group", "textbox")),
    *(f"{_DRAWN} {name}" for name in ("inline", "anchor")),
    *(qualified("a", name) for name in ("graphic", "graphicData")),
    *(f"{_SHAPES}Shape {name}" for name in ("wsp", "txbx")),
    *(f"{_SHAPES}Group {name}" for name in ("wgp", "grpSp")),
    f"{_SHAPES}Canvas wpc",
)
_MOST_COLUMNS = 1_000
"""Columns of a table's grid that are told apart; Word has 63."""
_WIDEST = 100_000
_KEPT = 20
"""What a paragraph or a cell costs of the budget."""

Children = dict[str, Element]


def read_body(package: Package, part: str, styles: Mapping[str, Style]) -> tuple[tuple[Block, ...], int]:
    """The blocks of the text in order, and the number of tracked changes in it."""
    reader = _Reader(styles)
    schema = Schema(Branches.NEWEST)
    schema.root.children[f"{W}document"] = Element(children={f"{W}body": Element(children=reader.blocks_schema())})
    package.parse(part, schema)
    return tuple(reader.blocks[0]), reader.revisions


@dataclass(slots=True)
class _Open:
    """A paragraph while it is read. ``runs_on``: its end was deleted, so the next one goes on with it."""

    pieces: list[str] = field(default_factory=list)
    style: str = ""
    level: int | None = None
    runs_on: bool = False


@dataclass(slots=True)
class _CellProperties:
    continued: bool = False
    columns: int = 1


@dataclass(slots=True)
class _Row:
    """A row while it is read. ``next_column`` is the column of the grid in which its next cell begins."""

    cells: list[DocumentCell] = field(default_factory=list)
    open_cells: list[_CellProperties] = field(default_factory=list)
    deleted: bool = False
    next_column: int = 1


@dataclass(slots=True)
class _Table:
    rows: list[_Row] = field(default_factory=list)
    widths: list[int] = field(default_factory=list)


class _Reader:
    """Fills ``blocks``: those of the document below, above them those of each cell that is open."""

    def __init__(self, styles: Mapping[str, Style]) -> None:
        self.styles = styles
        self.blocks: list[list[Block]] = [[]]
        self.revisions = 0
        self._paragraphs: list[_Open] = []
        self._tables: list[_Table] = []
        self._before = ""
        self._hidden = False

    def blocks_schema(self) -> Children:
        """What may stand in a document, a cell or a text box. The schema is a circle: cells hold tables hold cells."""
        blocks: Children = {}
        runs: Children = {}
        blocks[f"{W}p"] = Element(self._paragraph, self._paragraph_ends, _KEPT, children=runs)
        blocks[f"{W}tbl"] = Element(self._table, self._table_ends, _KEPT, children=self._rows_schema(blocks))
        blocks[f"{W}tcPr"] = Element(
            children={f"{W}vMerge": Element(self._merged), f"{W}gridSpan": Element(self._spans)}
        )
        _add_wrappers(blocks, ("customXml",))
        runs[f"{W}pPr"] = self._properties_schema()
        runs[f"{W}r"] = Element(self._run, children=self._run_schema(blocks))
        for name in ("ins", "moveTo"):
            runs[f"{W}{name}"] = Element(self._revised, children=runs)
        for name in ("del", "moveFrom"):
            runs[f"{W}{name}"] = Element(self._revised)
        _add_wrappers(runs, _WRAPPERS)
        return blocks

    def _rows_schema(self, blocks: Children) -> Children:
        cells: Children = {f"{W}tc": Element(self._cell, self._cell_ends, _KEPT, blocks)}
        cells[f"{W}trPr"] = Element(
            children={
                f"{W}ins": Element(self._revised),
                f"{W}del": Element(self._row_deleted),
                f"{W}gridBefore": Element(self._indented),
            }
        )
        _add_wrappers(cells, ("customXml",))
        rows: Children = {f"{W}tr": Element(self._row, children=cells)}
        rows[f"{W}tblGrid"] = Element(children={f"{W}gridCol": Element(self._grid_column, cost=_KEPT)})
        _add_wrappers(rows, ("customXml",))
        return rows

    def _properties_schema(self) -> Element:
        mark = {f"{W}del": Element(self._end_deleted), f"{W}ins": Element(self._revised)}
        return Element(
            children={
                f"{W}pStyle": Element(self._style),
                f"{W}outlineLvl": Element(self._outline),
                f"{W}rPr": Element(children=mark),
            }
        )

    def _run_schema(self, blocks: Children) -> Children:
        boxes: Children = {f"{W}txbxContent": Element(children=blocks)}
        boxes |= {name: Element(children=boxes) for name in _TO_TEXT_BOXES}
        signs = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
        return {
            **{name: boxes[name] for name in (f"{W}pict", f"{W}drawing", f"{W}object")},
            **{f"{W}{name}": Element(lambda _, sign=sign: self._say(sign)) for name, sign in signs.items()},  # type: ignore[misc]
            f"{W}t": Element(closed=self._say),
            f"{W}rPr": Element(children={f"{W}vanish": Element(self._vanish)}),
        }

    def _paragraph(self, _: Attributes) -> None:
        self._paragraphs.append(_Open())

    def _paragraph_ends(self, _: str) -> None:
        done = self._paragraphs.pop()
        text = self._before + "".join(done.pieces)
        self._before = text if done.runs_on else ""
        if text.strip() and not done.runs_on:
            style = self.styles.get(done.style, Style())
            level = style.level if done.level is None else done.level
            self.blocks[-1].append(Paragraph(text.strip(), style.name, level))

    def _style(self, attributes: Attributes) -> None:
        self._paragraphs[-1].style = attributes.get(VAL, "")

    def _outline(self, attributes: Attributes) -> None:
        self._paragraphs[-1].level = level_of(attributes)

    def _end_deleted(self, _: Attributes) -> None:
        self.revisions += 1
        self._paragraphs[-1].runs_on = True

    def _run(self, _: Attributes) -> None:
        self._hidden = False

    def _vanish(self, attributes: Attributes) -> None:
        self._hidden = attributes.get(VAL, "").casefold() not in _OFF

    def _say(self, text: str) -> None:
        if not self._hidden:
            self._paragraphs[-1].pieces.append(text)

    def _revised(self, _: Attributes) -> None:
        self.revisions += 1

    def _table(self, _: Attributes) -> None:
        self._tables.append(_Table())

    def _table_ends(self, _: str) -> None:
        table = self._tables.pop()
        rows = tuple(tuple(row.cells) for row in table.rows if not row.deleted)
        self.blocks[-1].append(DocumentTable(rows, tuple(table.widths[:_MOST_COLUMNS])))

    def _grid_column(self, attributes: Attributes) -> None:
        self._tables[-1].widths.append(_count(attributes.get(f"{W}w"), 0, _WIDEST))

    def _row(self, _: Attributes) -> None:
        self._tables[-1].rows.append(_Row())

    def _row_deleted(self, _: Attributes) -> None:
        self.revisions += 1
        self._tables[-1].rows[-1].deleted = True

    def _indented(self, attributes: Attributes) -> None:
        self._tables[-1].rows[-1].next_column += _count(attributes.get(VAL), 0, _MOST_COLUMNS)

    def _cell(self, _: Attributes) -> None:
        self._tables[-1].rows[-1].open_cells.append(_CellProperties())
        self.blocks.append([])

    def _merged(self, attributes: Attributes) -> None:
        self._tables[-1].rows[-1].open_cells[-1].continued = attributes.get(VAL, "continue") == "continue"

    def _spans(self, attributes: Attributes) -> None:
        self._tables[-1].rows[-1].open_cells[-1].columns = _count(attributes.get(VAL), 1, _MOST_COLUMNS)

    def _cell_ends(self, _: str) -> None:
        row = self._tables[-1].rows[-1]
        properties = row.open_cells.pop()
        text = "\n".join(_texts(self.blocks.pop()))
        row.cells.append(DocumentCell(text, properties.continued, row.next_column, properties.columns))
        row.next_column += properties.columns


def _count(text: str | None, least: int, most: int) -> int:
    """A whole number in an attribute, within bounds; the least one where it is none."""
    number = int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else least
    return min(max(number, least), most)


def _texts(blocks: list[Block]) -> list[str]:
    """The lines of a cell; a table inside it counts as its cells' texts."""
    lines: list[str] = []
    for block in blocks:
        inside = [block.text] if isinstance(block, Paragraph) else [cell.text for row in block.rows for cell in row]
        lines += [line for text in inside for line in text.split("\n") if line.strip()]
    return lines


def _add_wrappers(children: Children, names: tuple[str, ...]) -> None:
    """Elements that only stand around others: what is inside them is read as if they were not there."""
    children |= {f"{W}{name}": Element(children=children) for name in names}
    children[f"{W}sdt"] = Element(children={f"{W}sdtContent": Element(children=children)})
