from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.comparison import Change
from xlsxeval.intake.dangers import dangers, outside_link
from xlsxeval.intake.entries import Note
from xlsxeval.intake.submission import Submission
from xlsxeval.model import Address, split_a1
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import form_rule

_TOLD = (Change.FORMULA_CHANGED, Change.TEXT)


@form_rule("T150", "dangerous-formula", basis="表样以外的公式不运行，也不应有 [理]")
def check(submission: Submission) -> Iterator[Hit]:
    """公式或链接会启动程序、连接网络，或者每次打开都不同。

    为什么：别人一打开文件它就可能起作用；随时间和随机数变化的数也无法核对。本程序只看它的文字，从不运行。
    怎么改：删去这一格的公式或链接，需要的数直接填写。
    """
    told = {change.address for change in submission.differences if change.change in _TOLD}
    told |= {submission.place(at) for at, entry in submission.entries.items() if entry.note is Note.FORMULA}
    told |= _intact(submission)
    for sheet in submission.raw.sheets:
        for (row, column), cell in sheet.cells.items():
            if cell.formula is None or (address := Address(sheet.name, row, column)) in told:
                continue
            if found := dangers(cell.formula):
                yield Hit(f"公式会{'、'.join(found)}", address, shown=f"={cell.formula[:200]}")
        for area, target in sheet.hyperlinks:
            if outside_link(target):
                yield Hit("链接会打开别的文件或程序", _first(sheet.name, area), sheet.name, shown=target[:200])


def _intact(submission: Submission) -> set[Address]:
    """The form's own formulas that nobody changed: what they call, the edition wants."""
    return {submission.place(at) for at, cell in submission.layout.cells.items() if cell.formula is not None}


def _first(sheet: str, area: str) -> Address | None:
    try:
        return Address(sheet, *split_a1(area.partition(":")[0]))
    except ValueError:
        return None
