from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from xlsxeval.intake.submission import Submission
from xlsxeval.layout.layout import Layout
from xlsxeval.model import Severity
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import form_rule

_MENTION = re.compile(r"(?P<before>.?)\s{0,9}附件\s{0,9}(?P<number>\d{1,2}|[一二三四五六七八九十])(?![\d.%个份项万元])")
_DIGITS = {sign: str(value) for value, sign in enumerate("一二三四五六七八九十", start=1)}
_ANOTHER_PAPER = "》」”\"')]】号文的"
"""What stands before the attachment of another paper: 《……办法》附件6, 某某〔2020〕1号附件2."""


@form_rule(
    "X107",
    "attachment-not-there",
    severity=Severity.WARNING,
    basis="正文提到的附件应当附在后面 [评分表]；[理]",
)
def check(submission: Submission) -> Iterator[Hit]:
    """文字里提到的附件不在表里。

    为什么：报告的附件由这份表生成；文字里写“见附件5”而没有附件5，读的人找不到。
    怎么改：核对附件号；确实要附别的材料的，请和报告一起交，并在文字里写明材料的名称。
    """
    there = _numbers(submission.layout)
    if not there or submission.layout.part is not None:
        return
    for entry in submission.entries.values():
        if not isinstance(entry.value, str) or entry.cell.slot is None:
            continue
        text = unicodedata.normalize("NFKC", entry.value)
        if "附件" not in text:
            continue
        told = set()
        for mention in _MENTION.finditer(text):
            number = _DIGITS.get(mention["number"], mention["number"].lstrip("0"))
            if number in there or number in told or (mention["before"] and mention["before"] in _ANOTHER_PAPER):
                continue
            told.add(number)
            yield Hit(
                f"{entry.cell.slot.label}：提到了附件{number}，这份表里没有附件{number}",
                submission.place(entry.cell.address),
                field=entry.cell.slot.path,
                label=entry.cell.slot.label,
                shown=f"附件{mention['number']}",
                aspect=number,
            )


def _numbers(layout: Layout) -> set[str]:
    """The numbers of the unit's attachments: 附件3-1 is an attachment 3."""
    marks = [re.match(r"附件\s*(\d+)", sheet.attachment) for sheet in layout.sheets]
    return {mark.group(1) for mark in marks if mark}
