"""Exceptions on record: what they cover, what they never cover, and a record that cannot be spoiled in silence."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.rules.verdicts import finding, verdict
from xlsxeval.errors import DefinitionError
from xlsxeval.model import Finding, Waiver
from xlsxeval.rules.verdict import Verdict
from xlsxeval.rules.waivers import Waived, Withdrawn, apply_waivers, line_text, read_register, waiver_of

MADE = Waiver("预算科", "年中追加，有文件", "2025-04-02")


def recorded(one: Finding, unit: str = "001") -> Waived:
    """A line that was written and read back."""
    register = read_register(line_text(waiver_of(one, unit, 1, MADE)), "例外.jsonl")
    (line,) = register.waived
    return line


def after(line: Waived, *findings: Finding, unit: str = "001") -> Verdict:
    return apply_waivers(verdict(*findings, unit=unit), [line])


def test_a_waived_finding_is_shown_and_does_not_count() -> None:
    found = after(recorded(finding()), finding())
    assert [one.waived for one in found.findings] == [MADE]
    assert found.open == ()
    assert found.status == "clean"


@pytest.mark.parametrize(
    "other",
    [
        finding(shown="99.00%"),
        finding(shown=None),
        finding(code="L102"),
        finding(cell="G5"),
        finding(sheet="附件1"),
        finding(field="funds.rate"),
    ],
    ids=["value", "no value", "rule", "cell", "sheet", "field"],
)
def test_what_is_not_the_same_is_not_covered(other: Finding) -> None:
    assert after(recorded(finding()), other).open == (other,)


def test_another_unit_is_not_covered() -> None:
    assert len(after(recorded(finding()), finding(), unit="002").open) == 1


def test_a_field_that_moved_is_covered() -> None:
    assert after(recorded(finding(field="funds.rate")), finding(cell="G9", field="funds.rate")).open == ()


def test_without_a_value_the_message_must_be_the_same() -> None:
    silent = finding(shown=None)
    assert after(recorded(silent), silent).open == ()
    assert len(after(recorded(silent), replace(silent, message="另一件事")).open) == 1


def test_of_two_at_one_place_only_the_one_that_was_accepted() -> None:
    one, other = finding(shown="1"), finding(shown="2")
    assert [found.shown for found in after(recorded(other), one, other).open] == ["1"]


def test_what_was_withdrawn_counts_again() -> None:
    text = line_text(waiver_of(finding(), "001", 1, MADE)) + line_text(Withdrawn(id=1, date="2025-05-01", by="甲"))
    register = read_register(text, "例外.jsonl")
    assert register.waived == ()
    assert len(register.lines) == 2
    assert register.next_id == 2


WAIVE = line_text(waiver_of(finding(), "001", 1, MADE))
WITHDRAW = line_text(Withdrawn(id=1, date="2025-05-01", by="甲"))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("nonsense\n", 1),
        (WAIVE + "{}\n", 2),
        (WAIVE + WAIVE, 2),
        (WITHDRAW, 1),
        (WAIVE + WITHDRAW + WITHDRAW, 3),
        (WAIVE.replace('"schema": 1', '"schema": 9'), 1),
        (WAIVE.replace("2025-04-02", "昨天"), 1),
        (WAIVE.replace("年中追加，有文件", ""), 1),
        (WAIVE.replace("L101", "T101"), 1),
        (WAIVE.replace("L101", "F003"), 1),
        (WAIVE.replace("L101", "I020"), 1),
        (WAIVE[:40], 1),
    ],
)
def test_a_spoiled_record_is_told_with_its_line(text: str, line: int) -> None:
    with pytest.raises(DefinitionError) as caught:
        read_register(text, "例外.jsonl")
    assert [(problem.file, problem.line) for problem in caught.value.problems] == [("例外.jsonl", line)]


def test_blank_lines_and_line_ends_of_windows_are_nothing() -> None:
    assert len(read_register("\n" + WAIVE.replace("\n", "\r\n") + "\n", "例外.jsonl").waived) == 1


def test_a_reason_may_hold_any_sign() -> None:
    reason = '第一行\n第二行\u2028第三行\x85"引号"'
    line = waiver_of(finding(), "001", 1, replace(MADE, reason=reason))
    assert line_text(line).count("\n") == 1
    assert read_register(line_text(line), "例外.jsonl").waived[0].reason == reason
