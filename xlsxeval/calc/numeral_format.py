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
    value *= Decimal(100) ** kinds.count("percent")
    if "exponent" in kinds:
        return _scientific(value, items, kinds.index("exponent"))
    if "slash" in kinds and _is_fraction(items, kinds.index("slash")):
        return _fraction(value, items, kinds.index("slash"))
    if "digit" not in kinds:
        return "".join(item.text for item in items if item.kind != "comma")
    return _decimal(value, items)


def _decimal(value: Decimal, items: Sequence[FormatItem]) -> str:
    kinds = [item.kind for item in items]
    point = kinds.index("point") if "point" in kinds else len(items)
    whole, rest = list(items[:point]), list(items[point:])
    last = max(place for place, kind in enumerate(kinds) if kind == "digit")
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
            pieces.append(",")
        pieces.append(digit)
        count += 1

    for place in range(len(items) - 1, -1, -1):
        item = items[place]
        if item.kind != "digit":
            if item.kind != "comma":
                pieces.append(item.text)
            continue
        if left:
            put(left.pop())
        elif item.text == "0":
            put("0")
        elif item.text == "?":
            pieces.append(" ")
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
    power = 0
    if value:
        power = value.adjusted() // step * step
        rounded = value.scaleb(-power).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _CONTEXT)
        if rounded.adjusted() >= step:
            power += step
    text = _decimal(value.scaleb(-power), mantissa)
    sign = "-" if power < 0 else "+" if items[place].text.endswith("+") else ""
    return f"{text}E{sign}{_fill_whole(str(abs(power)), exponent, grouped=False)}"


def _is_fraction(items: Sequence[FormatItem], slash: int) -> bool:
    """Whether a slash stands between placeholders (or before a fixed denominator)."""
    before = items[slash - 1] if slash else None
    after = items[slash + 1] if slash + 1 < len(items) else None
    return (
        before is not None
        and before.kind == "digit"
        and after is not None
        and (after.kind == "digit" or after.text.isdigit())
    )


def _fraction(value: Decimal, items: Sequence[FormatItem], slash: int) -> str:
    """``# ?/?`` and ``# ??/100``: the nearest fraction with a denominator of so many digits."""
    start = slash
    while start and items[start - 1].kind == "digit":
        start -= 1
    end = slash + 1
    while end < len(items) and (items[end].kind == "digit" or items[end].text.isdigit()):
        end += 1
    below = "".join(item.text for item in items[slash + 1 : end])
    whole_items = items[:start]
    has_whole = any(item.kind == "digit" for item in whole_items)
    whole = int(value) if has_whole else 0
    rest = Fraction(value) - whole
    if below.strip("0#?"):
        denominator = int("".join(character for character in below if character.isdigit()))
        numerator = int(rest * denominator + Fraction(1, 2))
    else:
        nearest = rest.limit_denominator(10 ** len(below) - 1)
        numerator, denominator = nearest.numerator, nearest.denominator
    if has_whole and numerator == denominator:
        whole, numerator = whole + 1, 0
    text = _fill_whole(str(whole) if whole else "", whole_items, grouped=False)
    width = slash - start
    if numerator == 0 and has_whole:
        return (text or "0") + " " * (width + 1 + len(below))
    shown = f"{str(numerator).rjust(width) if items[start].text == '?' else numerator}/"
    return text + shown + str(denominator).ljust(len(below) if "?" in below else 0)
