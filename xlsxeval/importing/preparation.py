"""A blank form made ready: keys that share one cell get cells of their own, years become those of the campaign."""

from __future__ import annotations

import re
from dataclasses import replace

from xlsxeval.importing.blank import BlankArea, BlankSheet, Spot
from xlsxeval.importing.texts import DATE, MARK, money_units, names_unit

_KEYS = re.compile(r"([^\s：:，。；]{2,20}(?:[（(][^）)]{1,12}[）)])?)\s{0,4}[：:][\s_]{0,200}")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}(?=\s{0,3}年)")
_OPEN_YEAR = re.compile(
    r"[（(][\s\u3000_×xX*＊]{0,20}(年度?)[)）]|^[\s\u3000_]{1,20}(年度)|(?:20)?[×✕xX＊*_]{2,4}(年度?)"
)
_WIDTH_OF_SIGN = 2.1


def prepared(blank: BlankSheet) -> BlankSheet:
    """The form with a cell for each key of a line such as 填报人：　　联系电话：."""
    owner: dict[Spot, BlankArea] = {}
    for area in dict.fromkeys(blank.owner.values()):
        for part in _parts(blank, area):
            for row in range(part.row, part.last_row + 1):
                owner |= {(row, column): part for column in range(part.column, part.last_column + 1)}
    return replace(blank, owner=owner)


def inline_keys(text: str) -> list[str]:
    """The keys of a line that has nothing but keys with room behind them; the last may have none."""
    text = DATE.sub("  ", text)
    found = [] if MARK.match(text.strip()) else _KEYS.findall(text)
    return found if found and not _KEYS.sub("", text).strip() and not names_unit(text) else []


def money_unit(blank: BlankSheet) -> str:
    """``万元``, ``元``, ``亿元`` or ``千元`` as the form prints it, nothing where it prints none or two of them."""
    texts = [area.text for area in dict.fromkeys(blank.owner.values()) if area.text]
    said = {unit for text in texts for unit in money_units(text)}
    return said.pop() if len(said) == 1 else ""


def latest_year(blank: BlankSheet) -> int | None:
    """The latest year that the form names; the campaign's year takes its place."""
    years = [int(year) for area in dict.fromkeys(blank.owner.values()) for year in _YEAR.findall(area.text)]
    return max(years) if years else None


def with_years(text: str, latest: int | None) -> str:
    """A printed text with signs (``year_sign``) in the place of the campaign's year and of years before it."""
    filled = _OPEN_YEAR.sub(_opened, text)
    if latest is None:
        return filled

    def named(match: re.Match[str]) -> str:
        before = latest - int(match[0])
        return year_sign(before)

    return _YEAR.sub(named, filled)


def year_sign(before: int) -> str:
    """What stands in a draft's text for a year; no printed text holds it."""
    return f"\ue000{before}\ue001"


def _opened(match: re.Match[str]) -> str:
    """A blank for the year with the sign of the year in it; brackets around it stay."""
    said = f"{year_sign(0)}{match[1] or match[2] or match[3]}"
    return f"（{said}）" if match[1] else said


def _parts(blank: BlankSheet, area: BlankArea) -> list[BlankArea]:
    """The area, or a label and an empty area for each of its keys where it is wide enough."""
    keys = inline_keys(area.text)
    if not keys or area.columns < 2 * len(keys) or (len(keys) == 1 and not blank.full_width(area)):
        return [area]
    parts: list[BlankArea] = []
    share, more = divmod(area.columns, len(keys))
    column = area.column
    for number, key in enumerate(keys):
        columns = share + (number < more)
        needed = len(key) * _WIDTH_OF_SIGN
        label = 1
        while label < columns - 1 and sum(_widths(blank, column, label)) < needed:
            label += 1
        parts.append(replace(area, column=column, columns=label, text=f"{key}："))
        parts.append(BlankArea(area.row, column + label, area.rows, columns - label))
        column += columns
    return parts


def _widths(blank: BlankSheet, column: int, count: int) -> tuple[float, ...]:
    start = column - blank.first_column
    return blank.widths[start : start + count]
