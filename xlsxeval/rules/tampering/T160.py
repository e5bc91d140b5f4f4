from __future__ import annotations

from collections.abc import Iterator, Set

from xlsxeval.forms.sheet_names import ANNOTATOR, FINDINGS_SHEET
from xlsxeval.intake.alignment import SheetView
from xlsxeval.intake.cells import Box
from xlsxeval.intake.submission import Submission
from xlsxeval.layout.layout import PlacedCell
from xlsxeval.model import Severity
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import form_rule

_MOST_AREAS = 2_000
"""Areas of conditional formatting that are looked at: a hostile file may have half a million."""
_COLOURED = ("status", "summary", "helper")


@form_rule("T160", "things-added", severity=Severity.INFO, basis="表样里没有的东西不读取 [理]")
def check(submission: Submission) -> Iterator[Hit]:
    """表里加了批注、图片、条件格式或自定义数据。

    为什么：加的东西不会被读取，也不会进报告；放在这里只是让审核人知道。
    怎么改：不需要处理；需要说明的话请写进表里的说明栏或“报告正文”。
    """
    ours = {ANNOTATOR, ""} if submission.raw.sheet(FINDINGS_SHEET) else {ANNOTATOR}  # LibreOffice drops the author
    views = {view.raw.name: view for view in submission.views.values()}
    for sheet in submission.raw.sheets:
        comments = sum(author.strip() not in ours for _, author in sheet.comments)
        formats = _conditional(views[sheet.name]) if sheet.name in views else 0
        counted = ((comments, "个批注"), (sheet.pictures, "个图片或图形"), (formats, "处条件格式"))
        told = "、".join(f"{number} {what}" for number, what in counted if number)
        if told:
            yield Hit(f"工作表「{sheet.name}」多了 {told}", sheet=sheet.name)
    parts = [name.casefold() for name in submission.raw.parts]
    data = sum(name.startswith("customxml/item") and "props" not in name for name in parts)
    images = "xl/cellimages.xml" in parts
    told = "、".join([f"{data} 份自定义数据（XML）"] * bool(data) + ["嵌在单元格里的图片"] * images)
    if told:
        yield Hit(f"文件里多了 {told}")


def _conditional(view: SheetView) -> int:
    """Areas of conditional formatting that reach a cell of the form which has none as it is sent out."""
    plain = {place for cell, place in view.placed if not _has_conditional_format(cell)}
    return sum(_reaches(area, plain) for area in view.raw.conditional_formats[:_MOST_AREAS])


def _reaches(area: Box, plain: Set[tuple[int, int]]) -> bool:
    """Whether one of the cells lies in the area; looked for in the smaller of the two."""
    top, left, bottom, right = area
    if (bottom - top + 1) * (right - left + 1) < len(plain):
        return any((row, column) in plain for row in range(top, bottom + 1) for column in range(left, right + 1))
    return any(top <= row <= bottom and left <= column <= right for row, column in plain)


def _has_conditional_format(cell: PlacedCell) -> bool:
    return cell.grey is not None or cell.carried is not None or cell.look.role in _COLOURED
