"""``text`` and ``concise``: what a person sees first, runs told once, nothing that drives the terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace

from tests.output.verdicts import ALL, CLEAN, FOUND, PAGES, RATE, REJECTED, WAIVED, finding, hostile
from xlsxeval.model import Place
from xlsxeval.output.formats import concise as concise_format
from xlsxeval.output.formats import text as text_format
from xlsxeval.output.groups import groups
from xlsxeval.output.totals import totals
from xlsxeval.rules.catalogue import RulePage
from xlsxeval.rules.verdict import Verdict


def text(verdicts: Sequence[Verdict], pages: Mapping[str, RulePage]) -> str:
    return "".join(text_format.text(verdicts, pages))


def concise(verdicts: Sequence[Verdict]) -> str:
    return "".join(concise_format.concise(verdicts))


def test_the_most_common_come_first_with_title_and_count() -> None:
    head = text(ALL, PAGES).split("■")[0].splitlines()
    assert [line.split()[:2] for line in head if line.startswith("  ")][:1] == [["T101", "7"]]
    assert "公式被换成了数" in head[1]


def test_five_rules_are_told_in_full_and_the_rest_on_a_line() -> None:
    many = tuple(finding(code, place=Place("附件1", f"A{row}")) for row, code in enumerate(PAGES, start=1))
    more = tuple(replace(RATE, place=Place("附件1", f"B{row}"), code=f"N{row:03}") for row in range(1, 4))
    sums = totals([replace(FOUND, findings=(*many, *more))], PAGES)
    assert [rule.title for rule in sums.by_rule if rule.code.startswith("N")] == ["", "", ""]
    head = text([replace(FOUND, findings=(*many, *more))], PAGES).split("■")[0].splitlines()
    told = [line for line in head if line.startswith("  ") and "其余" not in line and "（级别" not in line]
    assert len(told) == 5
    (rest,) = (line for line in head if "其余" in line)
    assert rest.count(" 1 处") == 3


def test_a_run_of_one_rule_is_told_once_with_a_line_a_cell() -> None:
    lines = text([FOUND], PAGES).splitlines()
    (head,) = (line for line in lines if " T101  公式" in line and "（7 处）" in line)
    start = lines.index(head)
    assert [line.split()[0] for line in lines[start + 1 : start + 8]] == [f"B{row}" for row in range(5, 12)]
    assert sum("怎么改：改正公式被换成了数" in line for line in lines) == 1


def test_findings_with_figures_of_their_own_stay_in_one_group_and_others_apart() -> None:
    own = [finding(place=Place("附件2", f"G{row}"), message=f"第{row}行不同") for row in range(4, 7)]
    same = [finding(place=Place("附件2", f"H{row}"), message="都一样") for row in range(4, 6)]
    made = groups([own[0], same[0], own[1], same[1], own[2], replace(own[0], waived=WAIVED.waived)])
    assert [[one.place.cell for one in group.findings] for group in made] == [["G4", "G5", "G6"], ["H4", "H5"], ["G4"]]
    assert [group.message for group in made] == [None, "都一样", "第4行不同"]


def test_every_property_is_told() -> None:
    told = text(ALL, PAGES)
    one_a_line = concise(ALL)
    for word in (RATE.working, "级别由版本设定", "2025-03-01", "新出现", "上次就有"):
        assert str(word) in told
        assert str(word) in one_a_line
    assert "已改好" in told
    assert "V030 不查" in told


def test_what_is_waived_is_not_counted() -> None:
    last = text([FOUND], PAGES).splitlines()[-1]
    assert "错误 8 处" in last
    assert "请核对" not in last
    assert "1 处已豁免" in last


def test_clean_and_rejected_files() -> None:
    assert "没有发现问题" in text([CLEAN], PAGES)
    assert "文件是空的" in text([REJECTED], PAGES)
    assert text([], PAGES).count("\n") == 1
    only_waived = Verdict("a.xlsx", "", FOUND.subject, (WAIVED,))
    assert only_waived.status == "clean"
    assert "没有发现问题" not in text([only_waived], PAGES)


def test_no_text_of_a_unit_drives_the_terminal_or_breaks_a_line() -> None:
    for told in (text([hostile()], PAGES), concise([hostile()])):
        told.encode("utf-8")
        kinds = {unicodedata.category(sign) for sign in told if sign != "\n"}
        assert not kinds & {"Cc", "Cs", "Zl", "Zp"}
        assert "\u202e" not in told
    assert concise([hostile()]).count("\n") == len(hostile().findings)
