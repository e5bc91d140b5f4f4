from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.cells import RawCell, RawStyle
from xlsxeval.intake.submission import Submission
from xlsxeval.model import Severity
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import form_rule

_AUTOMATIC, _NO_FILL = "000000", "FFFFFF"


@form_rule("T134", "invisible-text", severity=Severity.WARNING, basis="表样的内容都应看得见 [理]")
def check(submission: Submission) -> Iterator[Hit]:
    """字的颜色和底色一样，看不见。

    为什么：这一格有内容，屏幕上和打印出来却看不到。
    怎么改：把字的颜色改回黑色；不需要的内容请删去。
    """
    invisible = [_invisible(style) for style in submission.raw.styles]
    for view in submission.views.values():
        for cell, place in view.placed:
            raw = view.raw.cells.get(place)
            if raw is None or not invisible[raw.style] or not _shows_something(raw):
                continue
            yield Hit(
                "字的颜色和底色一样，看不见",
                view.place(cell.address),
                field=cell.slot.path if cell.slot else None,
                label=cell.slot.label if cell.slot else None,
                shown=raw.text,
            )


def _shows_something(raw: RawCell) -> bool:
    return raw.value is not None and raw.value != ""


def _invisible(style: RawStyle) -> bool:
    return (style.font_color or _AUTOMATIC) == (style.fill_color or _NO_FILL)
