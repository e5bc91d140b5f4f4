"""Who may ask the desk what: hosts, sessions, tokens, headers, and that a GET changes nothing."""

from __future__ import annotations

import ast
import hashlib
import shutil
from pathlib import Path

import pytest

from tests.web.conftest import Posted
from tests.web.desks import HOST, DeskBrowser
from xlsxeval.web import views
from xlsxeval.web.routes import ROUTES, Route

_MOST_LINES = 15
VIEWS = sorted(Path(views.__file__).parent.glob("[a-z]*.py"))


def address_of(route: Route, key: str = "0" * 16) -> str:
    return (
        route.address.replace("<key>", key)
        .replace("<code>", "101")
        .replace("<digest>", "0" * 64)
        .replace("<number>", "0" * 16)
        .replace("<name>", "hunan-2024")
    )


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_nothing_is_answered_without_a_session(desk: DeskBrowser, route: Route) -> None:
    stranger = desk.app.test_client()
    asked = stranger.open(address_of(route), method=route.method, base_url=f"http://{HOST}")
    assert asked.status_code == 401


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_a_page_of_another_host_gets_nothing(desk: DeskBrowser, route: Route) -> None:
    for host in ("evil.example", "127.0.0.1:1", "localhost", f"{HOST}.evil.example"):
        asked = desk.client.open(
            address_of(route), method=route.method, base_url="http://127.0.0.1:8080", headers={"Host": host}
        )
        assert asked.status_code == 421


@pytest.mark.parametrize("route", [one for one in ROUTES if one.method == "POST"], ids=lambda route: route.name)
def test_a_form_of_another_page_is_refused(desk: DeskBrowser, route: Route) -> None:
    for fields in ({}, {"csrf": "0" * 64}, {"csrf": "汉字"}):
        asked = desk.client.post(address_of(route), base_url=f"http://{HOST}", data=fields)
        assert asked.status_code == 403


def test_a_token_opens_once(desk: DeskBrowser) -> None:
    token = desk.door.token()
    first, second = (desk.app.test_client().get(f"/enter?token={token}", base_url=f"http://{HOST}") for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 401)
    cookie = first.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert desk.app.test_client().get("/enter?token=", base_url=f"http://{HOST}").status_code == 401


def test_every_answer_carries_the_headers(desk: DeskBrowser) -> None:
    for answer in (desk.get("/"), desk.get("/nowhere"), desk.get("/static/desk.css"), desk.post("/look")):
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_what_is_not_in_the_table_is_not_answered(desk: DeskBrowser) -> None:
    known = {
        (rule.rule, method)
        for rule in desk.app.url_map.iter_rules()
        for method in rule.methods or ()
        if method in ("GET", "POST")
    }
    beside = {("/enter", "GET"), ("/static/<name>", "GET")}
    assert known == {(route.address, route.method) for route in ROUTES} | beside
    assert desk.get("/static/../setup.cfg").status_code == 404
    assert desk.get("/static/base.html.j2").status_code == 404
    assert desk.get("/../../etc/passwd").status_code == 404
    for route in ROUTES:
        if route.method == "GET" and not any(one.address == route.address and one.method == "POST" for one in ROUTES):
            assert desk.post(address_of(route)).status_code == 405


def test_a_get_changes_nothing(desk: DeskBrowser, posted: Posted, tmp_path: Path) -> None:
    campaign = tmp_path / "任务"
    shutil.copytree(posted.campaign, campaign)
    key = desk.work.register(campaign)
    desk.done(desk.post(f"/c/{key}/returns", files={"甲.xlsx": posted.files["careful"]}))
    before = content(campaign)
    for route in ROUTES:
        if route.method == "GET":
            assert desk.get(address_of(route, key).replace("101", posted.code)).status_code in (200, 404)
    assert content(campaign) == before
    assert desk.log == []


def content(folder: Path) -> dict[str, str]:
    """Digests of all files but the mark of the desk's presence and the ledger's scratch files."""
    files = (
        path for path in folder.rglob("*") if path.is_file() and path.name != "desk.json" and "-wal" not in path.name
    )
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files if "-shm" not in path.name}


def test_keys_that_were_not_given_out_name_nothing(desk: DeskBrowser) -> None:
    for key in ("0" * 16, "..", "%2e%2e", "a" * 500, "campaign"):
        for route in ROUTES:
            if "<key>" in route.address:
                asked = desk.client.open(
                    address_of(route, key), method=route.method, base_url=f"http://{HOST}", data={"csrf": desk.csrf}
                )
                assert asked.status_code in (303, 308, 400, 404, 405, 422), (route, key)
                assert asked.status_code != 303, (route, key)
    assert desk.log == []


@pytest.mark.parametrize("file", VIEWS, ids=lambda path: path.stem)
def test_a_view_is_short(file: Path) -> None:
    shown = {route.view.__name__ for route in ROUTES}
    for node in ast.parse(file.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef) and node.name in shown:
            assert (node.end_lineno or 0) - node.lineno + 1 - len(
                (ast.get_docstring(node) or "").splitlines()
            ) <= _MOST_LINES, node.name
