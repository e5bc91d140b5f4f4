"""What a unit owes, what is missing of it, and what waits for a choice; which findings are not the unit's own."""

from __future__ import annotations

import pytest

from tests.board.offices import EDITION, came, campaign, error, unit
from xlsxeval.layout.unit_standing import HeldSheets, UnitStanding, unit_standing
from xlsxeval.rules.organiser import OF_THE_ORGANISER, of_the_unit
from xlsxeval.rules.registry import rules
from xlsxeval.rules.unit_standings import doubt, unit_standings

OWED = ("附件1", "附件2")
WHOLE, UNKNOWN = HeldSheets(None, frozenset(OWED)), HeldSheets(None)
FIRST, SECOND = HeldSheets("附件1"), HeldSheets("附件2")


@pytest.mark.parametrize(
    ("files", "undecided", "expected"),
    [
        ((), (), UnitStanding(OWED, came=False, missing=OWED)),
        ((WHOLE,), (), UnitStanding(OWED, came=True, missing=())),
        ((UNKNOWN,), (), UnitStanding(OWED, came=True, missing=())),
        ((HeldSheets(None, frozenset({"附件1"})),), (), UnitStanding(OWED, came=True, missing=("附件2",))),
        ((FIRST,), (), UnitStanding(OWED, came=True, missing=("附件2",))),
        ((FIRST, SECOND), (), UnitStanding(OWED, came=True, missing=())),
        ((WHOLE, WHOLE), (None,), UnitStanding(OWED, came=True, missing=(), waiting=(None,))),
        ((FIRST, SECOND, SECOND), ("附件2",), UnitStanding(OWED, came=True, missing=(), waiting=("附件2",))),
        ((WHOLE, FIRST), (), UnitStanding(OWED, came=True, missing=(), waiting=(None,), is_doubled=True)),
        ((HeldSheets("附件9"),), (), UnitStanding(OWED, came=True, missing=OWED)),
    ],
    ids=["nothing", "whole", "unknown", "less", "part", "parts", "two", "two of a part", "whole and part", "another"],
)
def test_a_unit_stands_by_the_files_that_count_or_wait(
    files: tuple[HeldSheets, ...], undecided: tuple[str | None, ...], expected: UnitStanding
) -> None:
    assert unit_standing(OWED, files, undecided) == expected


def test_everything_came_is_not_nothing_is_left_to_do() -> None:
    waits = unit_standing(OWED, (FIRST, SECOND, SECOND), ("附件2",))
    assert (waits.is_complete, waits.is_settled) == (True, False)
    assert (waits.counts("附件1"), waits.counts("附件2")) == (True, False)
    doubled = unit_standing(OWED, (WHOLE, FIRST))
    assert (doubled.counts(None), doubled.counts("附件1")) == (False, False)


def test_verdicts_tell_what_a_ledger_does() -> None:
    one, two, three = unit("001", "一局"), unit("002", "二局"), unit("003", "三局")
    verdicts = [
        came(one, content="a"),
        came(one, content="a"),  # the same file twice is one
        came(two, part="附件1", content="a"),
        came(two, part="附件1", content="b"),
        came(unit("009", "别的局")),
    ]
    found = unit_standings(campaign(one, two, three), EDITION, verdicts)
    assert found.keys() == {"001", "002", "003"}
    assert (found["001"].is_settled, found["003"].came) == (True, False)
    assert found["002"].waiting == ("附件1",)
    assert found["002"].missing == tuple(sheet for sheet in found["002"].owed if sheet != "附件1")


def test_a_doubt_names_what_waits_and_what_is_missing() -> None:
    assert doubt(unit_standing(OWED, ())) == ""
    assert doubt(unit_standing(OWED, (WHOLE,))) == ""
    assert "附件2" in doubt(unit_standing(OWED, (FIRST,)))
    both = doubt(unit_standing(OWED, (FIRST, FIRST), ("附件1",)))
    assert all(sheet in both for sheet in OWED)
    assert "「" not in doubt(unit_standing(OWED, (WHOLE, WHOLE), (None,)))


def test_findings_for_the_organiser_are_those_of_rules_over_several_files() -> None:
    over_several = {rule.code for rule in rules() if rule.over_batch is not None}
    assert over_several > OF_THE_ORGANISER
    told = came(unit("001", "一局"), error(code="I030"), error(), error(code="X108"))
    assert [finding.code for finding in of_the_unit(told).findings] == ["L101"]
