"""New, still open, fixed: a run against an earlier one that was written and read back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from tests.rules.verdicts import finding, rejected, verdict
from xlsxeval.errors import UsageError
from xlsxeval.forms.settings import RuleSetting
from xlsxeval.model import FindingState
from xlsxeval.output.earlier import read_check_json
from xlsxeval.output.formats.json import check_json
from xlsxeval.rules.earlier import compare
from xlsxeval.rules.verdict import Verdict

Told = list[tuple[list[tuple[str, str]], list[str]]]


def since(earlier: Sequence[Verdict], now: Sequence[Verdict]) -> Told:
    """Of each file the codes with their states, and the codes of what was fixed."""
    known = read_check_json("".join(check_json(earlier)).encode(), "earlier.json")
    return [
        ([(one.code, str(one.state)) for one in found.findings], [one.code for one in found.fixed])
        for found in compare(now, known)
    ]


def test_new_open_and_fixed() -> None:
    earlier = [verdict(finding("L101"), finding("L102"))]
    now = [verdict(finding("L102", shown="99"), finding("L103"))]
    assert since(earlier, now) == [([("L102", FindingState.OPEN), ("L103", FindingState.NEW)], ["L101"])]


def test_a_file_is_known_by_its_unit_not_by_its_name() -> None:
    earlier = [verdict(finding("L101")), verdict(finding("L101"), unit="002", path="b.xlsx")]
    now = [verdict(unit="002", path="改好了.xlsx")]
    assert since(earlier, now) == [([], ["L101"])]


def test_another_campaign_is_another_matter() -> None:
    assert since([verdict(finding("L101"), campaign="d")], [verdict(finding("L101"))]) == [
        ([("L101", FindingState.NEW)], [])
    ]


def test_what_did_not_come_again_is_not_fixed() -> None:
    assert since([verdict(finding("L101"))], [verdict(unit="002")]) == [([], [])]


def test_what_cannot_be_read_this_time_is_not_fixed() -> None:
    assert since([verdict(finding("L101"))], [rejected()]) == [([("F003", FindingState.NEW)], [])]


def test_what_could_not_be_read_is_known_by_its_path() -> None:
    assert since([rejected()], [rejected()]) == [([("F003", FindingState.OPEN)], [])]
    assert since([rejected()], [verdict()]) == [([], ["F003"])]
    assert since([rejected()], [verdict(path="b.xlsx")]) == [([], [])]


def test_a_part_that_did_not_come_is_not_fixed() -> None:
    earlier = [verdict(finding("L101", sheet="附件1"), finding("L102", sheet="附件2"))]
    assert since(earlier, [verdict(forms=("附件2",))]) == [([], ["L102"])]


def test_what_was_fixed_stands_at_the_part_that_it_was_in() -> None:
    earlier = [verdict(finding("L101", sheet="附件1")), verdict(finding("L102", sheet="附件2"))]
    parts = [verdict(forms=("附件1",), path="1.xlsx"), verdict(forms=("附件2",), path="2.xlsx")]
    assert since(earlier, parts) == [([], ["L101"]), ([], ["L102"])]


def test_one_of_two_at_one_place_was_fixed() -> None:
    assert since([verdict(finding(), finding())], [verdict(finding())]) == [([("L101", FindingState.OPEN)], ["L101"])]


def test_two_earlier_files_of_a_unit_are_told_once() -> None:
    earlier = [verdict(finding("L101")), verdict(finding("L101"), path="b.xlsx")]
    assert since(earlier, [verdict()]) == [([], ["L101"])]


def test_a_rule_that_was_switched_off_fixed_nothing() -> None:
    off = replace(verdict(), settings=(RuleSetting("L101", None, "campaign"),))
    assert since([verdict(finding("L101"), finding("L102"))], [off]) == [([], ["L102"])]


def test_a_renamed_sheet_that_is_right_again_was_fixed() -> None:
    assert since([verdict(finding("T120", None, sheet="附件二"))], [verdict()]) == [([], ["T120"])]


def test_the_first_run_is_all_new() -> None:
    assert since([], [verdict(finding("L101"))]) == [([("L101", FindingState.NEW)], [])]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not json",
        b"[]",
        b'{"schema": 2, "files": []}',
        b'{"schema": 1, "files": {}}',
        b'{"schema": 1, "edition": "e", "forms": []}',
        b'{"schema": 1, "files": [{"path": "a"}]}',
        b"\xff\xff\xff",
        "金额".encode("gb18030"),
    ],
)
def test_what_is_no_earlier_run_is_told_by_its_name(data: bytes) -> None:
    with pytest.raises(UsageError, match="上次\\.json"):
        read_check_json(data, "上次.json")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_that_consoles_write(encoding: str) -> None:
    (file,) = read_check_json("".join(check_json([verdict(finding())])).encode(encoding), "earlier.json")
    assert (file.unit, file.forms, [one.code for one in file.findings]) == ("001", ("附件1", "附件2"), ["L101"])
