from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from xlsxeval.calc import Name, walk
from xlsxeval.forms.definition import Field
from xlsxeval.intake.record import Recorded
from xlsxeval.intake.submission import Submission
from xlsxeval.layout.layout import CellKind, PlacedCell
from xlsxeval.rules.display import display
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.last_year import recorded, whose
from xlsxeval.rules.parameters import number
from xlsxeval.rules.registry import form_rule

_CENT = 0.01
"""万元; for an edition that says nothing of tolerance.money."""
_GIVEN = "这个数是任务给定的，单位改不了：请组织部门核对名册里的上年数，改正后重新下发，或登记例外。"


@form_rule(
    "X110",
    "last-year-differs-from-its-record",
    basis="上年决算数应当与上年自评时填报的决算数一致 [理]",
    parameters=("tolerance.money",),
)
def check(submission: Submission) -> Iterator[Hit]:
    """上年决算数和上年填报的不一致。

    为什么：同一个数，上年自评时填报过、留有记录；今年写的不一样，总有一个是错的，增减的比较也就不可信。
    怎么改：对照上年的表和决算批复改正；上年的表填错了，或者决算后来有调整，写明原因，由财政部门登记例外。
    """
    if submission.last_year is None:
        return
    differing = {cell.address: then for cell in _previous(submission) if (then := _differs(submission, cell))}
    wrong: dict[str, set[str]] = {}
    for address in differing:
        slot = submission.layout.cells[address].slot
        assert slot is not None
        wrong.setdefault(slot.form, set()).add(slot.field.id)
    for address, then in differing.items():
        cell = submission.layout.cells[address]
        assert cell.slot is not None
        form = submission.layout.edition.form(cell.slot.form)
        if form is not None and not _follows(cell.slot.field, wrong[form.id], form.fields):
            yield _hit(submission, cell, then)


def _previous(submission: Submission) -> Iterator[PlacedCell]:
    """The cells that repeat a figure of last year."""
    values = {**submission.recomputed, **submission.inputs}
    for cell in submission.layout.cells.values():
        if cell.slot is None or cell.slot.field.last_year is None or cell.address.sheet not in submission.views:
            continue
        if not submission.layout.is_grey(cell.address, values):
            yield cell


def _differs(submission: Submission, cell: PlacedCell) -> Recorded | None:
    """What was recorded, where this year's form says something else; None where either is not known for certain."""
    assert cell.slot is not None
    assert cell.slot.field.last_year is not None
    field, name = cell.slot.field, cell.slot.field.last_year
    then, now = recorded(submission, cell, name), submission.value(cell)
    form = submission.layout.edition.form(cell.slot.form)
    if (
        form is None
        or then is None
        or not isinstance(then.value, float)
        or not _means_the_same(then, form.fields[name])
    ):
        return None
    if then.formula and then.value == 0:
        return None  # a sum over nothing but blanks
    if now is None and not field.required:
        now = 0.0  # 没有的可以不填; a figure that must not be left out is V040
    if not isinstance(now, int | float) or isinstance(now, bool):
        return None
    tolerance = number(submission, "tolerance.money", _CENT)
    return then if round(abs(now - then.value), 6) > tolerance else None


def _means_the_same(then: Recorded, now: Field) -> bool:
    """Whether last year's field was this one: editions use a name for other quantities, and sum up other parts."""
    return then.label == now.label and then.formula == (now.formula.text if now.formula else None)


def _follows(field: Field, wrong: Collection[str], fields: Mapping[str, Field]) -> bool:
    """Whether a sum is wrong because one of its parts is: that one is told, and no more."""
    if field.formula is None:
        return False
    parts = {node.name for node in walk(field.formula.tree) if isinstance(node, Name) and not node.sheet}
    return any(part in wrong or (part in fields and _follows(fields[part], wrong, fields)) for part in parts)


def _hit(submission: Submission, cell: PlacedCell, then: Recorded) -> Hit:
    assert cell.slot is not None
    assert submission.last_year is not None
    record, address = submission.last_year, submission.place(cell.address)
    look = cell.look.number_format
    shown, expected = display(submission.value(cell), look), display(then.value, look)
    unit = cell.slot.field.type.unit
    written = f"是 {shown} {unit}" if shown else "没有填"
    source = f"{record.year}年度自评表的 {then.place}（{then.label}）"
    return Hit(
        f"{cell.slot.label}：这里{written}，{source}是 {expected} {unit}{whose(submission, record)}",
        address,
        field=cell.slot.path,
        label=cell.slot.label,
        shown=shown,
        expected=expected,
        working=f"{source}＝{expected}",
        fix=_GIVEN if cell.kind is CellKind.GIVEN else None,
    )
