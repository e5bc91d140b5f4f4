"""Charts as Excel's own: one series each, figures at the bars, dark outlines, so that they read in black and white."""

from __future__ import annotations

from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from xlsxeval.rollup.plan import PERCENT, Box, Chart
from xlsxeval.workbook.styles import HEI, SONG

_WIDTH = 640
_TYPES = {"bars": "bar", "columns": "column"}
_FILL = {"color": "#9DB4CC"}
_LINE = {"color": "#1F3A5F", "width": 1}
_GRID = {"visible": True, "line": {"color": "#D9D9D9", "width": 0.75}}


def draw(book: Workbook, page: Worksheet, sheet: str, chart: Chart) -> None:
    """Adds a chart to its worksheet."""
    drawn = book.add_chart({"type": _TYPES[chart.shape]})
    _speak_chinese(drawn)
    drawn.add_series(
        {
            "name": chart.axis,
            "categories": _area(sheet, chart.names),
            "values": _area(sheet, chart.values),
            "fill": _FILL,
            "border": _LINE,
            "gap": 60,
            "data_labels": {"value": True, "num_format": chart.number_format, "font": _font(SONG, 9)},
        }
    )
    drawn.set_title({"name": chart.title, "name_font": _font(HEI, 13), "overlay": False})
    drawn.set_legend({"none": True})
    names: dict[str, Any] = {"num_font": _font(SONG, 9), "line": _LINE}
    values: dict[str, Any] = {
        "num_font": _font(SONG, 9),
        "num_format": "0%" if chart.number_format == PERCENT else "0",
        "min": 0,
        "major_gridlines": _GRID,
    }
    if chart.shape == "bars":
        names["reverse"] = True  # the first line of the table on top
        values["label_position"] = "high"
        names, values = values, names  # a bar chart lies: its x axis is the one with the figures
    drawn.set_x_axis(names)
    drawn.set_y_axis(values)
    drawn.set_size({"width": _WIDTH, "height": chart.height})
    row, column = chart.place
    page.insert_chart(row - 1, column - 1, drawn, {"object_position": 2})


def _area(sheet: str, box: Box) -> list[str | int]:
    return [sheet, *(number - 1 for number in box)]


def _font(name: str, size: int) -> dict[str, Any]:
    return {"name": name, "size": size, "bold": False}


def _speak_chinese(chart: Any) -> None:
    """Names the font for Chinese signs too: XlsxWriter writes it for Latin letters only."""
    latin = chart._write_a_latin

    def both(attributes: list[tuple[str, str]]) -> None:
        latin(attributes)
        chart._xml_empty_tag("a:ea", [pair for pair in attributes if pair[0] == "typeface"])

    chart._write_a_latin = both
