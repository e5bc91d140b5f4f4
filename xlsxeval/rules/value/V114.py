from __future__ import annotations

import re
from collections.abc import Iterator

from xlsxeval.intake.submission import Submission
from xlsxeval.model import Severity
from xlsxeval.quantities import QuantityKind, Target
from xlsxeval.rules.given import concerned
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.indicators import IndicatorLine
from xlsxeval.rules.profile import sheets
from xlsxeval.rules.registry import form_rule
from xlsxeval.rules.targets import lines_hit, target_of

_MAY_EXCEED = re.compile("增|同比|提高|提升|上升|倍|超")


@form_rule("V114", "share-of-hundred-or-more", plan=True, severity=Severity.WARNING, basis="比率最多100% [理]")
def check(submission: Submission) -> Iterator[Hit]:
    """比率的指标值写成了“≥100%”。

    为什么：合格率、到位率、采购率最多100%，“≥100%”只能是等于；这样写多半没有认真定过指标值。
    怎么改：写“100%”；达不到百分之百的定一个实际的下限，例如“≥95%”。
    """
    for lines in sheets(submission):
        odd = [line for line in concerned(submission, lines, "target") if _impossible(line)]
        if odd:
            yield lines_hit(submission, odd, "target", "比率的指标值写成了“≥100%”")


def _impossible(line: IndicatorLine) -> bool:
    target = target_of(line)
    if not isinstance(target, Target) or _MAY_EXCEED.search(line.text("level3") + target.label):
        return False
    quantity = target.quantity
    return quantity.kind is QuantityKind.SHARE and quantity.value >= 1 and target.comparator.larger_is_better
