"""What comes late, again, in several versions, or not at all."""

from __future__ import annotations

from tests.support.made.books import Sender
from tests.support.made.kinds.base import BOTH, Case, Now, Outcome, check, done, errors, kind, missing
from tests.support.made.spoiling import resaved

_WRONG = {"附件2!indicators[2].reason": None}
_OTHER = {"附件2!funds.initial": 1.0}


@kind("什么也没有报", missing(), share=14)
def nothing(case: Case) -> None:
    pass


@kind("还没有下发", Outcome("unsent", first=None, versions=0, counts=False), share=3, blank=False)
def never_sent(case: Case) -> None:
    pass


@kind("逾期一天", done(first=1), share=6)
def a_day_late(case: Case) -> None:
    case.put(case.unit.file, case.unit.book(), day=1)


@kind("逾期十二天，还有错误", errors("S102", first=12), share=4)
def late_and_wrong(case: Case) -> None:
    case.put(case.unit.file, case.unit.book(_WRONG), day=12)


@kind("有错误，第二天改好再报", done(versions=2), share=8, current=1, superseded=1)
def corrected(case: Case) -> None:
    case.put("第一次.xlsx", case.unit.book(_WRONG), day=-5)
    case.put("改好.xlsx", case.unit.book(), day=-4)


@kind("按期报，截止以后改好", done(versions=2), share=4, current=1, superseded=1)
def corrected_after_the_deadline(case: Case) -> None:
    case.put("第一次.xlsx", case.unit.book(_WRONG), day=-5)
    case.put("改好.xlsx", case.unit.book(), day=3)


@kind("越改越错", errors("S102", versions=2), current=1, superseded=1)
def made_worse(case: Case) -> None:
    case.put("第一次.xlsx", case.unit.book(), day=-5)
    case.put("又改.xlsx", case.unit.book(_WRONG), day=-4)


@kind("改好以后，旧的又来一次", done(versions=2), current=1, superseded=1, duplicate=1)
def old_one_again(case: Case) -> None:
    old, new = case.unit.book(_WRONG), case.unit.book()
    case.put("第一次.xlsx", old, day=-5)
    case.put("改好.xlsx", new, day=-4)
    case.put("补报/第一次.xlsx", old, day=-3)


@kind("改好的先到，旧的后到", done(versions=2), current=1, superseded=1)
def old_one_later_in_another_folder(case: Case) -> None:
    """Both lie in the inbox when it is collected: their days tell which is newer, not the order of their names."""
    old = case.unit.book(_WRONG)
    case.put("甲/改好.xlsx", case.unit.book(), day=-4)
    case.put("乙/第一次.xlsx", old, day=-5)


@kind("同一份报了两次", done(), share=6, current=1, duplicate=1)
def twice(case: Case) -> None:
    book = case.unit.book()
    case.put("自评表.xlsx", book, day=-5)
    case.put("补报/自评表.xlsx", book, day=-3)


@kind("同一天两份不同的", check(versions=2, counts=False), share=5, conflict=2)
def two_of_a_day(case: Case) -> None:
    case.put("一.xlsx", case.unit.book(), hour=10)
    case.put("二.xlsx", case.unit.book(_OTHER), hour=12)


@kind("同一天两份不同的，后来又报一份", done(versions=3), current=1, superseded=2)
def two_of_a_day_and_a_third(case: Case) -> None:
    case.put("一.xlsx", case.unit.book(_WRONG), hour=10)
    case.put("二.xlsx", case.unit.book(_OTHER), hour=12)
    case.put("三.xlsx", case.unit.book(), day=-2)


@kind("同一天两份，只是重新保存过", done(versions=2), share=3, current=1, superseded=1)
def saved_again(case: Case) -> None:
    book = case.unit.book()
    case.put("一.xlsx", book, hour=10)
    case.put("二.xlsx", resaved(book.data), hour=12)


@kind("分表，都报齐了，按最后一张算日期", done(first=2, versions=2), share=4, forms=BOTH, current=2)
def parts_complete(case: Case) -> None:
    _put_parts(case, case.unit, {"附件1": -6, "附件2": 2})
    case.counting[case.unit.code] = case.unit.made[-1]


@kind("分表，缺一张", errors(first=None, sheets={"附件1": "missing", "附件2": "done"}), share=3, forms=BOTH, current=1)
def part_missing(case: Case) -> None:
    _put_parts(case, case.unit, {"附件2": -5})


@kind(
    "报齐以后，任务里又加了项目",
    errors(first=None, sheets={"附件1": "done", "附件2": "done", "附件3-1": "missing"}),
    forms=BOTH,
    current=1,
)
def asked_for_more(case: Case) -> None:
    case.put(case.unit.file, case.unit.book())
    case.now[case.unit.code] = Now(project=True)


@kind("分表，两张表对不上", check("X101", versions=2, sheets={"附件1": "done"}), forms=BOTH, current=2)
def parts_disagree(case: Case) -> None:
    case.put("附件1.xlsx", case.unit.part("附件1", {"附件1!operation.budget": 2.0, "附件1!operation.final": 2.0}))
    case.put("附件2.xlsx", case.unit.part("附件2"))


@kind("报了整份，又报分表", check(versions=2, counts=False), forms=BOTH, conflict=2)
def whole_and_part(case: Case) -> None:
    case.put("整份.xlsx", case.unit.book(), day=-6)
    case.put("附件1.xlsx", case.unit.part("附件1"))


def _put_parts(case: Case, unit: Sender, days: dict[str, int]) -> None:
    for sheet, day in days.items():
        case.put(f"{sheet}.xlsx", unit.part(sheet), day=day)
