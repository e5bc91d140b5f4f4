"""The organiser's pages about the portal: links, confirmations, messages, mails, users, settings, export."""

from __future__ import annotations

import io
import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from urllib.parse import quote

from flask import Response, abort, g, request, send_file, url_for

from xlsxeval.api import OpenCampaign
from xlsxeval.campaign.folders import RESULTS
from xlsxeval.collection.correspondence import PortalSettings
from xlsxeval.collection.unit_links import KnownLink, link_address
from xlsxeval.errors import UsageError
from xlsxeval.ledger.portal import Account, AccountRole
from xlsxeval.model import Severity
from xlsxeval.web.pages import begin, go
from xlsxeval.web.portal.office import Office
from xlsxeval.web.portal.passwords import new_password, password_hash
from xlsxeval.web.portal.session_desk import SessionDesk
from xlsxeval.web.portal.views.entrance import portal_page
from xlsxeval.web.seen import shown, unchanged
from xlsxeval.web.tasks import Task, TaskLine

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def portal(office: Office, key: str) -> str:
    """All units: link, what came, confirmation, messages; a script asks for it again every few seconds."""
    campaign = desk(office).campaign(key)
    state, links = campaign.status(), campaign.links()
    confirmed = {
        code: (person, at, files == " ".join(line.counting))
        for code, (files, person, at) in campaign.confirmations().items()
        for line in state.units
        if line.code == code
    }
    kept = campaign.portal_settings()
    values = {"state": state, "links": links, "confirmed": confirmed, "settings": kept, "shown": shown(kept)}
    values |= {"newest": _newest(one for found in links.values() for one in found)}
    values |= {"severity": Severity, "mails": campaign.mail_ready(), "base": office.address.base}
    return portal_page(office, "units", title="上报链接", key=key, step="portal", **values)


def set_portal(office: Office, key: str) -> Response:
    """Takes the settings of the campaign's portal."""
    form = request.form
    new, campaign = PortalSettings("confirm_with_errors" in form, "closed" in form), _campaign(office, key)
    with unchanged(lambda: shown(campaign.portal_settings())):
        campaign.change_portal_settings(new)
    desk(office).notice("设置已经记下。")
    return go("portal", key=key)


def links(office: Office, key: str) -> str:
    """Makes links and shows them, this once."""
    campaign = _campaign(office, key)
    with _no_newer_links(campaign):
        made = campaign.make_links(_units(), renew="renew" in request.form)
    told = [(one, link_address(office.address.base, one.token)) for one in made]
    return portal_page(office, "links", title="新的链接", key=key, step="portal", links=told)


def link_file(office: Office, key: str) -> Response:
    """Makes links and hands them out as a workbook with QR codes, this once."""
    campaign = _campaign(office, key)
    with _no_newer_links(campaign):
        made = campaign.make_links(_units(), renew="renew" in request.form)
    data = campaign.link_list(made, office.address.base)
    return send_file(io.BytesIO(data), _XLSX, as_attachment=True, download_name="上报链接.xlsx")


def revoke(office: Office, key: str) -> Response:
    """Revokes the links of the chosen units, or one link by its digest."""
    digests = request.form.getlist("digest")
    campaign = _campaign(office, key)
    with nullcontext() if digests else _no_newer_links(campaign, revokes=True):
        gone = campaign.revoke_links([] if digests else _units(), digests)
    desk(office).notice(f"收回了 {gone} 个链接，它们现在打不开了。")
    return go("portal", key=key)


def mail(office: Office, key: str) -> Response:
    """Sends the chosen units their links by mail: invitations, or reminders with what is open."""
    campaign, units = _campaign(office, key), _units()
    is_reminder, base = "remind" in request.form, office.address.base

    def send(task: Task) -> None:
        sent = campaign.send_mails(units, base, reminder=is_reminder, progress=task.progress, tell=task.tell)
        task.lines += [TaskLine(f"{one.unit}：{one.told}", kind="good" if one.sent else "bad") for one in sent]

    return begin(desk(office), key, "发邮件", send, "portal")


