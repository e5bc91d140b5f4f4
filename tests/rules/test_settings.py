"""What edition and campaign set reaches the findings, with and without the campaign at hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

import pytest

from tests.support.base import KEY, base
from xlsxeval.forms.campaign import Campaign
from xlsxeval.forms.schema import SettingSpec
from xlsxeval.forms.seal import make_seal
from xlsxeval.forms.settings import Settings, settings_from
from xlsxeval.intake.identity import Context, Layouts
from xlsxeval.intake.submission import read_returned
from xlsxeval.layout.placing import build_layout
from xlsxeval.model import Severity
from xlsxeval.rules.engine import judge
from xlsxeval.rules.verdict import Verdict
from xlsxeval.workbook import fill_workbook, workbook_bytes

CHECK, RULE = "S101", "V002"
LAYOUTS = Layouts()
SCORE, AMOUNT = ("附件2", "indicators[1].score"), ("附件1", "business.final")


def settings(**levels: str) -> Settings:
    return settings_from({code: SettingSpec(severity=level) for code, level in levels.items()}, "campaign")


@cache
def workbook(sent: tuple[tuple[str, str], ...]) -> bytes:
    """A workbook made with these settings: a score above its weight, and words in the place of an amount."""
    here = base()
    campaign = with_settings(settings(**dict(sent)))
    layout = build_layout(campaign, here.unit, here.edition)
    slots = {(cell.address.sheet, cell.slot.path): cell.address for cell in layout.cells.values() if cell.slot}
    places = {address: cell for address, cell in layout.cells.items() if cell.slot}
    values = {address: value for address, value in here.values.items() if address in places}
    values |= {slots[SCORE]: 6.0, slots[AMOUNT]: "约五十"}
    seal = make_seal(campaign, here.unit, here.edition, KEY)
    return fill_workbook(workbook_bytes(layout, seal, "password"), layout, values, layout.compute(values))


def with_settings(made: Settings) -> Campaign:
    return replace(base().campaign, settings=made)


def verdict(sent: Mapping[str, str], now: Mapping[str, str] | None) -> Verdict:
    """The verdict on a workbook sent out with settings; ``now`` are those of the campaign at hand, None: none is."""
    context = Context(base().library)
    if now is not None:
        context = Context(base().library, with_settings(settings(**now)), KEY)
    return judge(read_returned("a.xlsx", workbook(tuple(sorted(sent.items()))), context, LAYOUTS))


def severities(found: Verdict) -> dict[str, tuple[Severity, str | None]]:
    """Severity of the two mistakes, and who set it."""
    return {
        finding.code: (finding.severity, finding.severity_set_by)
        for finding in found.findings
        if finding.code in (CHECK, RULE)
    }


def tampering(found: Verdict) -> list[str]:
    return [finding.code for finding in found.findings if finding.code.startswith(("T1", "I0", "C1"))]


ERROR = (Severity.ERROR, None)


def test_without_settings_both_are_errors() -> None:
    found = verdict({}, {})
    assert severities(found) == {CHECK: ERROR, RULE: ERROR}
    assert found.settings == ()


@pytest.mark.parametrize("at_hand", [True, False], ids=["with the campaign", "without"])
@pytest.mark.parametrize("level", ["warning", "info"])
def test_another_severity_and_who_set_it(level: str, at_hand: bool) -> None:
    sent = {CHECK: level, RULE: level}
    found = verdict(sent, sent if at_hand else None)
    made = (Severity(level), "campaign")
    assert severities(found) == {CHECK: made, RULE: made}
    assert [setting.code for setting in found.settings] == [CHECK, RULE]


@pytest.mark.parametrize("at_hand", [True, False], ids=["with the campaign", "without"])
def test_what_is_off_is_not_found_and_is_told(at_hand: bool) -> None:
    sent = {CHECK: "off", RULE: "off"}
    found = verdict(sent, sent if at_hand else None)
    assert severities(found) == {}
    assert [(setting.code, setting.level, setting.set_by) for setting in found.settings] == [
        (CHECK, "off", "campaign"),
        (RULE, "off", "campaign"),
    ]


@pytest.mark.parametrize("sent", [{}, {CHECK: "off"}, {CHECK: "warning", RULE: "off"}])
@pytest.mark.parametrize("now", [{}, {CHECK: "off", RULE: "info"}])
def test_the_campaigns_present_word_counts_and_nothing_looks_tampered_with(
    sent: dict[str, str], now: dict[str, str]
) -> None:
    found = verdict(sent, now)
    wanted = {code: now.get(code, "error") for code in (CHECK, RULE)}
    assert {code: severity.value for code, (severity, _) in severities(found).items()} == {
        code: level for code, level in wanted.items() if level != "off"
    }
    assert tampering(found) == tampering(verdict({}, {}))


def test_the_same_severity_was_set_by_nobody() -> None:
    assert severities(verdict({CHECK: "error"}, None))[CHECK] == ERROR
