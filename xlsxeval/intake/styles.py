"""Cell formats: locking, number format, colours. Broken style tables are repaired in memory and reported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from xlsxeval.fault_codes import FaultCode
from xlsxeval.intake.cells import RawStyle
from xlsxeval.intake.colors import Palette
from xlsxeval.intake.fault_log import FaultLog
from xlsxeval.intake.number_formats import BUILTIN
from xlsxeval.intake.package import Package
from xlsxeval.intake.rejected import refusal
from xlsxeval.intake.schema import Attributes, Branches, Schema

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


class _StyleReader:
    def __init__(self, branches: Branches) -> None:
        self.schema = Schema(branches)
        self.numbers: dict[str, str] = {}
        self.fonts: list[Attributes | None] = []
        self.fills: list[Attributes | None] = []
        self.indexed: list[str] = []
        self.formats: list[_Format] = []
        self.empty_fills = 0
        self._solid = self._filled = False
        on = self.schema.on
        for table in ("numFmts", "fonts", "fills", "cellXfs"):
            on(f"styleSheet/{table}", once=True)
        on("styleSheet/numFmts/numFmt", self._number)
        on("styleSheet/fonts/font", lambda _: self.fonts.append(None))
        on("styleSheet/fonts/font/color", lambda color: self._last(self.fonts, color))
        on("styleSheet/fills/fill", self._fill, self._fill_end)
        on("styleSheet/fills/fill/patternFill", self._pattern)
        on("styleSheet/fills/fill/gradientFill", self._pattern)
        on("styleSheet/fills/fill/patternFill/fgColor", self._foreground)
        on("styleSheet/cellXfs/xf", self._format)
        on("styleSheet/cellXfs/xf/protection", self._protection)
        on("styleSheet/colors/indexedColors/rgbColor", lambda color: self.indexed.append(color.get("rgb", "")))

    def _number(self, attributes: Attributes) -> None:
        index, code = attributes.get("numFmtId", ""), attributes.get("formatCode", GENERAL)
        if self.numbers.setdefault(index, code) != code:
            raise refusal(
                FaultCode.WRITTEN_TWICE, f"两个数字格式都叫 {index[:20]!r}：{self.numbers[index][:40]!r}、{code[:40]!r}"
            )

    @staticmethod
    def _last(colors: list[Attributes | None], color: Attributes) -> None:
        colors[-1] = dict(color)

    def _fill(self, _: Attributes) -> None:
        self.fills.append(None)
        self._filled = False

    def _fill_end(self, _: str) -> None:
        self.empty_fills += not self._filled

    def _pattern(self, attributes: Attributes) -> None:
        self._filled = True
        self._solid = attributes.get("patternType") == "solid"

    def _foreground(self, color: Attributes) -> None:
        if self._solid:
            self._last(self.fills, color)

    def _format(self, attributes: Attributes) -> None:
        get = attributes.get
        self.formats.append(_Format(get("numFmtId", "0"), get("fontId", "0"), get("fillId", "0")))

    def _protection(self, attributes: Attributes) -> None:
        self.formats[-1].locked = flag(attributes, "locked", default=True)
        self.formats[-1].hidden = flag(attributes, "hidden")


def read_styles(package: Package, name: str | None, theme: Sequence[str], log: FaultLog) -> tuple[RawStyle, ...]:
    """The cell formats in the order of their index, at least one. ``name`` is the part, None if there is none.

    New programs write fonts and number formats in branches for older ones; which of them is read matters where a cell has
    a format that differs between them.
    """
    if name is None or name not in package:
        log.add(FaultCode.REPAIRED_STYLES, "工作簿没有样式部件，按默认样式读取")
        return (RawStyle(),)
    styles, has_branches = _read(package, name, theme, log, Branches.NEWEST)
    if not has_branches:
        return styles
    others, _ = _read(package, name, theme, FaultLog(package.limits), Branches.FALLBACK)
    return tuple(
        replace(style, disputed=not index < len(others) or style != others[index]) for index, style in enumerate(styles)
    )


def _read(
    package: Package, name: str, theme: Sequence[str], log: FaultLog, branches: Branches
) -> tuple[tuple[RawStyle, ...], bool]:
    """The cell formats, and whether alternative branches of the part differ in what is read."""
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
            fill_color=palette.resolve(_pick(reader.fills, form.fill)),
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
    return styles or (RawStyle(),), reader.schema.has_branches


def _pick(colors: Sequence[Attributes | None], index: str) -> Attributes | None:
    position = int(index) if index.isascii() and index.isdigit() and len(index) < 8 else -1
    return colors[position] if 0 <= position < len(colors) else None
