"""A finding is known again by its fingerprint, and no two of a file have the same."""

from __future__ import annotations

from dataclasses import replace

from tests.rules.verdicts import finding, verdict


def prints(*findings: object) -> list[str]:
    return [one.fingerprint("001") for one in verdict(*findings).findings]  # type: ignore[arg-type]


def test_the_value_takes_no_part() -> None:
    assert prints(finding(shown="1")) == prints(finding(shown="2", message="别的话"))


def test_several_at_one_place_are_counted() -> None:
    same = finding()
    found = prints(same, same, same)
    assert len(set(found)) == 3
    assert found[0] == same.fingerprint("001")


def test_what_tells_them_apart_is_not_counted() -> None:
    one, other = replace(finding(), aspect="甲"), replace(finding(), aspect="乙")
    assert prints(one, other) == [one.fingerprint("001"), other.fingerprint("001")]


def test_an_aspect_that_is_a_number_is_no_count() -> None:
    assert len(set(prints(finding(), finding(), replace(finding(), aspect="2")))) == 3


def test_rule_unit_sheet_and_place_tell_apart() -> None:
    found = [
        finding().fingerprint("001"),
        finding().fingerprint("002"),
        finding(code="L102").fingerprint("001"),
        finding(sheet="附件1").fingerprint("001"),
        finding(cell="G5").fingerprint("001"),
    ]
    assert len(set(found)) == len(found)


def test_a_field_that_moved_is_the_same_field() -> None:
    assert finding(field="funds.rate").fingerprint("001") == finding(cell="G9", field="funds.rate").fingerprint("001")
