"""Digits put into the placeholders of a number format: ``#,##0.00``, ``0.00E+00``, ``# ?/?``, ``000-0000``."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from typing import Final

from xlsxeval.calc.number_format import FormatItem

_CONTEXT: Final = Context(prec=400)


def render_number(value: Decimal, items: Sequence[FormatItem]) -> str:
    """A number that is not negative, shown by the items of a section; halves are rounded up."""
    kinds = [item.kind for item in items]
    if "exponent" in kinds:
        return _scientific(value, items, kinds.index("exponent"))
    value *= Decimal(100) ** kinds.count("percent")
    if "slash" in kinds and _is_fraction(items, kinds.index("slash")):
        return _fraction(value, items, kinds.index("slash"))
    if "digit" not in kinds:
        return "".join(item.text for item in items if item.kind != "comma")
    return _decimal(value, items)


def _decimal(value: Decimal, items: Sequence[FormatItem]) -> str:
    kinds = [item.kind for item in items]
    point = kinds.index("point") if "point" in kinds else len(items)
    whole, rest = list(items[:point]), list(items[point:])
    last = max((place for place, kind in enumerate(kinds) if kind == "digit"), default=len(kinds) - 1)
    thousands = sum(kind == "comma" for kind in kinds[last + 1 :])
    if point < len(items) and point > 0:
        thousands += _trailing_commas(whole) if last > point else 0
    value = value.scaleb(-3 * thousands)
    places = sum(item.kind == "digit" for item in rest)
    shown = f"{value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _CONTEXT):f}"
    digits, _, decimals = shown.partition(".")
    return _fill_whole(digits.lstrip("0"), whole, grouped=_is_grouped(whole)) + _fill_rest(decimals, rest)


def _trailing_commas(whole: Sequence[FormatItem]) -> int:
    """Commas between the last placeholder and the decimal point: each stands for a thousand."""
    count = 0
    for item in reversed(whole):
        if item.kind != "comma":
            break
        count += 1
    return count


def _is_grouped(whole: Sequence[FormatItem]) -> bool:
    """Whether a comma stands between two placeholders."""
    seen = [item.kind for item in whole if item.kind in ("digit", "comma")]
    return any(
        kind == "comma" and "digit" in seen[:place] and "digit" in seen[place:] for place, kind in enumerate(seen)
    )


def _fill_whole(digits: str, items: Sequence[FormatItem], *, grouped: bool) -> str:
    """The whole part from its right end; the first placeholder takes all digits that are left."""
    pieces: list[str] = []
    left = list(digits)
    count = 0
    first = next((place for place, item in enumerate(items) if item.kind == "digit"), -1)

    def put(digit: str) -> None:
        nonlocal count
        if grouped and count and count % 3 == 0:
            pieces.append(" " if digit == " " else ",")
        pieces.append(digit)
        count += 1

    for place in range(len(items) - 1, -1, -1):
        item = items[place]
        if item.kind != "digit":
            if item.kind != "comma" or place < first:
                pieces.append(item.text)
            continue
        if left:
            put(left.pop())
        elif item.text == "0":
            put("0")
        elif item.text == "?":
            put(" ")
        while place == first and left:
            put(left.pop())
    if first < 0:
        pieces.append(digits)
    return "".join(reversed(pieces))


def _fill_rest(decimals: str, items: Sequence[FormatItem]) -> str:
    """The decimal point and what follows; zeros at the end show only for ``0``."""
    pieces: list[str] = []
    place = 0
    for item in items:
        if item.kind == "digit":
            nothing_left = not decimals[place:].strip("0")
            blank = {"#": "", "?": " "}.get(item.text, "0")
            pieces.append(blank if nothing_left else decimals[place])
            place += 1
        elif item.kind != "comma":
            pieces.append(item.text)
    return "".join(pieces)


def _scientific(value: Decimal, items: Sequence[FormatItem], place: int) -> str:
    """``0.00E+00``; with several digits before the point the exponent is a multiple of their number."""
    mantissa, exponent = items[:place], items[place + 1 :]
    kinds = [item.kind for item in mantissa]
    point = kinds.index("point") if "point" in kinds else len(kinds)
    step = max(1, kinds[:point].count("digit"))
    places = kinds[point:].count("digit")
    if "comma" in kinds[:point]:
        step = max(step, kinds[:point].count("digit"))
    power = 0
    if value:
        power = value.adjusted() // step * step
        rounded = value.scaleb(-power).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _CONTEXT)
        if rounded.adjusted() >= step:
            power += step
    if not value:  # zeros all over the whole part
        mantissa = [
            FormatItem("digit", "0") if item.kind == "digit" and place < point else item
            for place, item in enumerate(mantissa)
        ]
    text = _decimal(value.scaleb(-power), _unscaled(mantissa))
    sign = "-" if power < 0 else "+" if items[place].text.endswith("+") else ""
    first = next(place for place, item in enumerate(exponent) if item.kind == "digit")
    before = "".join(item.text for item in exponent[:first])
    shown = _fill_whole(str(abs(power)), _unscaled(exponent[first:]), grouped=False)
    return f"{text}{items[place].text[0]}{before}{sign}{shown}"


def _unscaled(items: Sequence[FormatItem]) -> list[FormatItem]:
    """Without the commas at the end, which divide by a thousand in other formats only."""
    last = max((place for place, item in enumerate(items) if item.kind == "digit"), default=-1)
    return [item for place, item in enumerate(items) if item.kind != "comma" or place < last]


def _is_fraction(items: Sequence[FormatItem], slash: int) -> bool:
    """Whether a slash stands between placeholders (or before a fixed denominator)."""
    kinds = [item.kind for item in items]
    return "digit" in kinds[:slash] and any(item.kind == "digit" or item.text.isdigit() for item in items[slash + 1 :])


def _fraction(value: Decimal, items: Sequence[FormatItem], slash: int) -> str:
    """``# ?/?`` and ``# ??/100``: the nearest fraction with a denominator of so many digits.

    Placeholders before those of the numerator, with something between, are a whole part. Where nothing is left for the
    fraction it is blank if it holds a ``?``, and gone if it holds none; a ``0`` in the numerator shows it all the same.
    """
    end = slash
    while items[end - 1].kind != "digit":
        end -= 1
    start = end
    while start and items[start - 1].kind == "digit":
        start -= 1
    below = slash + 1
    while not (items[below].kind == "digit" or items[below].text.isdigit()):
        below += 1
    last = below
    while last < len(items) and (items[last].kind == "digit" or items[last].text.isdigit()):
        last += 1
    apart = start
    while apart and items[apart - 1].kind != "digit":
        apart -= 1
    whole_items, between, above = items[:apart], items[apart:start], items[start:end]
    middle, under = "".join(item.text for item in items[end:below]), items[below:last]
    rest = "".join(item.text for item in items[last:])
    if not apart:
        whole_items, between = items[:start], []
    width = sum(len(item.text) for item in under)
    fixed = "".join(item.text for item in under)
    whole = int(value) if apart else 0
    part = Fraction(value) - whole
    if fixed.strip("0#?"):
        denominator = int(fixed.translate({ord(sign): "0" for sign in "#?"}))
        numerator = int(part * denominator + Fraction(1, 2)) if denominator else 0
    else:
        nearest = part.limit_denominator(10**width - 1)
        numerator, denominator = nearest.numerator, nearest.denominator
    if apart and numerator == denominator:
        whole, numerator, denominator = whole + 1, 0, 1
    padded = any(item.text == "?" for item in (*above, *under))
    separator = "".join(item.text for item in between)
    gone = apart and numerator == 0 and not any(item.text == "0" for item in above)
    digits = str(whole) if whole or (gone and not any(item.text == "0" for item in whole_items)) else ""
    if not digits and numerator == 0 and any(item.text == "?" for item in whole_items):
        digits = "0"
    text = _fill_whole(digits, whole_items, grouped=_is_grouped(whole_items))
    if gone:
        blank = len(separator) + len(above) + len(middle) + width
        return text + (" " * blank if padded else "") + rest
    if apart and not digits and not any(item.text == "0" for item in whole_items):
        blank_too = any(item.text == "?" for item in (*whole_items, *above))
        separator = " " * len(separator) if blank_too else ""
    shown = _fill_whole(str(numerator) if numerator else "", above, grouped=False)
    if numerator == 0 and "0" not in shown:
        shown = shown[:-1] + "0" if shown else "0"
    return text + separator + shown + middle + _denominator(denominator, under) + rest


def _denominator(number: int, items: Sequence[FormatItem]) -> str:
    """The digits below the slash: filled up with blanks on the right for ``?``, with zeros on the left for ``0``."""
    text = "".join(item.text for item in items)
    if "0" in text and not text.strip("0#?"):
        return str(number).zfill(text.count("0"))
    return str(number).ljust(len(text) if "?" in text else 0)
