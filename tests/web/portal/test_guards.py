"""Who may ask the portal what: every route with every role; tokens, forms of other sites, headers, rates, logs."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.conftest import Posted
from tests.web.portal.portals import HASH, PASSWORD, URL, Portal, PortalBrowser, told
from tests.web.test_guards import content
from xlsxeval.ledger.portal import AccountRole
from xlsxeval.web.portal.roles import PortalRole
from xlsxeval.web.portal.routes import CARRIED, LEFT_OUT, PORTAL_ROUTES, PortalRoute
from xlsxeval.web.routes import ROUTES


class Street:
    """A portal, a browser for every role, and a link."""

    def __init__(self, portal: Portal, code: str) -> None:
        self.portal = portal
        self.code = code
        self.link = portal.link(code)
        self.browsers = {
            PortalRole.VISITOR: portal.browser(),
            PortalRole.UNIT: portal.browser(),
            PortalRole.AUDITOR: portal.user(AccountRole.AUDITOR),
            PortalRole.ORGANISER: portal.user(AccountRole.ORGANISER),
        }

    def address(self, route: PortalRoute) -> str:
        return (
            route.address.replace("/u/<token>", self.link)
            .replace("<key>", self.portal.key)
            .replace("<code>", self.code)
            .replace("<digest>", "0" * 64)
            .replace("<number>", "77")
            .replace("<secret>", "x" * 43)
        )


@pytest.fixture(scope="module")
def street(posted: Posted, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Street]:
    """Not to be changed by what is refused; what is allowed may change it."""
    folder = tmp_path_factory.mktemp("street") / posted.campaign.name
    shutil.copytree(posted.campaign, folder)
    portal = Portal(folder)
    yield Street(portal, posted.code)
    portal.close()


PAIRS = [(route, role) for route in PORTAL_ROUTES for role in PortalRole]


@pytest.mark.parametrize(("route", "role"), PAIRS, ids=lambda one: getattr(one, "name", "").lower() or str(one))
def test_a_route_answers_only_those_who_may_use_it(street: Street, route: PortalRoute, role: PortalRole) -> None:
    """A unit's routes are opened by the link and nothing else, whoever holds it."""
    browser, address = street.browsers[role], street.address(route)
    if role is not PortalRole.UNIT and route.who == {PortalRole.UNIT}:
        address = address.replace(street.link, "/u/" + "A" * 22)
    if route.name == "leave":
        return  # ends the session that the other routes need; see test_a_session_ends
    asked = browser.get(address) if route.method == "GET" else browser.post(address)
    if role in route.who and route.name not in ("setup", "set_up"):
        assert asked.status_code in (200, 303, 400, 403 if route.name == "enter" else 404, 404, 422), asked.text
        assert "Location" not in asked.headers or "/login" not in asked.headers["Location"] or route.name == "home"
    else:
        assert asked.status_code in (303, 401, 403, 404)
        assert asked.status_code != 303 or asked.headers["Location"].endswith("/login")
    assert street.portal.log == []


def test_every_route_of_the_desk_was_decided_about() -> None:
    names = {route.name for route in ROUTES}
    assert CARRIED.keys() | LEFT_OUT == names
    assert not CARRIED.keys() & LEFT_OUT
    for route in ROUTES:
        if route.method == "POST" and route.name in CARRIED:
            assert CARRIED[route.name] == {PortalRole.ORGANISER}, "an auditor only reads"


def test_what_is_not_in_the_table_is_not_answered(street: Street) -> None:
    known = {
        (rule.rule, method)
        for rule in street.portal.app.url_map.iter_rules()
        for method in rule.methods or ()
        if method != "HEAD"
    }
    assert known == {(route.address, route.method) for route in PORTAL_ROUTES} | {("/static/<name>", "GET")}
    organiser = street.browsers[PortalRole.ORGANISER]
    for address in ("/browse", "/quit", "/static/../setup.cfg", "/static/base.html.j2", "/c/../../etc/passwd", "/new"):
        assert organiser.get(address).status_code == 404
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"):
        assert organiser.open(method, "/login").status_code == 405


