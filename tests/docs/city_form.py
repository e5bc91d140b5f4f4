"""The made-up official form of docs/guide/add-an-edition.md, as a recipe: run as a program it writes the workbook again."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side

from tests.docs.pages import ROOT

PATH = ROOT / "docs" / "guide" / "add-an-edition" / "city-form.xlsx"
HEADINGS = ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因及改进措施"]
WIDTHS = (12, 16, 20, 16, 16, 8, 8, 24)
FIRST, LAST = 5, 12


def make() -> Workbook:
    """附件1 as a city would send it out: a mark, a title, the unit, eight empty lines and their sums."""
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = "Sheet1"
    page["A1"] = "附件1"
    page["A2"] = "2025年度部门整体支出绩效自评表"
    page["A3"] = "填报单位"
    for column, heading in enumerate(HEADINGS, start=1):
        page.cell(FIRST - 1, column).value = heading
    total = LAST + 1
    page.cell(total, 1).value = "合计"
    for letter in "FG":
        page[f"{letter}{total}"] = f"=SUM({letter}{FIRST}:{letter}{LAST})"
    for area in ("A2:H2", "B3:H3", f"A{total}:E{total}"):
        page.merge_cells(area)
    side = Side(style="thin")
    for row in page.iter_rows(min_row=3, max_row=total, max_col=len(HEADINGS)):
        for cell in row:
            cell.border = Border(left=side, right=side, top=side, bottom=side)
            cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    page["A2"].font = Font(size=16)
    page["A2"].alignment = Alignment(horizontal="center")
    for letter, width in zip("ABCDEFGH", WIDTHS, strict=True):
        page.column_dimensions[letter].width = width + 0.71
    return book


if __name__ == "__main__":
    PATH.parent.mkdir(exist_ok=True)
    make().save(PATH)
