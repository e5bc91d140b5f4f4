from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.calc import Scalar
from xlsxeval.intake.submission import Submission
from xlsxeval.model import Place, Severity
from xlsxeval.rules.display import display
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.parameters import number, switch
from xlsxeval.rules.registry import form_rule

_STEPS = (("first", 0.8, 89.0), ("second", 0.7, 79.0), ("third", 0.6, 69.0), ("fourth", 0.5, 59.0))
"""Below which execution rate (a share of 1) the total may be how much: 70–80 %, 60–70 %, 50–60 %, below 50 %."""


@form_rule(
    "S110",
    "total-above-cap",
    severity=Severity.WARNING,
    basis="有的省级系统和地方按执行率给总分封顶 [系统]",
    parameters=("cap.by_rate", *(f"cap.{name}.{part}" for name, _, _ in _STEPS for part in ("below", "most"))),
)
def check(submission: Submission) -> Iterator[Hit]:
    """总分超过了执行率对应的上限。

    为什么：本地规定预算执行率低的总分要封顶，钱没有花出去，绩效再好也评不到高的等次。
    怎么改：把总分调到上限以内；执行率填错的先改正执行率。
    """
    if not switch(submission, "cap.by_rate"):
        return
    for (form, instance, path), cell in submission.layout.slots.items():
        rate_cell = submission.layout.slots.get((form, instance, "funds.rate"))
        if path != "total.score" or rate_cell is None:
            continue
        rate, score = (submission.recomputed.get(one.address) for one in (rate_cell, cell))
        cap = _cap(submission, rate)
        if cap is None or not isinstance(score, float) or score <= cap + number(submission, "tolerance.score", 0.005):
            continue
        rate_at = submission.place(rate_cell.address)
        yield Hit(
            f"预算执行率 {display(rate, '0.00%')}，总分不得高于 {cap:g} 分",
            submission.place(cell.address),
            field=path,
            label=cell.slot.label if cell.slot else None,
            shown=display(score, cell.look.number_format),
            expected=f"≤{cap:g}",
            related=[Place(rate_at.sheet, rate_at.a1, "funds.rate")],
        )


def _cap(submission: Submission, rate: Scalar) -> float | None:
    """The most that the total may be for an execution rate."""
    if not isinstance(rate, float):
        return None
    caps = [
        number(submission, f"cap.{name}.most", most)
        for name, below, most in _STEPS
        if round(rate, 4) < number(submission, f"cap.{name}.below", below)
    ]
    return min(caps, default=None)