def test_a_link_of_one_unit_opens_nothing_of_another(street: Street) -> None:
    """Numbers of receipts and digests are asked for through a link: those of others are not there."""
    for path in ("files/1", "receipts/1", "receipts/1.docx", "carried/1.xlsx", f"annotated/{'0' * 64}.xlsx"):
        assert street.browsers[PortalRole.UNIT].get(f"{street.link}/{path}").status_code in (404, 422)


@pytest.mark.parametrize(
    "guess", ["A" * 22, "", "a" * 500, "汉字汉字汉字汉字", "%00%00%00%00%00%00%00%00", "../../../../x", "' OR 1=1 --"]
)
def test_a_token_is_not_guessed(street: Street, guess: str) -> None:
    asked = street.portal.browser().get(f"/u/{guess}")
    assert asked.status_code == 404
    assert guess not in asked.text or not guess


def test_whoever_guesses_is_slowed_down_and_good_links_still_open(portal: Portal, posted: Posted) -> None:
    browser, link = portal.browser(REMOTE_ADDR="203.0.113.9"), portal.link(posted.code)
    codes = [browser.get(f"/u/{number:022}").status_code for number in range(62)]
    assert codes[:60] == [404] * 60
    assert codes[60:] == [429] * 2
    assert int(browser.get("/u/" + "0" * 22).headers["Retry-After"]) > 0
    assert browser.get(link).status_code == 200
    assert portal.browser(REMOTE_ADDR="203.0.113.10").get("/u/" + "0" * 22).status_code == 404


def test_a_password_is_not_guessed(portal: Portal) -> None:
    portal.user(AccountRole.ORGANISER, "王会计")
    thief = portal.browser(REMOTE_ADDR="203.0.113.9")
    codes = [thief.post("/login", {"name": "王会计", "password": f"猜{number}"}).status_code for number in range(7)]
    assert codes == [403] * 5 + [429] * 2
    assert thief.post("/login", {"name": "王会计", "password": PASSWORD}).status_code == 429
    elsewhere = portal.browser(REMOTE_ADDR="203.0.113.10")
    assert elsewhere.post("/login", {"name": "王会计", "password": PASSWORD}).status_code == 303, (
        "the owner is not locked out"
    )
    many = [thief.post("/login", {"name": f"人{number}", "password": "x"}).status_code for number in range(40)]
    assert many[-1] == 429


def test_a_name_that_is_none_is_answered_alike(portal: Portal) -> None:
    portal.user(AccountRole.ORGANISER, "王会计")
    browser = portal.browser()
    answers = [
        told(browser.post("/login", {"name": name, "password": "不对的密码"})) for name in ("王会计", "没有这个人")
    ]
    assert answers[0] == answers[1]


def test_a_form_of_another_site_is_refused(street: Street) -> None:
    organiser = street.browsers[PortalRole.ORGANISER]
    for route in PORTAL_ROUTES:
        if route.method != "POST":
            continue
        address = street.address(route)
        assert organiser.post(address, **{"Sec-Fetch-Site": "cross-site"}).status_code in (403, 404), route.name
        assert organiser.post(address, **{"Sec-Fetch-Site": "same-site"}).status_code in (403, 404), route.name
        assert organiser.post(address, Origin="https://evil.example").status_code in (403, 404), route.name
        if route.who <= {PortalRole.ORGANISER, PortalRole.AUDITOR}:
            assert organiser.post(address, {"csrf": "0" * 64}).status_code == 403, route.name
            assert organiser.post(address, {"csrf": "汉字"}).status_code == 403, route.name


def test_a_page_of_another_host_gets_nothing(street: Street) -> None:
    browser = street.browsers[PortalRole.ORGANISER]
    for host in ("evil.example", "jixiao.example.gov.cn.evil.example", "jixiao.example.gov.cn:81", "127.0.0.1"):
        asked = browser.get("/", Host=host)
        assert asked.status_code == 421
        assert host not in asked.text


