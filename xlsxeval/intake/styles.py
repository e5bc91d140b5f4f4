"""Cell formats: locking, number format, colours. Broken style tables are repaired in memory and reported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from xlsxeval.fault_codes import FaultCode
from xlsxeval.intake.cells import RawDifferential, RawStyle
from xlsxeval.intake.colors import BLACK, WHITE, Palette, mixed
from xlsxeval.intake.differentials import WrittenDifferential, watch_differentials
from xlsxeval.intake.fault_log import FaultLog
from xlsxeval.intake.literals import number
from xlsxeval.intake.number_formats import BUILTIN
from xlsxeval.intake.package import Package
from xlsxeval.intake.rejected import refusal
from xlsxeval.intake.schema import Attributes, Branches, Schema

_Item = TypeVar("_Item")
GENERAL = "General"
_FALSE = frozenset({"0", "false"})


def flag(attributes: Attributes, name: str, default: bool = False) -> bool:
    """A boolean attribute of XML Schema; anything but ``0`` and ``false`` is true."""
    value = attributes.get(name)
    return default if value is None else value.strip() not in _FALSE


@dataclass(slots=True)
class _Format:
    """One ``xf`` of cellXfs as written: everything but protection by number."""

    number_format: str
    font: str
    fill: str
    locked: bool = True
    hidden: bool = False
    alignment: Attributes = field(default_factory=dict)


@dataclass(slots=True)
class _Fill:
    """One fill as written: pattern, foreground, background, and the stops of a gradient."""

    pattern: str = "none"
    foreground: Attributes | None = None
    background: Attributes | None = None
    stops: list[Attributes] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class StyleTable:
    """The cell formats in the order of their index, at least one, and what conditional formats and texts refer to."""

    cells: tuple[RawStyle, ...]
    differentials: tuple[RawDifferential, ...]
    palette: Palette


_COVERED = {"solid": 1.0, "darkGray": 0.75, "mediumGray": 0.5, "lightGray": 0.25, "gray125": 0.125, "gray0625": 0.0625}
_DARK, _LIGHT = 0.5, 0.25
"""The share of the ground that other patterns cover, stripes and trellises."""


class _StyleReader:
    def __init__(self, branches: Branches) -> None:
        self.schema = Schema(branches)
        self.numbers: dict[str, str] = {}
        self.fonts: list[Attributes | None] = []
        self.sizes: list[float | None] = []
        self.fills: list[_Fill] = []
        self.indexed: list[str] = []
        self.formats: list[_Format] = []
        self.differentials: list[WrittenDifferential] = []
        self.empty_fills = 0
        self._filled = False
        on = self.schema.on
        for table in ("numFmts", "fonts", "fills", "cellXfs", "dxfs"):
            on(f"styleSheet/{table}", once=True)
        on("styleSheet/numFmts/numFmt", self._number)
        on("styleSheet/fonts/font", self._font)
        on("styleSheet/fonts/font/color", self._font_color)
        on("styleSheet/fonts/font/sz", self._font_size)
        on("styleSheet/fills/fill", self._fill, self._fill_end)
        on("styleSheet/fills/fill/patternFill", self._pattern)
        on("styleSheet/fills/fill/gradientFill", self._pattern)
        on("styleSheet/fills/fill/patternFill/fgColor", self._foreground)
        on("styleSheet/fills/fill/patternFill/bgColor", self._background)
        on("styleSheet/fills/fill/gradientFill/stop/color", self._stop)
        on("styleSheet/cellXfs/xf", self._format)
        on("styleSheet/cellXfs/xf/protection", self._protection)
        on("styleSheet/cellXfs/xf/alignment", self._alignment)
        watch_differentials(self.schema, "styleSheet/dxfs/dxf", self.differentials.append)
        on("styleSheet/colors/indexedColors/rgbColor", lambda color: self.indexed.append(color.get("rgb", "")))

    def _number(self, attributes: Attributes) -> None:
        index, code = attributes.get("numFmtId", ""), attributes.get("formatCode", GENERAL)
        if self.numbers.setdefault(index, code) != code:
            raise refusal(
                FaultCode.WRITTEN_TWICE, f"两个数字格式都叫 {index[:20]!r}：{self.numbers[index][:40]!r}、{code[:40]!r}"
            )

    def _font(self, _: Attributes) -> None:
        self.fonts.append(None)
        self.sizes.append(None)

    def _font_color(self, color: Attributes) -> None:
        self.fonts[-1] = dict(color)

    def _font_size(self, size: Attributes) -> None:
        self.sizes[-1] = number(size.get("val", ""))

    def _fill(self, _: Attributes) -> None:
        self.fills.append(_Fill())
        self._filled = False

    def _fill_end(self, _: str) -> None:
        self.empty_fills += not self._filled

    def _pattern(self, attributes: Attributes) -> None:
        self._filled = True
        self.fills[-1].pattern = attributes.get("patternType", "none")

    def _foreground(self, color: Attributes) -> None:
        self.fills[-1].foreground = dict(color)

    def _background(self, color: Attributes) -> None:
        self.fills[-1].background = dict(color)

    def _stop(self, color: Attributes) -> None:
        self.fills[-1].stops.append(dict(color))

    def _format(self, attributes: Attributes) -> None:
        get = attributes.get
        self.formats.append(_Format(get("numFmtId", "0"), get("fontId", "0"), get("fillId", "0")))

    def _protection(self, attributes: Attributes) -> None:
        self.formats[-1].locked = flag(attributes, "locked", default=True)
        self.formats[-1].hidden = flag(attributes, "hidden")

    def _alignment(self, attributes: Attributes) -> None:
        self.formats[-1].alignment = dict(attributes)


def read_styles(package: Package, name: str | None, theme: Sequence[str], log: FaultLog) -> StyleTable:
    """The formats of a workbook. ``name`` is the part, None if there is none.

    New programs write fonts and number formats in branches for older ones; which of them is read matters where a cell has
    a format that differs between them.
    """
    if name is None or name not in package:
        log.add(FaultCode.REPAIRED_STYLES, "工作簿没有样式部件，按默认样式读取")
        return StyleTable((RawStyle(),), (), Palette(theme, ()))
    table, has_branches = _read(package, name, theme, log, Branches.NEWEST)
    if not has_branches:
        return table
    others = _read(package, name, theme, FaultLog(package.limits), Branches.FALLBACK)[0].cells
    cells = tuple(
        replace(style, disputed=not index < len(others) or style != others[index])
        for index, style in enumerate(table.cells)
    )
    return replace(table, cells=cells)


def _read(
    package: Package, name: str, theme: Sequence[str], log: FaultLog, branches: Branches
) -> tuple[StyleTable, bool]:
    """The formats, and whether alternative branches of the part differ in what is read."""
    reader = _StyleReader(branches)
    package.parse(name, reader.schema)
    if reader.empty_fills:
        log.add(FaultCode.REPAIRED_STYLES, f"样式里有 {reader.empty_fills} 个空的填充，按无填充读取")
    unknown: set[str] = set()
    palette = Palette(theme, reader.indexed)

    def number_format(index: str) -> str:
        known = reader.numbers.get(index) or (BUILTIN.get(int(index)) if index.isascii() and index.isdigit() else None)
        if known is None:
            unknown.add(index[:20])
        return known or GENERAL

    styles = tuple(
        RawStyle(
            locked=form.locked,
            hidden=form.hidden,
            number_format=number_format(form.number_format),
            font_color=palette.resolve(_pick(reader.fonts, form.font)),
            fill_color=_ground(_pick(reader.fills, form.fill), palette),
            font_size=_pick(reader.sizes, form.font),
            horizontal=form.alignment.get("horizontal", "general"),
            indent=int(number(form.alignment.get("indent", "")) or 0),
            wraps=flag(form.alignment, "wrapText"),
            shrinks=flag(form.alignment, "shrinkToFit"),
        )
        for form in reader.formats
    )
    if unknown:
        log.add(
            FaultCode.REPAIRED_STYLES,
            f"样式引用了 {len(unknown)} 个不存在的数字格式（{'、'.join(sorted(unknown)[:3])}），按常规格式读取",
        )
    if not styles:
        log.add(FaultCode.REPAIRED_STYLES, "样式部件里没有单元格格式，按默认样式读取")
    differentials = tuple(look.resolved(palette) for look in reader.differentials)
    return StyleTable(styles or (RawStyle(),), differentials, palette), reader.schema.has_branches


def _pick(items: Sequence[_Item], index: str) -> _Item | None:
    position = int(index) if index.isascii() and index.isdigit() and len(index) < 8 else -1
    return items[position] if 0 <= position < len(items) else None


def _ground(fill: _Fill | None, palette: Palette) -> str | None:
    """The colour of a fill as the eye mixes it; None for no fill."""
    if fill is None:
        return None
    if fill.stops:
        return mixed([palette.resolve(stop) or WHITE for stop in fill.stops])
    if fill.pattern == "none":
        return None
    ink = palette.resolve(fill.foreground)
    if fill.pattern == "solid":
        return ink
    share = _COVERED.get(fill.pattern, _DARK if fill.pattern.startswith("dark") else _LIGHT)
    return mixed([ink or BLACK, palette.resolve(fill.background) or WHITE], [share, 1 - share])
