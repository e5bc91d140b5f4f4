"""The way in: the first page, login and logout, the first organiser, passwords."""

from __future__ import annotations

import hmac

from flask import Response, abort, g, redirect, render_template, request, url_for

from xlsxeval import api
from xlsxeval.errors import UsageError
from xlsxeval.ledger.portal import AccountRole
from xlsxeval.web.pages import go
from xlsxeval.web.portal.office import Office
from xlsxeval.web.portal.passwords import LEAST, password_hash
from xlsxeval.web.portal.session_desk import SessionDesk
from xlsxeval.web.views.home import guide as home_guide

_COOKIE = "xlsxeval-portal"


def home(office: Office) -> str | Response:
    """The campaigns of a user; for others the login."""
    if g.session is None:
        return go("login")
    desk = SessionDesk(office, g.session)
    known = [(one, g.session.roles[one.key]) for one in desk.campaigns()]
    return portal_page(office, "home", title="任务", campaigns=known)


def guide(office: Office) -> str:
    """The guide for users; for units the rules, to which findings lead."""
    if g.session is not None:
        return str(home_guide(SessionDesk(office, g.session)))
    return portal_page(office, "rules", title="规则", rules=api.rules(templates=office.templates))


def login(office: Office) -> str:
    """The form to log in with."""
    return portal_page(office, "login", title="登录", wrong=False, name="")


def enter(office: Office) -> Response | tuple[str, int] | tuple[str, int, dict[str, str]]:
    """Checks name and password, within bounds of how often, and begins a session."""
    name, place = request.form.get("name", "").strip()[:40], str(request.remote_addr)
    wait = max(office.failures.wait(f"{name}\0{place}"), office.failures_from.wait(place))
    if wait:
        text = f"试得太频繁了。请等 {wait} 秒再试；忘了密码的，请运行服务器的人重设。"
        return (
            render_template("portal/fault.html.j2", message=text, code=429, back=url_for("login")),
            429,
            {"Retry-After": str(wait)},
        )
    roles, proofs = office.log_in(name, request.form.get("password", ""))
    if not roles:
        office.failures.count(f"{name}\0{place}")
        office.failures_from.count(place)
        return portal_page(office, "login", title="登录", wrong=True, name=name), 403
    office.failures.forget(f"{name}\0{place}")
    answer = go("home")
    _keep(office, answer, office.sessions.begin(name, roles, proofs))
    return answer


def leave(office: Office) -> Response:
    """Ends the session."""
    office.sessions.end(request.cookies.get(_COOKIE, ""))
    answer = redirect(url_for("login"), 303)
    answer.delete_cookie(_COOKIE, path=office.address.prefix or "/")
    assert isinstance(answer, Response)
    return answer


def setup(office: Office, secret: str) -> str:
    """The form for the first organiser; the address stands on the server's console."""
    _prove(office, secret)
    return portal_page(office, "setup", title="第一个组织人员", least=LEAST)


def set_up(office: Office, secret: str) -> Response:
    """Makes the first organiser of every campaign that has none. The address opens nothing more then."""
    keys = _prove(office, secret)
    name, password = request.form.get("name", "").strip(), request.form.get("password", "")
    if password != request.form.get("again", ""):
        raise UsageError("两次写的密码不一样。请回到上一页再写一次。")
    hashed = password_hash(password, name)
    for key in keys:
        campaign = office.campaign(key)
        assert campaign is not None
        campaign.acting_for(f"{name}（控制台地址）").set_account(name, AccountRole.ORGANISER, hashed)
    return go("login")


def password(office: Office) -> str:
    """The form for a new password of one's own."""
    return portal_page(office, "password", title="改密码", least=LEAST)


def change_password(office: Office) -> Response:
    """Takes a new password; all sessions under the old one end."""
    name, new = g.session.user, request.form.get("password", "")
    roles, _ = office.log_in(name, request.form.get("old", ""))
    if not roles:
        raise UsageError("原来的密码不对，没有改。请再写一次；忘了的，请组织人员重设。")
    if new != request.form.get("again", ""):
        raise UsageError("两次写的新密码不一样，没有改。请再写一次。")
    hashed = password_hash(new, name)
    for key in roles:
        campaign = office.campaign(key)
        assert campaign is not None
        campaign.acting_for(name).set_account(name, None, hashed)
    return leave(office)


def portal_page(office: Office, template: str, **values: object) -> str:
    """A page of the portal that stands in its frame."""
    notices = [] if g.session is None else SessionDesk(office, g.session).take_notices()
    told = {"csrf": g.csrf, "notices": notices, "key": "", "step": "", "title": "", "steps": ()}
    return render_template(f"portal/{template}.html.j2", **{**told, **values})


def _prove(office: Office, secret: str) -> list[str]:
    """The campaigns without an organiser, where the secret is the console's; otherwise there is no such page."""
    given = hmac.compare_digest(secret.encode("utf-8", "replace"), office.setup_token.encode())
    keys = office.without_organiser() if given else []
    if not keys:
        abort(404)
    return keys


def _keep(office: Office, answer: Response, cookie: str) -> None:
    address = office.address
    answer.set_cookie(
        _COOKIE, cookie, httponly=True, samesite="Strict", secure=address.secure, path=address.prefix or "/"
    )
