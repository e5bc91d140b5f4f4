from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Submission
from xlsxeval.model import Severity
from xlsxeval.rules.entries import entry_hit
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.profile import sheets
from xlsxeval.rules.registry import form_rule

_LARGEST_SHARE = 10
"""No rate that a form asks for is 1000 %; 85 typed for 85% is 8500 %."""
_LEAST_LINES = 3
_LEAST_WEIGHT = 3


@form_rule("V120", "percent-or-points", severity=Severity.WARNING, basis="85% 是 0.85，85 分是 85 [理]")
def check(submission: Submission) -> Iterator[Hit]:
    """百分数和分数填混了。

    为什么：百分比的格子填 85 就成了 8500%；得分的格子填 0.85，是把得分率当成了得分。
    怎么改：百分比填 85%；得分填分数，满分 10 分得了八五成的填 8.5。
    """
    for entry in submission.entries.values():
        slot = entry.cell.slot
        if slot is None or slot.field.type.name != "percent" or not isinstance(entry.value, float):
            continue
        if abs(entry.value) >= _LARGEST_SHARE:
            yield entry_hit(submission, entry, "百分比的格子填成了不带 % 的数", f"{entry.value:g}%")
    for lines in sheets(submission):
        scored = [line for line in lines if line.number("score") is not None and (line.number("weight") or 0) > 0]
        large = [line for line in scored if (line.number("weight") or 0) >= _LEAST_WEIGHT]
        scores = [line.number("score") or 0.0 for line in scored]
        if len(large) < _LEAST_LINES or not all(0 <= score <= 1 for score in scores) or not any(scores):
            continue
        yield Hit(
            f"各行得分都不超过 1，像是填了得分率（共 {len(scored)} 行）",
            large[0].address(submission, "score"),
            field=large[0].place(submission, "score").field,
            shown=large[0].text("score"),
        )
