from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Submission
from xlsxeval.model import Severity
from xlsxeval.quantities import QuantityKind, Target, read_actual, read_target
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.indicators import IndicatorLine
from xlsxeval.rules.profile import sheets
from xlsxeval.rules.registry import form_rule


@form_rule("V106", "target-equals-actual", severity=Severity.INFO, basis="指标值应是年初定的，实际完成值是年末的 [理]")
def check(submission: Submission) -> Iterator[Hit]:
    """指标值与实际完成值连小数都一样。

    为什么：年初定的金额和年末花的钱一分不差，多半是年末照着结果补写的指标值。
    怎么改：对照年初批复的指标值核对；确实一样的不用改。
    """
    for lines in sheets(submission):
        same = [line for line in lines if _same(line)]
        if same:
            yield Hit(
                f"指标值与实际完成值连小数都一样，共 {len(same)} 行",
                same[0].address(submission, "actual"),
                field=same[0].place(submission, "actual").field,
                shown=same[0].text("actual"),
                related=[line.place(submission, "target") for line in same],
            )


def _same(line: IndicatorLine) -> bool:
    """An amount with decimals that is the same on both sides; shares (100% = 100%) and whole numbers tell nothing."""
    target, actual = read_target(line.text("target")), read_actual(line.text("actual"))
    if not isinstance(target, Target) or not isinstance(actual, Target):
        return False
    wanted, got = target.quantity, actual.quantity
    if wanted.kind not in (QuantityKind.MONEY, QuantityKind.BARE) or "." not in got.text:
        return False
    return (wanted.value, wanted.unit) == (got.value, got.unit) and wanted.value != 0
