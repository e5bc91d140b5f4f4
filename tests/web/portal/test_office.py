"""The organiser's and the auditor's pages of the portal: links, messages, users, settings, export, reviews; with PostgreSQL, too."""

from __future__ import annotations

import io
import re
import shutil
import time
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.ledger import postgres
from tests.web.conftest import Posted
from tests.web.portal.portals import URL, Portal, states, told
from xlsxeval.ledger.portal import AccountRole


def test_links_come_as_a_workbook_with_codes_to_scan(portal: Portal, posted: Posted) -> None:
    organiser = portal.user(AccountRole.ORGANISER)
    answer = organiser.post(f"/c/{portal.key}/links.xlsx", {"unit": posted.code})
    book = load_workbook(io.BytesIO(answer.data))
    (row,) = list(book.active.iter_rows(min_row=4, values_only=True))
    assert row[0] == posted.code
    assert row[2].startswith(f"{URL}/u/")
    assert portal.browser().get(row[2].removeprefix(URL)).status_code == 200
    with zipfile.ZipFile(io.BytesIO(answer.data)) as parts:
        assert [name for name in parts.namelist() if name.endswith(".png")]
    assert "没有选单位" in told(organiser.post(f"/c/{portal.key}/links.xlsx"))


def test_words_go_both_ways(portal: Portal, posted: Posted) -> None:
    organiser, unit, link = portal.user(AccountRole.ORGANISER, "王会计"), portal.browser(), portal.link(posted.code)
    address = f"/c/{portal.key}/units/{posted.code}"
    assert organiser.post(address, {"text": "第三行请核对"}).status_code == 303
    assert "第三行请核对" in unit.page(link)
    assert unit.post(f"{link}/message", {"text": "已核对，批复如此"}).status_code == 303
    page = organiser.page(address)
    assert page.index("第三行请核对") < page.index("已核对，批复如此")
    assert organiser.post(address, {"text": "  "}).status_code == 422


def test_a_unit_sees_its_review_and_not_the_note_of_the_office(portal: Portal, posted: Posted) -> None:
    organiser, unit, link = portal.user(AccountRole.ORGANISER), portal.browser(), portal.link(posted.code)
    unit.hand_in(link, ("a.xlsx", posted.files["wrong"]))
    organiser.post(f"/c/{portal.key}/reviews/{posted.code}", {"state": "returned", "note": "支出数请核对"})
    page = unit.page(link)
    assert "退回，请改好再交" in page
    assert "支出数请核对" not in page, "it is for the office alone; 留言 is for the unit"
    unit.hand_in(link, ("b.xlsx", posted.files["careful"]))
    assert "退回，请改好再交" not in unit.page(link)


def test_what_a_unit_hands_in_is_on_the_organisers_table(portal: Portal, posted: Posted) -> None:
    organiser, unit, link = portal.user(AccountRole.ORGANISER), portal.browser(), portal.link(posted.code)
    address = f"/c/{portal.key}/portal"
    before = organiser.page(address)
    unit.hand_in(link, ("a.xlsx", posted.files["wrong"]))
    after = organiser.page(address)
    assert before != after
    assert f"/reviews/{posted.code}" in after


def test_a_closed_portal_takes_nothing_and_still_shows(portal: Portal, posted: Posted) -> None:
    organiser, unit, link = portal.user(AccountRole.ORGANISER), portal.browser(), portal.link(posted.code)
    organiser.post(f"/c/{portal.key}/portal", {"closed": "on"})
    assert "停止收表" in told(unit.post(f"{link}/files", files=[("a.xlsx", posted.files["careful"])]))
    assert "停止收表" in unit.page(link)
    organiser.post(f"/c/{portal.key}/portal")
    assert states(unit.hand_in(link, ("a.xlsx", posted.files["careful"]))) == ["current"]


def test_late_is_taken_and_said(portal: Portal, posted: Posted) -> None:
    unit, link = portal.browser(), portal.link(posted.code)
    assert "已逾期 1 天，照样收" in unit.page(link)  # the clock shows June 1st, the deadline is May 31st
    unit.hand_in(link, ("a.xlsx", posted.files["careful"]))
    assert "已逾期 1 天" in unit.page(link)


def test_a_new_user_gets_a_password_once(portal: Portal) -> None:
    organiser = portal.user(AccountRole.ORGANISER)
    page = organiser.post(f"/c/{portal.key}/users", {"name": "李审计", "role": "auditor"}).text
    (password,) = re.findall(r'class="code secret">([^<]+)<', page)
    assert password not in organiser.page(f"/c/{portal.key}/users")
    auditor = portal.browser()
    assert auditor.post("/login", {"name": "李审计", "password": password}).status_code == 303
    assert 'class="reads"' in auditor.page(f"/c/{portal.key}/portal")


def test_everything_is_exported_without_keys(portal: Portal, posted: Posted) -> None:
    organiser, link = portal.user(AccountRole.ORGANISER), portal.link(posted.code)
    portal.browser().hand_in(link, ("a.xlsx", posted.files["careful"]))
    task = organiser.done(organiser.post(f"/c/{portal.key}/export"), time.sleep)
    assert task["state"] == "done", task
    data = organiser.get(task["lines"][0]["link"]).data
    folder = portal.office.folder(portal.key)
    assert folder is not None
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        assert f"算数的表/{posted.code}.xlsx" in names
        assert archive.read(f"算数的表/{posted.code}.xlsx") == posted.files["careful"]
        assert any(name.startswith("台账/receipts") for name in names)
        key = (folder / ".xlsxeval" / "key").read_bytes().strip()
        assert not any(key in archive.read(name) or b"scrypt:" in archive.read(name) for name in names)


def test_mails_without_a_server_are_refused_in_words(
    portal: Portal, posted: Posted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XLSXEVAL_SMTP", raising=False)
    organiser = portal.user(AccountRole.ORGANISER)
    task = organiser.done(organiser.post(f"/c/{portal.key}/mail", {"unit": posted.code}), time.sleep)
    assert task["state"] == "failed"
    assert "XLSXEVAL_SMTP" in task["messages"][-1]


@pytest.mark.postgres
def test_with_postgresql_the_same_and_without_it_a_page(posted: Posted, tmp_path: Path) -> None:
    """Takes as long as a database server takes to start. It is gone while a unit asks."""
    folder = tmp_path / "任务"
    shutil.copytree(posted.campaign, folder)
    (folder / ".xlsxeval" / "ledger.sqlite").unlink()
    with postgres.server() as place, postgres.database(place, "portal") as address:
        portal = Portal(folder, ledger=address)
        link, unit = portal.link(posted.code), portal.browser()
        assert states(unit.hand_in(link, ("a.xlsx", posted.files["careful"]))) == ["current"]
        organiser = portal.user(AccountRole.ORGANISER)
        assert organiser.get(f"/c/{portal.key}/portal").status_code == 200
    try:
        asked = unit.get(link)
        assert asked.status_code == 503
        assert "Retry-After" in asked.headers
        assert address not in asked.text
        assert unit.post(f"{link}/files", files=[("b.xlsx", posted.files["wrong"])]).status_code == 503
    finally:
        portal.close()
