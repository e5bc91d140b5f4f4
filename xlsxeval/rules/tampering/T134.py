from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from xlsxeval.intake.cells import RawCell, RawDifferential, RawStyle
from xlsxeval.intake.submission import Submission
from xlsxeval.model import Severity
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import form_rule
from xlsxeval.rules.visibility import Looks, blends_in, format_colour, holds_something


@form_rule("T134", "invisible-text", severity=Severity.WARNING, basis="表样的内容都应看得见 [理]")
def check(submission: Submission) -> Iterator[Hit]:
    """字的颜色和底色差不多，看不见。

    为什么：这一格有内容，屏幕上和打印出来却看不到；只有几个字看不见的，读出来的和看上去的不是一个数。
    怎么改：把字的颜色改回黑色，删去自己加的条件格式；不需要的内容请删去。
    """
    plain = [blends_in(style.font_color, style.fill_color) for style in submission.raw.styles]
    for view in submission.views.values():
        looks = Looks(view)
        for cell, place in view.placed:
            raw = view.raw.cells.get(place)
            if raw is None or not holds_something(raw):
                continue
            style = submission.raw.styles[raw.style]
            message = _unseen(raw, style, plain=plain[raw.style])
            if message is None and looks.hidden_by(cell, place, partial(_hides, style)):
                message = "条件格式会把字变成和底色差不多的颜色，看不见"
            if message is not None:
                yield Hit(
                    message,
                    view.place(cell.address),
                    field=cell.slot.path if cell.slot else None,
                    label=cell.slot.label if cell.slot else None,
                    shown=raw.text,
                )


def _unseen(raw: RawCell, style: RawStyle, *, plain: bool) -> str | None:
    """Why a cell, or a part of it, cannot be seen as it is formatted by itself."""
    colour = format_colour(style.number_format, raw.value)
    if blends_in(colour, style.fill_color) if colour else plain:
        return "字的颜色和底色差不多，看不见"
    hidden = [
        run.text
        for run in raw.runs or ()
        if run.text.strip() and blends_in(run.color or style.font_color, style.fill_color)
    ]
    if hidden and raw.runs is not None:
        left = "".join(run.text for run in raw.runs if run.text not in hidden)
        return f"其中“{'”“'.join(hidden)}”的颜色和底色差不多，看上去是“{left.strip()[:40]}”"
    return None


def _hides(style: RawStyle, look: RawDifferential) -> bool:
    """Whether a conditional format makes the text blend in."""
    if look.font_color is None and look.fill_color is None:
        return False
    return blends_in(look.font_color or style.font_color, look.fill_color or style.fill_color)