def test_every_answer_carries_the_headers(street: Street) -> None:
    unit = street.browsers[PortalRole.UNIT]
    for answer in (
        unit.get(street.link),
        unit.get("/nowhere"),
        unit.get("/static/desk.css"),
        unit.post(f"{street.link}/files"),
    ):
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "max-age" in answer.headers["Strict-Transport-Security"]
    assert unit.get(street.link).headers["Cache-Control"] == "no-store"


def test_a_session_is_a_cookie_that_scripts_and_other_sites_do_not_get(portal: Portal) -> None:
    browser = portal.browser()
    portal.user(AccountRole.ORGANISER, "王会计")
    cookie = browser.post("/login", {"name": "王会计", "password": PASSWORD}).headers["Set-Cookie"]
    for word in ("HttpOnly", "Secure", "SameSite=Strict", "Path=/"):
        assert word in cookie
    assert "Max-Age" not in cookie


def test_a_session_ends(portal: Portal) -> None:
    organiser = portal.user(AccountRole.ORGANISER, "王会计")
    assert organiser.get("/password").status_code == 200
    assert organiser.post("/logout").status_code == 303
    assert organiser.get("/password").status_code == 303
    idle = portal.user(AccountRole.AUDITOR, "李审计")
    portal.clock.now += dt.timedelta(hours=2, minutes=1)
    assert idle.get("/password").status_code == 303
    busy = portal.user(AccountRole.AUDITOR, "李审计")
    for _ in range(13):
        portal.clock.now += dt.timedelta(hours=1)
        last = busy.get("/password").status_code
    assert last == 303


def test_a_closed_account_and_a_new_password_end_the_sessions(portal: Portal) -> None:
    organiser, auditor = portal.user(AccountRole.ORGANISER, "王会计"), portal.user(AccountRole.AUDITOR, "李审计")
    portal.clock.now += dt.timedelta(minutes=1)
    assert organiser.post(f"/c/{portal.key}/users/close", {"name": "李审计"}).status_code == 303
    assert auditor.get(f"/c/{portal.key}/portal").status_code == 303
    again = portal.browser().post("/login", {"name": "李审计", "password": PASSWORD})
    assert again.status_code == 403
    other = portal.browser()
    other.post("/login", {"name": "王会计", "password": PASSWORD})
    new = "明天天气也很好适合填"
    fields = {"old": PASSWORD, "password": new, "again": new}
    assert organiser.post("/password", fields).status_code == 303
    portal.clock.now += dt.timedelta(minutes=1)
    assert other.get("/password").status_code == 303
    assert portal.browser().post("/login", {"name": "王会计", "password": new}).status_code == 303


def test_the_last_organiser_cannot_be_closed(portal: Portal) -> None:
    organiser = portal.user(AccountRole.ORGANISER, "王会计")
    assert "唯一" in told(organiser.post(f"/c/{portal.key}/users/close", {"name": "王会计"}))


@pytest.mark.parametrize("password", ["短", "aaaaaaaaaaaaaaaa", "王会计12345", "长" * 201])
def test_a_weak_password_is_refused(portal: Portal, password: str) -> None:
    fields = {"name": "王会计", "password": password, "again": password}
    assert portal.browser().post(f"/setup/{portal.office.setup_token}", fields).status_code == 422


def test_the_first_organiser_is_made_once(portal: Portal) -> None:
    address, browser = f"/setup/{portal.office.setup_token}", portal.browser()
    assert browser.get(address).status_code == 200
    assert browser.get(address).status_code == 200, "a look uses nothing up"
    assert browser.get("/setup/" + "x" * 43).status_code == 404
    fields = {"name": "王会计", "password": PASSWORD, "again": PASSWORD}
    assert browser.post(address, fields).status_code == 303
    assert browser.get(address).status_code == 404
    assert browser.post(address, fields).status_code == 404
    assert browser.post("/login", {"name": "王会计", "password": PASSWORD}).status_code == 303


