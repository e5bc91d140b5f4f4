from __future__ import annotations

from collections.abc import Iterable, Iterator

from xlsxeval.intake.alignment import SheetView
from xlsxeval.intake.submission import Submission
from xlsxeval.model import Address, Severity, column_letters
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import form_rule
from xlsxeval.rules.visibility import Room, rooms

_OF_LETTERS = 0.6
"""The share of the letters' height, or of a number's width, below which nothing of them can be read."""
_ONE = 1.0


@form_rule("T130", "rows-or-columns-hidden", severity=Severity.WARNING, basis="表样的行列都应可见 [理]")
def check(submission: Submission) -> Iterator[Hit]:
    """行或列被隐藏，或者小得看不见。

    为什么：隐藏的行列打印不出来，行高、列宽几乎是 0 的也一样，审核人看不到。一行都没有填的空行可以隐藏，不算。
    怎么改：取消隐藏，把行高、列宽调到看得见再报送。
    """
    for view in submission.views.values():
        raw, layout = view.raw, view.layout
        own = set(view.rows.values()) - _unused_rows(submission, view)
        for first, last in raw.hidden_rows:
            if first <= layout.print_rows and any(row in own for row in range(first, last + 1)):
                text = f"第 {first} 行" if first == last else f"第 {first}—{last} 行"
                yield Hit(f"工作表「{raw.name}」的{text}被隐藏", Address(raw.name, first, 1), raw.name)
        for first, last in raw.hidden_columns:
            if first <= layout.print_columns:
                names = [column_letters(column) for column in (first, min(last, layout.print_columns))]
                text = f"{names[0]} 列" if first == last else f"{names[0]}—{names[1]} 列"
                yield Hit(f"工作表「{raw.name}」的 {text}被隐藏", Address(raw.name, 1, first), raw.name)
        yield from _too_small(submission, view)


def _too_small(submission: Submission, view: SheetView) -> Iterator[Hit]:
    """Rows and columns that are not hidden, and yet leave no room for what stands in them."""
    name = view.raw.name
    shown = rooms(submission)[view.layout.name]
    low = [room for room in shown if 0 < room.height < _OF_LETTERS * room.size]
    for first, last in _runs(room.rows.start for room in low):
        text = f"第 {first} 行" if first == last else f"第 {first}—{last} 行"
        yield Hit(f"工作表「{name}」的{text}矮得看不见", Address(name, first, 1), name, aspect="low")
    narrow = [room for room in shown if room not in low and _is_narrow(room)]
    for first, last in _runs(room.columns.start for room in narrow):
        names = [column_letters(column) for column in (first, last)]
        text = f"{names[0]} 列" if first == last else f"{names[0]}—{names[1]} 列"
        yield Hit(f"工作表「{name}」的 {text}窄得看不见里面的数", Address(name, 1, first), name, aspect="narrow")


def _is_narrow(room: Room) -> bool:
    if not room.width:
        return False
    return room.width < _ONE or (
        room.is_number and room.narrowed and not room.style.shrinks and room.width < _OF_LETTERS * room.text_width
    )


def _runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Runs of numbers that follow each other."""
    found: list[tuple[int, int]] = []
    for number in sorted(set(numbers)):
        if found and found[-1][1] + 1 == number:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found


def _unused_rows(submission: Submission, view: SheetView) -> set[int]:
    """The rows of the file that hold free lines in which nothing was typed: to hide them loses nothing."""
    rows = {row for block in view.layout.blocks if not block.given for row in block.rows}
    used = {
        entry.cell.address.row
        for entry in submission.entries.values()
        if entry.cell.address.sheet == view.layout.name and not entry.blank
    }
    return {view.rows[row] for row in rows - used if row in view.rows}
