"""The table of shared strings, and the rule by which rich text becomes plain."""

from __future__ import annotations

from dataclasses import dataclass

from xlsxeval.fault_codes import FaultCode
from xlsxeval.intake.cells import RawRun
from xlsxeval.intake.colors import Palette
from xlsxeval.intake.literals import number, unescape
from xlsxeval.intake.package import Package
from xlsxeval.intake.rejected import refusal
from xlsxeval.intake.schema import Attributes, Schema


class RichText:
    """Collects the runs of one text; phonetic runs (``rPh``) have no path in the schema and so go by.

    A run, or a text without runs, has one ``t``: of two, some programs show the first, others the last.
    """

    def __init__(self, palette: Palette) -> None:
        self._palette = palette
        self._runs: list[str] = []
        self._looks: list[tuple[str | None, float | None]] = []
        self._look: tuple[str | None, float | None] = (None, None)
        self._texts = 0

    def watch(self, schema: Schema, path: str) -> None:
        """Declare the runs below ``path`` (an ``si`` or an ``is`` element)."""
        schema.on(f"{path}/t", closed=self._text, cost=0)
        schema.on(f"{path}/r", self._run, cost=0)
        schema.on(f"{path}/r/rPr/color", self._color, cost=0)
        schema.on(f"{path}/r/rPr/sz", self._size, cost=0)
        schema.on(f"{path}/r/t", closed=self._text, cost=0)

    def _run(self, _: Attributes) -> None:
        self._texts = 0
        self._look = (None, None)

    def _color(self, color: Attributes) -> None:
        self._look = (self._palette.resolve(color), self._look[1])

    def _size(self, size: Attributes) -> None:
        self._look = (self._look[0], number(size.get("val", "")))

    def _text(self, text: str) -> None:
        self._texts += 1
        if self._texts > 1:
            raise refusal(FaultCode.WRITTEN_TWICE, f"同一段文字写了两次：{self._runs[-1][:40]!r}、{text[:40]!r}")
        self._runs.append(text)
        self._looks.append(self._look)

    def take(self) -> tuple[str, tuple[RawRun, ...] | None]:
        """The text so far and its runs, None where none has a look of its own; the next text begins empty."""
        text = unescape("".join(self._runs))
        runs = None
        if any(look != (None, None) for look in self._looks):
            pairs = zip(self._runs, self._looks, strict=True)
            runs = tuple(RawRun(unescape(run), *look) for run, look in pairs)
        self._runs.clear()
        self._looks.clear()
        self._look = (None, None)
        self._texts = 0
        return text, runs


@dataclass(frozen=True, slots=True)
class Strings:
    """The shared texts in order, and the runs of those that have any with a look of its own."""

    texts: list[str]
    runs: dict[int, tuple[RawRun, ...]]


def read_strings(package: Package, name: str, palette: Palette) -> Strings:
    """All shared strings in order; raises Rejected F010 when there are too many."""
    most = package.limits.shared_strings
    strings: list[str] = []
    styled: dict[int, tuple[RawRun, ...]] = {}
    rich = RichText(palette)

    def opened(_: Attributes) -> None:
        if len(strings) >= most:
            raise refusal(FaultCode.TOO_LARGE, f"共享文字超过 {most} 条")

    schema = Schema(plain=True)
    rich.watch(schema, "sst/si")

    def closed(_: str) -> None:
        text, runs = rich.take()
        if runs is not None:
            styled[len(strings)] = runs
        strings.append(text)

    schema.on("sst/si", opened, closed, cost=0)
    package.parse(name, schema)
    return Strings(strings, styled)