def test_a_get_changes_nothing_and_uses_up_no_link(portal: Portal, posted: Posted) -> None:
    """Mail and chat programs open links to show what is behind them."""
    link, organiser = portal.link(posted.code), portal.user(AccountRole.ORGANISER)
    portal.browser().hand_in(link, ("甲.xlsx", posted.files["careful"]))
    street = Street.__new__(Street)
    street.portal, street.code, street.link = portal, posted.code, link
    folder = portal.office.folder(portal.key)
    assert folder is not None
    before = content(folder)
    for route in PORTAL_ROUTES:
        if route.method == "GET":
            address = street.address(route).replace("/77", "/1")
            assert organiser.get(address).status_code in (200, 303, 404, 422), route.name
    assert portal.browser().open("HEAD", link).status_code == 200
    assert content(folder) == before
    assert portal.browser().get(link).status_code == 200
    assert portal.log == []


def test_nothing_secret_is_logged_or_shown(portal: Portal, posted: Posted, monkeypatch: pytest.MonkeyPatch) -> None:
    link = portal.link(posted.code)
    token = link.rpartition("/")[2]
    folder = portal.office.folder(portal.key)
    assert folder is not None
    for path in folder.rglob("*"):
        if path.is_file():
            assert token.encode() not in path.read_bytes(), path
    kept = hashlib.sha256(token.encode()).hexdigest().encode()
    assert any(kept in path.read_bytes() for path in folder.rglob("*") if path.is_file())
    from xlsxeval.web.portal.office import Office

    def broken(self: Office, told: str) -> None:
        raise RuntimeError(f"while {link}/files?x was asked, and /setup/{self.setup_token}")

    monkeypatch.setattr(Office, "knock", broken)
    answer = portal.browser().get(link)
    assert answer.status_code == 500
    assert token not in answer.text
    assert portal.log
    assert not any(token in line or portal.office.setup_token in line for line in portal.log)


def test_a_link_is_revoked_and_renewed(portal: Portal, posted: Posted) -> None:
    organiser, browser = portal.user(AccountRole.ORGANISER), portal.browser()
    old = portal.link(posted.code)
    page = organiser.post(f"/c/{portal.key}/links", {"unit": posted.code}).text
    (second,) = set(re.findall(rf"{URL}(/u/[\w-]+)", page))
    assert [browser.get(one).status_code for one in (old, second)] == [200, 200]
    page = organiser.post(f"/c/{portal.key}/links", {"unit": posted.code, "renew": "on"}).text
    (third,) = set(re.findall(rf"{URL}(/u/[\w-]+)", page))
    assert [browser.get(one).status_code for one in (old, second, third)] == [404, 404, 200]
    assert third.rpartition("/")[2] not in organiser.page(f"/c/{portal.key}/units/{posted.code}")
    assert organiser.post(f"/c/{portal.key}/revoke", {"unit": posted.code}).status_code == 303
    assert browser.get(third).status_code == 404


def test_a_header_is_not_split(portal: Portal, posted: Posted) -> None:
    link, browser = portal.link(posted.code), portal.browser()
    name = "a\r\nSet-Cookie: x=1\r\n\r\n<script>alert(1)</script>.xlsx"
    answer = browser.post(f"{link}/files", files=[(name, posted.files["careful"])])
    assert answer.status_code in (303, 400, 422)
    page = browser.page(link)
    assert "<script>alert" not in page
    for address in re.findall(r'href="([^"]+/files/\d+)"', page):
        got = browser.get(address)
        assert "x=1" not in got.headers.get("Set-Cookie", "")
        assert got.headers["Content-Disposition"].startswith("attachment")


def test_a_path_in_a_name_leads_nowhere(portal: Portal, posted: Posted, tmp_path: Path) -> None:
    link, browser = portal.link(posted.code), portal.browser()
    before = {path for path in tmp_path.rglob("*") if ".xlsxeval" not in path.parts}
    for name in ("../../../../tmp/x.xlsx", "..\\..\\x.xlsx", "/etc/passwd", "C:\\x.xlsx", "a/b/附件.xlsx"):
        assert browser.post(f"{link}/files", files=[(name, posted.files["careful"])]).status_code in (303, 422)
    assert {path for path in tmp_path.rglob("*") if ".xlsxeval" not in path.parts} == before


