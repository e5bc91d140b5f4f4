"""Colours as a person sees them: theme, palette and tint resolved to ``RRGGBB``."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Callable, Sequence

from xlsxeval.intake.literals import number
from xlsxeval.intake.package import Package
from xlsxeval.intake.schema import Attributes, Schema


def _list(colors: str) -> list[str]:
    return colors.split()


WHITE, BLACK = "FFFFFF", "000000"
_SLOTS = ("lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6", "hlink")
_RGB = re.compile(r"(?:[0-9A-Fa-f]{2})?([0-9A-Fa-f]{6})", re.ASCII)
OFFICE_THEME = _list("FFFFFF 000000 EEECE1 1F497D 4F81BD C0504D 9BBB59 8064A2 4BACC6 F79646 0000FF")
_EIGHT = _list("000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF")
_PALETTE = [*_EIGHT, *_EIGHT]
_PALETTE += _list("800000 008000 000080 808000 800080 008080 C0C0C0 808080 9999FF 993366 FFFFCC CCFFFF")
_PALETTE += _list("660066 FF8080 0066CC CCCCFF 000080 FF00FF FFFF00 00FFFF 800080 800000 008080 0000FF")
_PALETTE += _list("00CCFF CCFFFF CCFFCC FFFF99 99CCFF FF99CC CC99FF FFCC99 3366FF 33CCCC 99CC00 FFCC00")
_PALETTE += _list("FF9900 FF6600 666699 969696 003366 339966 003300 333300 993300 993366 333399 333333")


def read_theme(package: Package, name: str | None) -> Sequence[str]:
    """The colours of the theme by their number; the Office theme if there is no theme part."""
    colors = list(OFFICE_THEME)
    if name is None or name not in package:
        return colors

    def setter(slot: int, attribute: str) -> Callable[[Attributes], None]:
        def opened(attributes: Attributes) -> None:
            colors[slot] = _rgb(attributes.get(attribute, "")) or colors[slot]

        return opened

    schema = Schema()
    for slot, local in enumerate(_SLOTS):
        schema.on(f"a:theme/a:themeElements/a:clrScheme/a:{local}/a:srgbClr", setter(slot, "val"))
        schema.on(f"a:theme/a:themeElements/a:clrScheme/a:{local}/a:sysClr", setter(slot, "lastClr"))
    package.parse(name, schema)
    return colors


class Palette:
    """Resolves the colour elements of one workbook."""

    def __init__(self, theme: Sequence[str], indexed: Sequence[str]) -> None:
        self._theme = theme
        self._indexed = [_rgb(color) or "000000" for color in indexed] or _PALETTE

    def resolve(self, color: Attributes | None) -> str | None:
        """``RRGGBB``, or None for an absent, automatic or unreadable colour."""
        if color is None:
            return None
        plain = _rgb(color["rgb"]) if "rgb" in color else None
        if "theme" in color:
            plain = _at(self._theme, color["theme"])
        elif "indexed" in color:
            plain = _at(self._indexed, color["indexed"])
        tint = number(color.get("tint", "0"))
        return plain if plain is None or not tint else _tinted(plain, max(-1.0, min(1.0, tint)))


def _rgb(text: str) -> str | None:
    match = _RGB.fullmatch(text)
    return match.group(1).upper() if match else None


def _at(colors: Sequence[str], index: str) -> str | None:
    position = number(index)
    if position is None or position not in range(len(colors)):
        return None
    return colors[int(position)]


def _tinted(rgb: str, tint: float) -> str:
    """Lighter towards white for a positive tint, darker towards black for a negative one (18.8.19)."""
    red, green, blue = (int(rgb[i : i + 2], 16) / 255 for i in (0, 2, 4))
    hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    return "".join(f"{round(channel * 255):02X}" for channel in colorsys.hls_to_rgb(hue, light, saturation))


def mixed(colors: Sequence[str], shares: Sequence[float] | None = None) -> str:
    """Several colours (``RRGGBB``) as the eye mixes them, in equal shares if none are given."""
    shares = shares or [1 / len(colors)] * len(colors)
    channels = [[int(color[at : at + 2], 16) for at in (0, 2, 4)] for color in colors]
    sums = (sum(share * one[at] for share, one in zip(shares, channels, strict=True)) for at in range(3))
    return "".join(f"{round(value):02X}" for value in sums)
