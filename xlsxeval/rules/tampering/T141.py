from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Submission
from xlsxeval.model import Severity
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import form_rule
from xlsxeval.rules.visibility import SMALLEST, Room, rooms


@form_rule("T141", "text-too-small", severity=Severity.WARNING, basis="表样的内容都应看得清 [理]")
def check(submission: Submission) -> Iterator[Hit]:
    """字小得看不见，或者排到了格子外面。

    为什么：一两磅的字、缩进到格子外面的字、按“填充”重复显示的数，打印出来都不是填的内容。
    换别的字体、稍小的字号不算。
    怎么改：把字号改回 9 磅以上，缩进改成 0，水平对齐改成居中或靠左。
    """
    for view in submission.views.values():
        for room in rooms(submission)[view.layout.name]:
            message = _trouble(room)
            if message is not None:
                slot = room.cell.slot
                yield Hit(
                    message,
                    view.place(room.cell.address),
                    field=slot.path if slot else None,
                    label=slot.label if slot else None,
                    shown=room.raw.text,
                )


def _trouble(room: Room) -> str | None:
    """Why the text of a cell cannot be read, or looks like another one."""
    style = room.style
    small = [
        run.text for run in room.raw.runs or () if run.size is not None and run.size < SMALLEST and run.text.strip()
    ]
    if room.size < SMALLEST:
        return f"字号只有 {room.size:g} 磅，看不见"
    if small:
        return f"其中“{'”“'.join(small)}”的字号不到 {SMALLEST:g} 磅，看不见"
    if room.width and room.indent >= room.width:
        return f"缩进 {style.indent} 格，字排到了格子外面"
    if style.horizontal == "fill" and 2 * room.text_width <= room.width:
        return "水平对齐是“填充”，内容重复显示，看上去是另一个数"
    if style.shrinks and not style.wraps and room.width and room.size * room.width / room.text_width < SMALLEST:
        return "“缩小字体填充”把字缩得看不见"
    return None