def correspondence(office: Office, key: str, code: str) -> str:
    """What was written to a unit and by it, its links, its confirmation."""
    campaign = desk(office).campaign(key)
    if campaign.campaign.unit(code) is None:
        abort(404)
    dossier, known = campaign.dossier(code), campaign.links().get(code, [])
    values = {"dossier": dossier, "links": known, "newest": _newest(known)}
    return portal_page(office, "correspondence", title=dossier.name, key=key, step="portal", **values)


def write(office: Office, key: str, code: str) -> Response:
    """Takes a message to a unit."""
    _campaign(office, key).write_message(code, request.form.get("text", ""))
    return go("correspondence", key=key, code=code)


def users(office: Office, key: str) -> str:
    """The users of a campaign."""
    return _users(office, key)


def _users(office: Office, key: str, new: tuple[str, str] | None = None) -> str:
    """The page of users; ``new`` is a name with the password that was made for it."""
    known = desk(office).campaign(key).accounts()
    values = {"users": known, "roles": AccountRole, "new": new, "shown": _accounts(known)}
    return portal_page(office, "users", title="用户", key=key, step="portal", **values)


def _accounts(known: Mapping[str, Account]) -> str:
    return shown(sorted((name, one.id) for name, one in known.items()))


def add_user(office: Office, key: str) -> str:
    """Adds a user, or gives one a new password; it is made here and shown once."""
    campaign, name = _campaign(office, key), request.form.get("name", "").strip()
    role = request.form.get("role", "")
    if role not in set(AccountRole):
        raise UsageError("没有选角色。请选 组织人员 或 查阅人员。")
    password = new_password()
    hashed = password_hash(password, secrets.token_hex(8))
    with unchanged(lambda: _accounts(campaign.accounts()), name):
        campaign.set_account(name, AccountRole(role), hashed)
    return _users(office, key, (name, password))


def close_user(office: Office, key: str) -> Response:
    """Closes an account: its sessions end."""
    name = request.form.get("name", "")
    campaign = _campaign(office, key)
    with unchanged(lambda: _accounts(campaign.accounts())):
        campaign.set_account(name, None, None)
    desk(office).notice(f"“{name}”已停用。")
    return go("users", key=key)


def export(office: Office, key: str) -> Response:
    """Writes everything into one archive: ledger, counting workbooks, results; without keys and passwords."""
    campaign, folder = _campaign(office, key), desk(office).folder(key)
    files = url_for("results", key=key).rpartition("/")[0]

    def write_all(task: Task) -> None:
        path = campaign.export_all(folder / RESULTS / "导出", progress=task.progress)
        address = f"{files}/files/{quote(office.places.key(path))}"
        task.lines.append(TaskLine(path.name, address, "good"))

    return begin(desk(office), key, "导出全部", write_all, "portal")


def desk(office: Office) -> SessionDesk:
    """The desk of the user who asks."""
    return SessionDesk(office, g.session)


def _campaign(office: Office, key: str) -> OpenCampaign:
    return desk(office).campaign(key)


def _newest(links: Iterable[KnownLink]) -> int:
    return max((one.number for one in links), default=0)


@contextmanager
def _no_newer_links(campaign: OpenCampaign, *, revokes: bool = False) -> Iterator[None]:
    """Within it links of the ticked units are revoked, or made. Refused where one that goes was made after the page was."""
    if not revokes and "renew" not in request.form:
        yield
        return
    units, told = _units(), request.form.get("seen", "")

    def now() -> str:
        known = campaign.links()
        newest = _newest(one for unit in units for one in known.get(unit, ()))
        return told if told.isdecimal() and newest <= int(told) else str(newest)

    with unchanged(now):
        yield


def _units() -> list[str]:
    """The units that were ticked. Raises UsageError where none was."""
    units = request.form.getlist("unit")
    if not units:
        raise UsageError("没有选单位。请勾上单位再点。")
    return units
