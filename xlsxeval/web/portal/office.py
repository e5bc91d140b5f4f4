"""All that a running portal holds: its campaigns, sessions, bounds, tasks and worker processes."""

from __future__ import annotations

import datetime as dt
import os
import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from xlsxeval.api import OpenCampaign, open_campaign
from xlsxeval.errors import UsageError, XlsxevalError
from xlsxeval.judging.front import Front
from xlsxeval.ledger.portal import AccountRole
from xlsxeval.web.path_keys import PathKeys
from xlsxeval.web.portal.passwords import is_password
from xlsxeval.web.portal.rates import RateLimit, UploadQueue
from xlsxeval.web.portal.roles import PortalRole
from xlsxeval.web.portal.sessions import PortalSession, PortalSessions
from xlsxeval.web.tasks import Tasks

MOST_UPLOADED: Final = 64 << 20
"""Bytes of one request: three workbooks of the usual bound, or an archive of many."""
_SECRETS = re.compile(r"/(u|setup)/[^/\s\"'?]+")
_AGAIN: Final = dt.timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class PortalAddress:
    """Address under which browsers know the portal: ``base`` without a slash at its end, ``prefix`` its path.

    ``hosts`` are the Host headers under which it may be asked; ``secure`` is whether browsers reach it by https.
    """

    base: str
    prefix: str
    hosts: frozenset[str]
    secure: bool


def portal_address(url: str | None, prefix: str, port: int) -> PortalAddress:
    """The address that a ``url`` names, or that of this machine. Raises UsageError for one that is none."""
    local = {f"127.0.0.1:{port}", f"localhost:{port}"}
    prefix = "/" + prefix.strip("/") if prefix.strip("/") else ""
    if not url:
        return PortalAddress(f"http://127.0.0.1:{port}{prefix}", prefix, frozenset(local), secure=False)
    parts = urlsplit(url.strip())
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise UsageError(f"--url {url}：请写浏览器里打开的网址，例如 https://jixiao.example.gov.cn/portal。")
    path = parts.path.rstrip("/")
    if prefix and prefix != path:
        raise UsageError(f"--prefix {prefix} 与 --url 里的路径“{path}”不同。请只写 --url。")
    host = parts.netloc.rpartition("@")[2].lower()
    return PortalAddress(f"{parts.scheme}://{host}{path}", path, frozenset({host, *local}), parts.scheme == "https")


@dataclass(frozen=True, slots=True)
class Knock:
    """A unit that came through its link."""

    key: str
    code: str
    campaign: OpenCampaign


class Office:
    """The portal of one server. Everything may be called from several threads at once."""

    def __init__(
        self,
        folders: Sequence[Path],
        address: PortalAddress,
        *,
        clock: Callable[[], dt.datetime],
        log: Callable[[str], None],
        ledger: str | None = None,
        templates: Path | None = None,
        fronts: Callable[[], Front] = Front,
        at_work: int | None = None,
        waiting: int = 80,
    ) -> None:
        """``ledger`` is the address of the campaigns' ledger, by default one in each folder; ``fronts`` makes the worker processes
        of a campaign; ``at_work`` is how many uploads are in work at once, by default one for each processor: with more of
        them the first would have to wait for all.

        Raises UsageError where a folder holds no campaign, DefinitionError where one is faulty.
        """
        self.address = address
        self.clock = clock
        self.templates = templates
        self._log = log
        self._fronts: list[Front] = []
        self.places = PathKeys()
        self.tasks = Tasks(self.log)
        self.sessions = PortalSessions(clock)
        self.queue = UploadQueue(at_work or min(max(os.cpu_count() or 2, 2), 8), waiting)
        self.misses = RateLimit(60, 600)
        """Links that open nothing, by address of the browser."""
        self.failures = RateLimit(5, 300)
        """Wrong passwords, by name and address of the browser."""
        self.failures_from = RateLimit(30, 900)
        """Wrong passwords, by address of the browser."""
        self.uploads = RateLimit(60, 600)
        """Uploads, by unit."""
        self.words = RateLimit(30, 3600)
        """Messages of units, by unit."""
        self.setup_token = secrets.token_urlsafe(32)
        self._campaigns: dict[str, OpenCampaign] = {}
        self._folders: dict[str, Path] = {}
        for path in folders:
            front = fronts()  # a worker has one campaign open, so each has its own
            self._fronts.append(front)
            opened = open_campaign(path, by="上报页面", clock=clock, ledger=ledger, templates=templates, front=front)
            opened.hold_ledger()
            folder = opened.folder.absolute()
            key = self.places.key(folder)
            self._campaigns[key], self._folders[key] = opened, folder

    @property
    def keys(self) -> Sequence[str]:
        """The keys of the campaigns, in the order in which they were named."""
        return list(self._campaigns)

    def campaign(self, key: str) -> OpenCampaign | None:
        """The campaign of a key, None for an unknown one."""
        return self._campaigns.get(key)

    def folder(self, key: str) -> Path | None:
        """The folder of a campaign, None for an unknown key."""
        return self._folders.get(key)

    def log(self, text: str) -> None:
        """Writes to the log, without the secrets of addresses."""
        self._log(_SECRETS.sub(r"/\1/…", text))

    # who asks

    def knock(self, token: str) -> Knock | None:
        """The unit whose page a token opens, None where it opens none. Changes nothing.

        A campaign that is out of order holds up its own units alone. Raises its error where no other knows the token.
        """
        if not 8 <= len(token) <= 64:
            return None
        fault: XlsxevalError | None = None
        for key, campaign in self._campaigns.items():
            try:
                code = campaign.unit_of_link(token)
            except XlsxevalError as error:
                fault = error
                continue
            if code is not None:
                return Knock(key, code, campaign)
        if fault is not None:
            raise fault
        return None

    def without_organiser(self) -> list[str]:
        """Keys of the campaigns that have no organiser yet."""
        return [
            key
            for key, campaign in self._campaigns.items()
            if not any(one.role == AccountRole.ORGANISER for one in campaign.accounts().values())
        ]

    def log_in(self, name: str, password: str) -> tuple[Mapping[str, PortalRole], Mapping[str, int]]:
        """Roles of a user by campaign, with the records that prove them; none where name or password is wrong."""
        known = {key: campaign.accounts().get(name) for key, campaign in self._campaigns.items()}
        proven = {
            kept: is_password(kept, password) for kept in {one.password if one else None for one in known.values()}
        }
        found = {key: one for key, one in known.items() if one is not None and proven[one.password]}
        return {key: PortalRole(one.role) for key, one in found.items()}, {key: one.id for key, one in found.items()}

    def still_holds(self, session: PortalSession) -> bool:
        """Whether the accounts behind a session are as they were; asked again after ten seconds."""
        now = self.clock()
        if dt.timedelta(0) <= now - session.checked < _AGAIN:
            return True
        for key, proof in session.proofs.items():
            account = self._campaigns[key].accounts().get(session.user)
            if account is None or account.id != proof:
                return False
        session.checked = now
        return True

    def close(self) -> None:
        """Ends tasks and worker processes."""
        self.tasks.close()
        for front in self._fronts:
            front.close()
        for campaign in self._campaigns.values():
            campaign.close()
