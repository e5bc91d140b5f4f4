"""The list of units' links as a workbook: code, name, address, and a QR code to be scanned or cut out."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

import xlsxwriter

_WARNING = (
    "每个链接只打开这个单位的页面，谁拿到谁就能用：请一个单位发一个，不要整张表发出去，不要贴在群里。"
    "链接只在这里写着，页面上不再显示。"
)
_QR_POINTS = 96


@dataclass(frozen=True, slots=True)
class ListedLink:
    """A line of the list."""

    code: str
    unit: str
    address: str


def link_list(title: str, links: Sequence[ListedLink]) -> bytes:
    """The list. Without segno it has no QR codes."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False})
    book.set_properties({"title": title})
    head = book.add_format({"bold": True, "bg_color": "#1F4E8C", "font_color": "#FFFFFF", "valign": "vcenter"})
    cell = book.add_format({"valign": "vcenter", "text_wrap": True})
    big = book.add_format({"bold": True, "font_size": 14})
    small = book.add_format({"text_wrap": True, "valign": "top", "font_color": "#A3221B"})
    sheet = book.add_worksheet("上报链接")
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, 36)
    sheet.set_column(2, 2, 60)
    sheet.set_column(3, 3, 20)
    sheet.write_string(0, 0, title, big)
    sheet.merge_range(1, 0, 1, 3, _WARNING, small)
    sheet.set_row(1, 34)
    for column, name in enumerate(("单位代码", "单位名称", "链接", "二维码")):
        sheet.write_string(2, column, name, head)
    sheet.freeze_panes(3, 0)
    sheet.repeat_rows(2)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    for row, one in enumerate(links, start=3):
        sheet.set_row(row, _QR_POINTS + 6)
        for column, text in enumerate((one.code, one.unit, one.address)):
            sheet.write_string(row, column, text, cell)
        picture = qr_png(one.address)
        if picture is not None:
            options = {"image_data": io.BytesIO(picture), "x_offset": 6, "y_offset": 4, "object_position": 1}
            sheet.insert_image(row, 3, f"{one.code}.png", options | {"description": f"{one.unit}的二维码"})
    book.close()
    return buffer.getvalue()


def qr_png(text: str) -> bytes | None:
    """A QR code as PNG, some 125 pixels wide; None where segno is not installed."""
    try:
        import segno
    except ModuleNotFoundError:
        return None
    buffer = io.BytesIO()
    segno.make(text, error="m", micro=False).save(buffer, kind="png", scale=3, border=2)
    return buffer.getvalue()
