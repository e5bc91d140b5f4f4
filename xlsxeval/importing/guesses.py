"""Guesses, each from what a person would go by: is a cell filled in, and with what kind of value."""

from __future__ import annotations

import re
from dataclasses import dataclass

from xlsxeval.importing.blank import BlankArea, BlankSheet
from xlsxeval.importing.headings import Headings, headings

_BY_HEADING = [
    ("money", r"万元|[（(]元[)）]"),
    ("area", r"㎡|平方米|面积"),
    ("count", r"[（(][人个名次]数?[)）]|人数|编制数|在职|个数|次数"),
    ("percent", r"[（(][%％][)）]|率(?:$|[（(])|比例|占比"),
    ("score", r"得分|自评分|实得分"),
    ("weight", r"分值|权重|满分"),
    ("date", r"日期"),
    ("code", r"指标值|完成值|目标值|电话|编码|代码|账号"),
    ("text", r"名称|单位|部门|人$|说明|情况|措施|原因|目标|内容|标准|依据|[一二三四五]级指标|备注|意见"),
    ("money", r"金额|资金|经费|支出|收入|拨款|预算|决算|执行数|投资|结转|结余"),
]
_BY_FORMAT = [("percent", r"%"), ("date", r"[yY].*[mMdD]"), ("money", r"0\.00"), ("count", r"^0$|^#,##0$")]


@dataclass(frozen=True, slots=True)
class Guess:
    """A type, and whether anything spoke for it."""

    type: str
    sure: bool


def guess_type(area: BlankArea, around: Headings) -> Guess:
    """The type of a field from the words around it, the nearest first, then from the cell's number format."""
    for text in around.nearest:
        flat = re.sub(r"\s+", "", text)
        for name, pattern in _BY_HEADING:
            if re.search(pattern, flat):
                return Guess(name, True)
    for name, pattern in _BY_FORMAT:
        if re.search(pattern, area.number_format):
            return Guess(name, True)
    return Guess("text", False)


def is_corner(blank: BlankSheet, area: BlankArea) -> bool:
    """Whether an empty cell is the corner of a table: headings of columns on its right, headings of rows below it."""
    right = [blank.owner[area.row, column] for column in range(area.last_column + 1, blank.last_column + 1)]
    below = blank.owner.get((area.last_row + 1, area.column))
    return bool(right) and all(one.text for one in right) and below is not None and bool(below.text)


def is_input(blank: BlankSheet, area: BlankArea) -> bool:
    """Whether an empty cell is to be filled in: some heading must speak of it."""
    around = headings(blank, area)
    if not around.beside and not around.above:
        return False
    if around.is_total and guess_type(area, around).type in ("text", "code"):
        return False
    return not is_corner(blank, area)
