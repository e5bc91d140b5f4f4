"""The portal's part of the ledger, in SQLite and PostgreSQL alike: the last event of each thing holds, all of them are history."""

from __future__ import annotations

from pathlib import Path

from tests.ledger.books import CAMPAIGN, WHO, campaign, later, sha, unit
from xlsxeval.ledger import Excerpt, Ledger, portal
from xlsxeval.ledger.history import history
from xlsxeval.ledger.portal import AccountRole


def written(ledger: Ledger) -> None:
    with ledger.write(WHO, later(1), "account") as w:
        w.campaign_version(campaign(unit("001", "甲"), unit("002", "乙")), "e1")
        portal.record_account(w, "王会计", AccountRole.ORGANISER, "一")
        portal.record_account(w, "李审计", AccountRole.AUDITOR, "二")
    with ledger.write("王会计", later(2), "links") as w:
        for code, digest in (("001", sha("a")), ("001", sha("b")), ("002", sha("c"))):
            portal.record_link(w, code, digest)
    with ledger.write("王会计", later(3), "account") as w:
        portal.record_account(w, "王会计", AccountRole.ORGANISER, "三")
        portal.record_account(w, "李审计", AccountRole.AUDITOR, None)
        portal.record_link(w, "001", sha("a"), revoked=True)
        portal.record_message(w, "001", "请改", from_unit=False)
        portal.record_message(w, "002", "好的", from_unit=True)
        portal.record_confirmation(w, "001", [sha("y"), sha("x")], "赵某", 2)
        portal.record_setting(w, "closed", "yes")
        portal.record_setting(w, "closed", "no")


def test_the_last_word_holds(ledger: Ledger) -> None:
    written(ledger)
    with ledger.read() as r:
        assert {name: (one.role, one.password) for name, one in portal.accounts(r).items()} == {
            "王会计": ("organiser", "三"),
            "李审计": ("auditor", None),
        }
        assert [(one.unit, one.revoked) for one in portal.links(r)] == [("001", True), ("001", False), ("002", False)]
        assert [one.unit for one in portal.links(r, digest=sha("c"))] == ["002"]
        assert portal.links(r, digest=sha("d")) == []
        assert [one.text for one in portal.messages(r, "001")] == ["请改"]
        assert portal.confirmations(r)["001"].files == " ".join(sorted([sha("x"), sha("y")]))
        assert portal.settings(r) == {"closed": "no"}


def test_an_excerpt_has_what_is_about_its_units(ledger: Ledger) -> None:
    written(ledger)
    with ledger.read() as r:
        excerpt = Excerpt(r, ["002"], ())
        assert [one.unit for one in portal.links(excerpt)] == ["002"]
        assert [one.text for one in portal.messages(excerpt)] == ["好的"]
        assert portal.confirmations(excerpt) == {}


def test_arrivals_through_a_place_are_those_alone(ledger: Ledger) -> None:
    with ledger.write(WHO, later(1), "receive") as w:
        wanted = w.receipt(sha("a"), 1, "a.xlsx", "链接:00_1/a.xlsx")
        for source in ("链接:00_12/a.xlsx", "链接:00x1/a.xlsx", "收回/链接:00_1/a.xlsx"):
            w.receipt(sha(source), 1, "a.xlsx", source)
    with ledger.read() as r:
        assert portal.arrivals_through(r, "链接:00_1/") == [wanted]


def test_history_names_who_and_what_and_no_secret(ledger: Ledger) -> None:
    written(ledger)
    with ledger.read() as r:
        lines = [line for chapter in history(r) for line in chapter.lines]
        own = [line for chapter in history(r, "002") for line in chapter.lines]
    assert "开户：王会计（组织人员）" in lines
    assert "改密码：王会计（组织人员）" in lines
    assert "停用：李审计（查阅人员）" in lines
    assert any("确认上报（赵某），当时还有 2 处错误" in line for line in lines)
    assert any("好的" in line for line in own)
    assert not any("请改" in line for line in own)
    assert not any(sha("a") in line for line in lines)


def test_no_export_has_a_hash_of_a_password(ledger: Ledger) -> None:
    written(ledger)
    with ledger.read() as r:
        (table,) = (one for one in r.extracts() if one.name == "accounts")
    assert "password" not in [name for name, _ in table.columns]
    assert not any(secret in row for row in table.rows for secret in ("一", "二", "三"))
    assert len(table.rows) == 4


def test_a_backup_has_everything(ledger: Ledger, tmp_path: Path) -> None:
    written(ledger)
    ledger.copy_to(tmp_path / "copy.sqlite")
    with Ledger.open(tmp_path / "copy.sqlite", CAMPAIGN, later(9)) as copy, copy.read() as r:
        assert portal.accounts(r)["王会计"].password == "三"
        assert len(portal.links(r)) == 3
