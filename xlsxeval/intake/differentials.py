"""What conditional formats change about the look of a cell (``dxf`` elements)."""

from __future__ import annotations

from collections.abc import Callable

from xlsxeval.intake.cells import RawDifferential
from xlsxeval.intake.colors import Palette
from xlsxeval.intake.schema import Attributes, Schema


class WrittenDifferential:
    """One ``dxf`` as written, its colours not yet resolved: the palette of a workbook stands behind them."""

    def __init__(self) -> None:
        self.font: Attributes | None = None
        self.fill: Attributes | None = None
        self.number_format: str | None = None

    def resolved(self, palette: Palette) -> RawDifferential:
        """The look with its colours."""
        return RawDifferential(palette.resolve(self.font), palette.resolve(self.fill), self.number_format)


def watch_differentials(schema: Schema, path: str, found: Callable[[WrittenDifferential], None]) -> None:
    """Declares the ``dxf`` elements at ``path``; ``found`` gets each when it opens, and it is filled until it closes."""
    written = [WrittenDifferential()]

    def opened(_: Attributes) -> None:
        written[0] = WrittenDifferential()
        found(written[0])

    def font(color: Attributes) -> None:
        written[0].font = dict(color)

    def fill(color: Attributes) -> None:
        if "auto" not in color:  # a solid fill has its colour in bgColor, which stands last; fgColor may be automatic
            written[0].fill = dict(color)

    def number_format(attributes: Attributes) -> None:
        written[0].number_format = attributes.get("formatCode")

    schema.on(path, opened)
    schema.on(f"{path}/font/color", font)
    schema.on(f"{path}/fill/patternFill/fgColor", fill)
    schema.on(f"{path}/fill/patternFill/bgColor", fill)
    schema.on(f"{path}/numFmt", number_format)
