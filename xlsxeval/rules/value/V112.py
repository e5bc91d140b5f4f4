from __future__ import annotations

import re
from collections.abc import Iterator

from xlsxeval.intake.submission import Submission
from xlsxeval.model import Severity
from xlsxeval.quantities import Quantity, QuantityKind, other_things
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.profile import sheets
from xlsxeval.rules.registry import form_rule
from xlsxeval.rules.targets import figures, line_hit, points_as_targets

_FIGURE = re.compile(r"[-\d.,\s]")


@form_rule("V112", "units-differ", severity=Severity.WARNING, basis="指标值与实际完成值用同一单位 [理]")
def check(submission: Submission) -> Iterator[Hit]:
    """指标值与实际完成值的单位不同。

    为什么：指标值是 ≥95%，完成值写 96.91；指标值是万人，完成值写人：两个数比不起来，也看不出差了多少。
    怎么改：按指标值的单位填实际完成值，例如 96.91%。
    """
    for lines in sheets(submission):
        points = points_as_targets(lines)
        for line in lines:
            both = figures(line)
            if both is not None and _differ(*both) and line not in points:
                yield line_hit(submission, line, "actual", f"单位与指标值“{line.text('target')}”不同")


def _differ(target: Quantity, actual: Quantity) -> bool:
    """Whether the units are two. A measure word left out (3 for 3项) or another one (个 for 家) is no other unit, nor are
    words that anybody converts (1小时, 45分钟); 万人 and 人 are, for a figure in the wrong one looks right, and so are 户 and
    人, 个 and 次, which count different things."""
    if not actual.value:  # nothing is nothing in every unit
        return False
    scaled = not (target.spelled or actual.spelled) and _scale(target) != _scale(actual)
    kinds = {target.kind, actual.kind}
    if len(kinds) > 1:
        return QuantityKind.BARE not in kinds or scaled or bool(kinds & {QuantityKind.SHARE, QuantityKind.MONEY})
    if target.kind in (QuantityKind.COUNT, QuantityKind.BARE):
        return scaled or other_things(target.unit, actual.unit)
    return target.unit != actual.unit or (target.kind is QuantityKind.MONEY and scaled)


def _scale(quantity: Quantity) -> str:
    unit = _FIGURE.sub("", quantity.text)
    return next((scale for scale in ("亿", "万", "千", "百") if unit.startswith(scale)), "")
