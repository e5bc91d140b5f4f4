"""The portal's health for whoever runs the server: users, links, mail, disk, the ledger."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass

from xlsxeval.board.mail import is_mail_address
from xlsxeval.campaign.workspace import Workspace
from xlsxeval.errors import UsageError, XlsxevalError
from xlsxeval.ledger.portal import AccountRole, accounts, links
from xlsxeval.results.mailing import VARIABLE, mail_server

_LEAST_FREE = 2 << 30
_OTHERS = 0o077


@dataclass(frozen=True, slots=True)
class HealthLine:
    """A line of the report; ``is_good`` is False where a person has to do something."""

    is_good: bool
    told: str


def portal_health(workspace: Workspace) -> list[HealthLine]:
    """Looks at what the portal of a campaign needs. Never raises for what it finds."""
    found = [_disk(workspace), _private(workspace), _mail(workspace)]
    try:
        found += _ledger(workspace)
    except XlsxevalError as error:
        found.append(HealthLine(is_good=False, told=f"台账：{error}"))
    return [one for one in found if one is not None]


def _ledger(workspace: Workspace) -> list[HealthLine]:
    if not workspace.has_ledger:
        return [HealthLine(is_good=True, told="台账还没有，第一次用时建")]
    with workspace.ledger(make=False) as ledger, ledger.read() as r:
        users = [one for one in accounts(r).values() if one.password is not None]
        linked = {one.unit for one in links(r) if not one.revoked}
        place = ledger.place
    organisers = sum(one.role == AccountRole.ORGANISER for one in users)
    codes = {unit.code for unit in workspace.campaign.units}
    without = len(codes - linked)
    return [
        HealthLine(is_good=True, told=f"台账 {place}"),
        HealthLine(organisers > 0, f"组织人员 {organisers} 个，查阅人员 {len(users) - organisers} 个"),
        HealthLine(not without or not linked, f"有链接的单位 {len(codes & linked)} 个，没有的 {without} 个"),
    ]


def _disk(workspace: Workspace) -> HealthLine:
    free = shutil.disk_usage(workspace.folder).free
    told = f"任务所在的盘还空 {free / (1 << 30):.1f} GB"
    return HealthLine(
        free >= _LEAST_FREE, told if free >= _LEAST_FREE else f"{told}，太少：收到的原件都要存，请腾出 2 GB 以上"
    )


def _private(workspace: Workspace) -> HealthLine | None:
    folder = workspace.folder / ".xlsxeval"
    if os.name != "posix" or not folder.is_dir():
        return None
    is_open = bool(folder.stat().st_mode & _OTHERS)
    told = f"{folder} 别的用户读得到，里面有密钥：请 chmod 700" if is_open else f"{folder} 只有本用户读得到"
    return HealthLine(not is_open, told)


def _mail(workspace: Workspace) -> HealthLine:
    try:
        server = mail_server()
    except UsageError as error:
        return HealthLine(is_good=False, told=str(error))
    reached = sum(is_mail_address(unit.email) for unit in workspace.campaign.units)
    where = "没有设，链接自己发" if server is None else f"{server.host}:{server.port}，发件人 {server.sender}"
    return HealthLine(is_good=True, told=f"邮件（{VARIABLE}）：{where}；{reached} 个单位有邮箱")
