from __future__ import annotations

import re
from collections.abc import Iterator

from xlsxeval.intake.submission import Submission
from xlsxeval.model import Severity
from xlsxeval.quantities import AchievementState, Deadline, Doubt, Target
from xlsxeval.rules.given import is_given
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.outcomes import JudgedLine, outcomes
from xlsxeval.rules.reasons import explained
from xlsxeval.rules.registry import form_rule
from xlsxeval.rules.targets import kept_open, line_hit

_HEDGED = (Doubt.APPROXIMATE, Doubt.ACTUAL_COMPARES)
_UNWELCOME = re.compile("投诉|事故|差错|违规|违法|成本|费用|支出|时间|时限|天数|周期|缺陷|上访|案件|死亡|失信")
_LOOSE = (*_HEDGED, Doubt.SEVERAL, Doubt.UNREADABLE, Doubt.WORDS)


@form_rule(
    "V122", "actual-not-exact", severity=Severity.WARNING, basis="实际完成值是一个准确的数，才能与指标值比较 [理]"
)
def check(submission: Submission) -> Iterator[Hit]:
    """实际完成值不是一个准确的数，看不出达到没有。

    为什么：写“95%左右”“近95%”，或者一格里写了几个数，是不是达到了“≥95%”谁也说不准，得分没有依据。
    怎么改：填实际完成的一个数，例如 94.8%；别的说明写在偏差原因一栏。
    """
    for judged in outcomes(submission):
        message = _message(submission, judged)
        if message and judged.asks_for_a_figure:
            target = judged.line.text("target")
            yield line_hit(submission, judged.line, "actual", f"{message}，不能断定达到了指标值“{target}”")


def _message(submission: Submission, judged: JudgedLine) -> str:
    """Why nobody can say that the target was reached; empty where a reader would say so, or another rule tells why not."""
    outcome = judged.outcome
    if outcome.state is not AchievementState.UNSURE or outcome.likely or judged.in_words:
        return ""
    if isinstance(outcome.actual, Deadline):
        return "实际完成值写的是日期"
    if outcome.why is Doubt.BOUNDARY:
        return "实际完成值正好等于界限"
    if outcome.why is Doubt.NO_DIRECTION:
        return "实际完成值比指标值小，指标值没有写“≥”还是“≤”" if _fewer(submission, judged) else ""
    about = isinstance(outcome.actual, Target) and outcome.actual.comparator.hedged
    if outcome.why in _LOOSE and not kept_open(judged.line):
        return "实际完成值不是准确的数" if outcome.why in _HEDGED else "实际完成值里有几个数或别的文字"
    if outcome.why is Doubt.LABELS_DIFFER and about:
        return "实际完成值不是准确的数"
    unlike = outcome.why in (Doubt.LABELS_DIFFER, Doubt.UNITS_DIFFER, Doubt.UNIT_MISSING) and outcome.likely is False
    return f"实际完成值“{judged.line.text('actual')}”按字面没有达到，说法或单位又与指标值不同" if unlike else ""


def _fewer(submission: Submission, judged: JudgedLine) -> bool:
    """Whether fewer were done than the campaign gave (2个 of 3个), and no reason says why. Of the unit's own targets V113 tells."""
    line, ratio = judged.line, judged.outcome.ratio
    welcome = _UNWELCOME.search(line.text("level3")) is None
    fewer = ratio is not None and ratio < 1 and is_given(line, "target") and welcome
    return fewer and ("reason" not in line.cells or not explained(submission, line))
