from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.boxes import box
from xlsxeval.intake.cells import Box
from xlsxeval.intake.submission import Submission
from xlsxeval.model import Address, Severity
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import form_rule
from xlsxeval.rules.visibility import rooms

_PRINT_AREA = "_xlnm.print_area"


@form_rule("T142", "print-area-cut", severity=Severity.WARNING, basis="表样的内容都应打印出来 [理]")
def check(submission: Submission) -> Iterator[Hit]:
    """打印区域漏掉了表里的内容。

    为什么：打印出来签字的表少了几行或几列，和报送的文件就不是一回事。没有填的空行不打印、不设打印区域的，不算。
    怎么改：在“页面布局—打印区域”里取消打印区域，或者重新设成整张表。
    """
    areas = {
        name.sheet: name.text
        for name in submission.raw.defined_names
        if name.sheet is not None and name.name.casefold() in (_PRINT_AREA, "print_area")
    }
    for view in submission.views.values():
        name = view.raw.name
        printed = _boxes(areas.get(name, ""), name)
        if not printed:
            continue
        left_out = [
            Address(name, room.rows.start, room.columns.start)
            for room in rooms(submission)[view.layout.name]
            if not any(_holds(area, room.rows.start, room.columns.start) for area in printed)
        ]
        if left_out:
            yield Hit(
                f"工作表「{name}」的打印区域漏掉了 {len(left_out)} 格内容，从 {left_out[0].a1} 起", left_out[0], name
            )


def _boxes(text: str, sheet: str) -> list[Box]:
    """The areas of a print area; none where it cannot be read, for then it may be anything."""
    found = []
    for part in text.removeprefix("=").split(","):
        where, _, area = part.rpartition("!")
        read = box(area.replace("$", ""))
        if read is None or where.strip("'").replace("''", "'") != sheet:
            return []
        found.append(read)
    return found


def _holds(area: Box, row: int, column: int) -> bool:
    return area[0] <= row <= area[2] and area[1] <= column <= area[3]
