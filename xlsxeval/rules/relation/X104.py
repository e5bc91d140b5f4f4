from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Returned, Submission
from xlsxeval.model import Place
from xlsxeval.rules.display import display
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.names import plain
from xlsxeval.rules.registry import rule

_CENT = 0.01
"""万元; for an edition that says nothing of tolerance.money."""


@rule("X104", "special-fund-between-forms", basis="同一数据在不同附件应当一致 [理]")
def check(returned: Returned) -> Iterator[Hit]:
    """同名专项在附件1和附件3的决算数不一致。

    为什么：附件1的本级专项资金一个专项一行，附件3一个项目一张表；名称相同的，全年支出应当是同一个数。
    怎么改：核对两处的数，改正填错的一处；只是四舍五入不同的，请统一保留两位小数。
    """
    submission = returned.submission
    if submission is None:
        return
    parameter = submission.layout.edition.parameters.get("tolerance.money")
    tolerance = float(parameter.value) if parameter else _CENT
    finals = _finals_by_project(submission)
    for (form, instance, path), cell in submission.layout.slots.items():
        if form != "basic" or not path.startswith("specials[") or not path.endswith(".final"):
            continue
        name = submission.field(form, path.replace(".final", ".name"), instance)
        value = submission.value(cell)
        if not isinstance(name, str) or not isinstance(value, float) or plain(name) not in finals:
            continue
        other, place = finals[plain(name)]
        if round(abs(other - value), 6) > tolerance:
            look = cell.look.number_format
            yield Hit(
                f"「{name.strip()}」在附件1是 {display(value, look)} 万元，在{place.sheet}是 {display(other, look)} 万元",
                submission.place(cell.address),
                field=path,
                label=cell.slot.label if cell.slot else None,
                shown=display(value, look),
                expected=display(other, look),
                related=(place,),
            )


def _finals_by_project(submission: Submission) -> dict[str, tuple[float, Place]]:
    """The year's spending of each project form by the project's plain name, in 万元."""
    found = {}
    for sheet in submission.layout.sheets:
        if sheet.form is None or sheet.project is None or sheet.form.id != "project":
            continue
        if sheet.name not in submission.views:
            continue
        cell = submission.layout.slots.get(("project", sheet.instance, "funds.executed"))
        value = submission.value(cell) if cell else None
        if cell is not None and isinstance(value, float):
            address = submission.place(cell.address)
            found[plain(sheet.project.name)] = (value, Place(address.sheet, address.a1, "funds.executed"))
    return found
