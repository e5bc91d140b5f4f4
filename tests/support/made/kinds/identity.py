"""Whose form it is: another unit's, another campaign's, an older one, one of a unit that has changed since."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from tests.support.made.books import Book, Sender
from tests.support.made.kinds.base import Case, Now, check, done, errors, gone, kind, missing
from tests.support.made.spoiling import without_seal
from xlsxeval.forms.keys import Keys
from xlsxeval.judging.judge import Judge
from xlsxeval.judging.remarks import refilled, remarks
from xlsxeval.resources import templates_directory
from xlsxeval.workbook import annotated_bytes, refilled_bytes

_WRONG = {"附件2!indicators[2].reason": None}


@kind("用了别的单位的表，把单位名称改成自己的", missing(), errors("I021", "T132", versions=2), current=1, superseded=1)
def on_anothers_form(case: Case) -> None:
    borrower, lender = case.units
    case.put("自评表.xlsx", lender.book(), day=-6)
    case.put("我们的.xlsx", lender.book({"附件2!unit.name": borrower.name}), day=-3)


@kind("文件名是甲单位，里面是乙单位的表", missing(), check("I022", sheets={"附件2": "done"}), current=1)
def named_after_another(case: Case) -> None:
    named, filled = case.units
    case.put(named.file, filled.book())


@kind("把别的任务的表又报了一次", missing(), aside=("I003",), share=3)
def of_another_campaign(case: Case) -> None:
    campaign = replace(case.desk.campaign, id="qinghe-2023", year=2023)
    case.put(case.unit.file, _elsewhere(case, campaign=campaign))


@kind("停用的旧版表样", missing(), aside=("I011",))
def of_an_older_version(case: Case) -> None:
    case.put(case.unit.file, _elsewhere(case, edition=replace(case.desk.edition, version=0)))


@kind("不认识的表样", missing(), aside=("I002",))
def of_an_unknown_edition(case: Case) -> None:
    edition = replace(case.desk.edition, id="hunan-1999")
    campaign = replace(case.desk.campaign, edition="hunan-1999")
    case.put(case.unit.file, _elsewhere(case, campaign=campaign, edition=edition))


@kind("表样的定义在下发以后改过", check("I012", sheets={"附件2": "done"}))
def of_a_changed_definition(case: Case) -> None:
    case.put(case.unit.file, _elsewhere(case, edition=replace(case.desk.edition, digest="0" * 16)))


@kind("另一把密钥签发的表", errors("I020", sheets={"附件2": "done"}))
def of_another_key(case: Case) -> None:
    case.put(case.unit.file, _elsewhere(case, keys=Keys(b"another key of thirty-two bytes.", "password")))


@kind("印章全删了的表", missing(), aside=("I001",))
def without_any_seal(case: Case) -> None:
    case.put(case.unit.file, without_seal(case.unit.book().data, property_too=True))


@kind("下发以后单位改了名", done(), share=3)
def renamed(case: Case) -> None:
    case.put(case.unit.file, case.unit.book())
    case.now[case.unit.code] = Now(name=f"{case.unit.name}（新）")


@kind("下发以后移出了名册", gone(), aside=("I023",))
def taken_off_the_roster(case: Case) -> None:
    case.put(case.unit.file, case.unit.book())
    case.now[case.unit.code] = Now(gone=True)


@kind("标注版改好发回", done(versions=2), share=5, current=1, superseded=1)
def annotated_and_corrected(case: Case) -> None:
    first = case.unit.book(_WRONG)
    case.put("第一次.xlsx", first, day=-8)
    case.put("标注版.xlsx", case.unit.retyped(_annotated(case, first)), day=-3)


@kind("标注版原样发回", errors("S102", versions=2), share=2, current=1, superseded=1)
def annotated_and_returned(case: Case) -> None:
    first = case.unit.book(_WRONG)
    case.put("第一次.xlsx", first, day=-8)
    case.put("标注版.xlsx", _annotated(case, first), day=-3)


def _elsewhere(case: Case, **desk: object) -> Book:
    """The unit's workbook as another desk would have sent it out."""
    other = Sender(replace(case.desk, **desk), case.unit.unit, case.random)  # type: ignore[arg-type]
    case.unit.made.append(other.book())
    return case.unit.made[-1]


@lru_cache(maxsize=1)
def _judge(campaign: Path) -> Judge:
    """The organiser's judge, who opens the campaign once."""
    return Judge(templates_directory(), campaign)


def _annotated(case: Case, book: Book) -> bytes:
    """What the organiser sends back: marks at the faults and the list of them in front."""
    assert case.desk.campaign.directory is not None
    judge = _judge(case.desk.campaign.directory)
    judged = judge.read_bytes("第一次.xlsx", book.data)
    assert judged.submission is not None
    form = refilled(judged.submission, case.desk.keys.password)
    again = judge.read_bytes("第一次.xlsx", refilled_bytes(form))
    return annotated_bytes(form, "第一次.xlsx", remarks(judged.verdict, judged, again))