def test_a_text_of_a_unit_is_no_markup(portal: Portal, posted: Posted) -> None:
    link, browser, organiser = portal.link(posted.code), portal.browser(), portal.user(AccountRole.ORGANISER)
    text = "<script>alert(1)</script>{{ 7*7 }}<img src=x onerror=alert(1)>"
    assert browser.post(f"{link}/message", {"text": text}).status_code == 303
    for page in (browser.page(link), organiser.page(f"/c/{portal.key}/units/{posted.code}")):
        assert "<script>alert" not in page
        assert "<img" not in page
        assert "{{ 7*7 }}" in page


def test_units_write_and_send_within_bounds(portal: Portal, posted: Posted) -> None:
    link, browser = portal.link(posted.code), portal.browser()
    codes = [browser.post(f"{link}/message", {"text": "问"}).status_code for _ in range(32)]
    assert codes == [303] * 30 + [422] * 2
    assert browser.post(f"{link}/message", {"text": "长" * 2001}).status_code == 422
    codes = [browser.post(f"{link}/files").status_code for _ in range(62)]
    assert codes == [422] * 60 + [429] * 2


def test_a_request_that_is_too_large_is_refused(portal: Portal, posted: Posted) -> None:
    link, browser = portal.link(posted.code), portal.browser()
    answer = browser.open("POST", f"{link}/files", data=b"x", environ_overrides={"CONTENT_LENGTH": str((64 << 20) + 1)})
    assert answer.status_code == 413
    fields = {f"f{number}": "x" for number in range(400)}
    assert browser.post(f"{link}/files", fields).status_code == 413
    assert browser.post(f"{link}/message", {"text": "长" * (1 << 20)}).status_code == 413


def test_a_full_queue_is_told_with_its_length(posted: Posted, tmp_path: Path) -> None:
    folder = tmp_path / "任务"
    shutil.copytree(posted.campaign, folder)
    portal = Portal(folder, at_work=1, waiting=0)
    try:
        link, browser = portal.link(posted.code), portal.browser()
        with portal.office.queue.turn() as mine:
            assert mine
            answer = browser.post(f"{link}/files", files=[("a.xlsx", posted.files["careful"])])
            assert answer.status_code == 503
            assert answer.headers["Retry-After"] == "60"
            assert "没有收下" in told(answer)
        browser.hand_in(link, ("a.xlsx", posted.files["careful"]))
    finally:
        portal.close()


def logged_in(portal: Portal, name: str) -> PortalBrowser:
    browser = portal.browser()
    assert browser.post("/login", {"name": name, "password": PASSWORD}).status_code == 303
    return browser


def test_a_user_of_one_campaign_sees_nothing_of_another(posted: Posted, tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("甲", "乙")]
    for folder in folders:
        shutil.copytree(posted.campaign, folder)
    portal = Portal(*folders)
    try:
        portal.user(AccountRole.ORGANISER, "王会计")
        second = portal.office.campaign(portal.office.keys[1])
        assert second is not None
        first, other = portal.office.keys
        second.set_account("李会计", AccountRole.ORGANISER, HASH)
        browser = logged_in(portal, "李会计")
        assert browser.get(f"/c/{other}/portal").status_code == 200
        for route in PORTAL_ROUTES:
            if "<key>" in route.address:
                address = route.address.replace("<key>", first).replace("<code>", posted.code)
                address = address.replace("<digest>", "0" * 64).replace("<number>", "1")
                assert browser.open(route.method, address, data={"csrf": browser.csrf()}).status_code == 404, route.name
        assert first not in browser.page("/")
        (folders[0] / "campaign.yaml").write_text("campaign: [", encoding="utf-8")
        (folders[0] / "名册.xlsx").unlink()
        (made,) = second.make_links()
        assert browser.get(f"/u/{made.token}").status_code == 200, (
            "a campaign that is out of order holds up its own units alone"
        )
        assert portal.browser().get("/u/" + "0" * 22).status_code == 503
    finally:
        portal.close()
