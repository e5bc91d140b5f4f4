"""The history as people read it: what concerns a unit, and nothing else."""

from __future__ import annotations

import pytest

from tests.ledger.books import NOON, WHO, arrive, campaign, finding, later, sha, submit, unit
from xlsxeval.ledger import Ledger, WaiverLine
from xlsxeval.ledger.history import history


@pytest.fixture
def told(ledger: Ledger) -> Ledger:
    """Two units, of which the first is renamed, waived and reported."""
    with ledger.write(WHO, NOON, "generate") as w:
        w.campaign_version(campaign(unit("001", "水利局"), unit("002", "林业局")), "e1")
        w.distribution("001", None, "001 水利局.xlsx", sha("表"), "c1", "e1")
    with ledger.write(WHO, later(1), "collect") as w:
        first = submit(w, "甲")
        w.judgement(first, "findings", [finding("G4"), finding("G5")])
        w.accept(first)
    with ledger.write(WHO, later(2), "collect") as w:
        w.campaign_version(campaign(unit("001", "水务局"), unit("002", "林业局")), "e1")
        w.set_receipt_aside(arrive(w, "坏", "收回/坏.xlsx"), "F002", "不是 Excel 文件")
    with ledger.write(WHO, later(3), "waive") as w:
        line = WaiverLine(1, "waive", "李科长", "2025-03-01", unit="001", code="L104", reason="有文件")
        w.mirror_waivers([line, WaiverLine(1, "withdraw", "李科长", "2025-03-02")])
    with ledger.write(WHO, later(4), "collect") as w:
        w.accept(submit(w, "乙", "002"))
    with ledger.write(WHO, later(5), "report") as w:
        w.report("001", "结果/001.docx", sha("报告"))
    return ledger


def test_all_actions_are_told_in_order(told: Ledger) -> None:
    with told.read() as r:
        chapters = history(r)
    assert [(one.action.id, len(one.lines)) for one in chapters] == [(1, 4), (2, 4), (3, 4), (4, 2), (5, 3), (6, 1)]


def test_a_units_history_is_what_concerns_it(told: Ledger) -> None:
    with told.read() as r:
        own, other = history(r, "001"), history(r, "002")
    assert [one.action.id for one in own] == [1, 2, 3, 4, 6]
    assert [one.action.id for one in other] == [1, 5]
    lines = [line for one in own for line in one.lines]
    assert [line for line in lines if "002" in line or "坏" in line or "林业局" in line] == []
    for fact in ("001 水利局.xlsx", "收回/甲.xlsx", "第 1 版", "2 处问题", "水务局", "有文件", "结果/001.docx"):
        assert any(fact in line for line in lines), fact


def test_a_new_ledger_has_no_history(ledger: Ledger) -> None:
    with ledger.read() as r:
        assert history(r) == []
