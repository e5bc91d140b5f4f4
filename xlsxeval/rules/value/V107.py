from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Submission
from xlsxeval.layout.layout import PlacedCell
from xlsxeval.model import Severity
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.outcomes import outcomes
from xlsxeval.rules.registry import form_rule

_NOTHING = frozenset(["无", "—", "——", "-", "--", "/", "\\", "―", "不适用", "N/A", "n/a"])
_SANGONG = ("purchase", "running", "abroad", "reception")
"""Parts of 三公经费: a blank budget makes the spending look as if it were above budget."""


@form_rule("V107", "blank-or-zero", severity=Severity.INFO, basis="空着、0、“无”、“—”意思不同 [理]")
def check(submission: Submission) -> Iterator[Hit]:
    """是 0、是没有，还是没有填，看不出来。

    为什么：预算数空着而有支出，程序按 0 算，执行率和“超预算”就会不对；完成值写“—”“无”，也不知道是没有完成还是不适用。
    怎么改：没有的填 0；有数的补上；指标不适用的在原因栏写明。
    """
    for (form, instance, path), cell in submission.layout.slots.items():
        spent = _spent(submission, form, instance, path)
        if spent is not None and submission.value(cell) is None and not cell.locked:
            yield Hit(
                f"预算数空着，支出是 {spent:g}",
                submission.place(cell.address),
                field=path,
                label=cell.slot.label if cell.slot else None,
                shown="",
            )
    for judged in outcomes(submission):
        line, score, actual = judged.line, judged.line.number("score"), judged.line.text("actual")
        if (
            actual in _NOTHING
            and score
            and line.text("target") not in (*_NOTHING, "0")
            and not judged.in_words
            and not judged.met
        ):
            yield Hit(
                f"实际完成值写的是“{actual}”，却得了 {score:g} 分",
                line.address(submission, "actual"),
                field=line.place(submission, "actual").field,
                shown=actual,
            )


def _spent(submission: Submission, form: str, instance: int | None, path: str) -> float | None:
    """What was spent against a budget that may be left blank: its row's last column."""
    row, _, column = path.rpartition(".")
    if column != "budget" or _required(submission.layout.slots[form, instance, path]):
        return None
    columns = ("executed", "final") if row in _SANGONG else ("executed",)
    for name in columns:
        cell = submission.layout.slots.get((form, instance, f"{row}.{name}"))
        value = None if cell is None else submission.value(cell)
        if isinstance(value, float) and value > 0:
            return value
    return None


def _required(cell: PlacedCell) -> bool:
    return cell.slot is None or cell.slot.field.required
