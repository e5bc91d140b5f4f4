"""The tables of the edited report against those of the one that is made today, row by row and cell by cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from xlsxeval.layout.layout import PlacedCell
from xlsxeval.model import Address, Place
from xlsxeval.proofreading.alignment import Pair, aligned
from xlsxeval.proofreading.document import DocumentCell, DocumentTable
from xlsxeval.proofreading.parts import DocumentPart
from xlsxeval.proofreading.plain_text import number, plain, same
from xlsxeval.proofreading.sources import Sketch, sources

_ALIKE = 0.5
_SAME_LABEL = 0.4


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A row of one of a part's tables; ``table`` and ``number`` count from 0."""

    table: int
    number: int
    cells: tuple[DocumentCell, ...]
    sources: Mapping[int, PlacedCell]

    @property
    def label(self) -> str:
        """The first words of the row, by which a person finds it."""
        texts = [cell.text for cell in self.cells if cell.text.strip() and number(cell.text) is None]
        return " ".join((texts or [cell.text for cell in self.cells if cell.text.strip()] or [""])[0].split())[:30]

    @property
    def is_blank(self) -> bool:
        return not any(cell.text.strip() for cell in self.cells)


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell that says something else. ``source`` is the workbook's cell, where it is known."""

    place: Place
    row: str
    old: str
    new: str
    source: PlacedCell | None


@dataclass(frozen=True, slots=True)
class TableChanges:
    """What an edit did to the tables of one part."""

    part: str
    cells: tuple[CellChange, ...]
    missing: tuple[DocumentRow, ...]
    added: tuple[tuple[Place, DocumentRow], ...]


def compare_tables(old: DocumentPart, new: DocumentPart, sketches: Sequence[Sketch]) -> TableChanges:
    """Every cell whose value or words differ, and the rows that were deleted or added."""
    before, after = _rows(old, sketches), _rows(new, ())
    shown = _shown(before)
    cells: list[CellChange] = []
    missing: list[DocumentRow] = []
    added: list[tuple[Place, DocumentRow]] = []
    for was, became in _by_turns(before, after, aligned(before, after, _key, _likeness)):
        one = None if was is None else before[was]
        other = None if became is None else after[became]
        if one is not None and other is not None:
            cells += _changed(one, other, new, shown)
        elif one is not None and not one.is_blank:
            missing.append(one)
        elif other is not None and not other.is_blank:
            added.append((new.place(other.table, other.number, 0), other))
    return TableChanges(new.name, tuple(cells), tuple(missing), tuple(added))


def _rows(part: DocumentPart, sketches: Sequence[Sketch]) -> list[DocumentRow]:
    rows: list[DocumentRow] = []
    for table, content in enumerate(part.tables):
        known = sources(content, sketches)
        again = _headings_again(content, [row.cells for row in rows])
        for index, cells in enumerate(content.rows[again:], start=again):
            own = {column: source for (row, column), source in known.items() if row == index}
            rows.append(DocumentRow(table, index, cells, own))
    return rows


def _headings_again(table: DocumentTable, above: Sequence[tuple[DocumentCell, ...]]) -> int:
    """How many first rows of a table stand in an earlier one: headings on each page of a form that was cut."""
    told = {_words(cells) for cells in above}
    return next((index for index, cells in enumerate(table.rows) if _words(cells) not in told), 0)


def _shown(rows: Sequence[DocumentRow]) -> Mapping[Address, str]:
    """What each cell of the workbook says where it stands first: a class label stands again on the next page."""
    shown: dict[Address, str] = {}
    for row in rows:
        for index, source in row.sources.items():
            if row.cells[index].text.strip():
                shown.setdefault(source.address, row.cells[index].text)
    return shown


def _words(cells: Sequence[DocumentCell]) -> tuple[str, ...]:
    return tuple(plain(cell.text) for cell in cells)


def _key(row: DocumentRow) -> tuple[str, ...]:
    return _words(row.cells)


def _likeness(old: DocumentRow, new: DocumentRow) -> float:
    """The share of cells that say the same; more where the row's label is the same."""
    pairs = list(zip(old.cells, new.cells, strict=False))
    told = [(one.text, other.text) for one, other in pairs if one.text.strip() or other.text.strip()]
    if not told:
        return 0.0
    most = max(len(told), len(old.cells), len(new.cells)) if len(old.cells) != len(new.cells) else len(told)
    alike = sum(same(one, other) for one, other in told) / most
    if plain(old.label) == plain(new.label):
        alike += _SAME_LABEL
    return alike if alike >= _ALIKE else 0.0


def _by_turns(before: Sequence[DocumentRow], after: Sequence[DocumentRow], pairs: Sequence[Pair]) -> Iterator[Pair]:
    """A row deleted and one of as many cells added at the same spot are one row, all of whose cells changed."""
    waiting: list[int] = []
    for was, became in pairs:
        if was is not None and became is None:
            waiting.append(was)
        elif was is None and became is not None and waiting and _fits(before[waiting[0]], after[became]):
            yield waiting.pop(0), became
        else:
            if was is not None:
                yield from ((one, None) for one in waiting)
                waiting = []
            yield was, became
    yield from ((one, None) for one in waiting)


def _fits(old: DocumentRow, new: DocumentRow) -> bool:
    """Whether two rows may be one: equally many cells, and where the form has labels, the same."""
    labels = [index for index, source in old.sources.items() if source.slot is None]
    return len(old.cells) == len(new.cells) and any(
        plain(old.cells[index].text) and same(old.cells[index].text, new.cells[index].text) for index in labels
    )


def _changed(
    old: DocumentRow, new: DocumentRow, part: DocumentPart, shown: Mapping[Address, str]
) -> Iterator[CellChange]:
    for was, became in _cells(old, new):
        before, after, source = old.cells[was], new.cells[became], old.sources.get(was)
        if same(before.text, after.text) or (source is not None and _goes_on(before, after, shown.get(source.address))):
            continue
        yield CellChange(part.place(new.table, new.number, became), old.label, before.text, after.text, source)


def _goes_on(before: DocumentCell, after: DocumentCell, label: str | None) -> bool:
    """Whether one of two cells only goes on with the merged cell above, and the other says that cell's words again."""
    silent, told = (before, after) if before.continued else (after, before)
    return silent.continued and not silent.text.strip() and label is not None and same(label, told.text)


def _cells(old: DocumentRow, new: DocumentRow) -> Iterator[tuple[int, int]]:
    """Which cell is which: by their order, and where cells were joined or divided by what stands in them."""
    if len(old.cells) == len(new.cells):
        yield from zip(range(len(old.cells)), range(len(new.cells)), strict=True)
        return
    matcher = SequenceMatcher(None, _key(old), _key(new), autojunk=False)
    for _, first, last, start, end in matcher.get_opcodes():
        yield from zip(range(first, last), range(start, end), strict=False)
