"""All that a running desk holds: its campaigns, tasks, looked-at files, settings and worker processes."""

from __future__ import annotations

import datetime as dt
import secrets
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Final

from xlsxeval.api import OpenCampaign, open_campaign
from xlsxeval.campaign.source import is_campaign
from xlsxeval.errors import DefinitionError, XlsxevalError
from xlsxeval.judging.front import Front
from xlsxeval.web.occupancy import Occupancy
from xlsxeval.web.path_keys import PathKeys
from xlsxeval.web.settings import DeskSettings, SettingsFile
from xlsxeval.web.tasks import Tasks

if TYPE_CHECKING:
    from xlsxeval.output.drawn_return import DrawnReturn

_LOOKED_AT: Final = 100


@dataclass(frozen=True, slots=True)
class KnownCampaign:
    """A campaign on the first page. ``fault`` says why it cannot be opened now, else it is empty."""

    key: str
    folder: Path
    title: str
    fault: str = ""


class Workplace:
    """The desk of one user. Everything may be called from several threads at once."""

    def __init__(
        self,
        settings: SettingsFile,
        home: Path,
        *,
        clock: Callable[[], dt.datetime],
        log: Callable[[str], None] = lambda text: None,
        templates: Path | None = None,
        front: Front | None = None,
        opener: Callable[[Path], object] | None = None,
    ) -> None:
        """``home`` is the folder for new campaigns; ``front`` are the worker processes, by default some of its own.

        ``opener`` opens a file or a folder in the program that the user has for it; None where the pages are on another
        machine.
        """
        self.opener = opener
        self.home = home
        self.clock = clock
        self.log = log
        self.templates = templates
        self.front = front or Front()
        self._shares_front = front is not None
        self.places = PathKeys()
        self.tasks = Tasks(log)
        self.notices: list[str] = []
        self.last_asked = clock()
        self.quitting = False
        self._file = settings
        self._settings = settings.load()
        self._lock = Lock()
        self._open: dict[Path, OpenCampaign] = {}
        self._occupancy: dict[Path, Occupancy] = {}
        self._looked: OrderedDict[str, DrawnReturn] = OrderedDict()

    # settings

    @property
    def settings(self) -> DeskSettings:
        """The user's settings."""
        return self._settings

    @property
    def settings_path(self) -> Path:
        """Where the settings are kept."""
        return self._file.path

    def change(self, settings: DeskSettings) -> None:
        """Takes over and saves changed settings; campaigns are opened again under the new name."""
        with self._lock:
            renamed = settings.by != self._settings.by
            self._settings = settings
            if renamed:
                self._open = {path: one.acting_for(settings.by) for path, one in self._open.items()}
        self._file.save(settings)

    # campaigns

    def register(self, folder: Path) -> str:
        """Puts a campaign at the top of the list, and returns its key."""
        folder = folder.absolute()
        self.change(self._settings.opened(folder))
        return self.places.key(folder)

    def campaigns(self) -> list[KnownCampaign]:
        """The campaigns that were opened last; those not opened since the start under the title that they had then."""
        return [self._known(folder) for folder in self._settings.recent]

    def campaign(self, key: str) -> OpenCampaign:
        """The campaign of a key, as its files are now. Raises ``NoSuchCampaignError``; DefinitionError with its faults."""
        folder = self.places.path(key)
        if folder is None:
            known = {self.places.key(one): one for one in self._settings.recent}
            folder = known.get(key)
        if folder is None:
            raise NoSuchCampaignError("这个任务不在列表里。请回到首页打开它。")
        with self._lock:
            opened = self._open.get(folder)
        if opened is None:
            opened = open_campaign(
                folder, by=self._settings.by, clock=self.clock, templates=self.templates, front=self.front
            )
            with self._lock:
                opened = self._open.setdefault(folder, opened)
            self.change(self._settings.titled(folder, _title(opened)))
        return opened

    def folder(self, key: str) -> Path:
        """The folder of a campaign's key, also where the campaign has faults. Raises ``NoSuchCampaignError``."""
        known = {self.places.key(one): one for one in self._settings.recent}
        folder = known.get(key)
        if folder is None:
            raise NoSuchCampaignError("这个任务不在列表里。请回到首页打开它。")
        return folder

    def occupied_by(self, folder: Path) -> str:
        """Who else has this campaign on a desk now; empty where nobody has. Takes the place where it is free."""
        with self._lock:
            known = Occupancy(folder, self._settings.by, self.clock, str(self.settings_path))
            mine = self._occupancy.setdefault(folder, known)
        return mine.other()

    # looked-at files

    def keep_look(self, drawn: DrawnReturn) -> str:
        """Keeps a drawn file for its page, and returns its number; the last hundred are kept."""
        number = secrets.token_hex(8)
        with self._lock:
            self._looked[number] = drawn
            while len(self._looked) > _LOOKED_AT:
                self._looked.popitem(last=False)
        return number

    def look(self, number: str) -> DrawnReturn | None:
        """A drawn file by its number, None where it is not kept any more."""
        return self._looked.get(number)

    # words between two pages

    def notice(self, text: str) -> None:
        """Leaves a message for the next page."""
        self.notices = [*self.notices, text][-5:]

    def take_notices(self) -> list[str]:
        """The messages for this page."""
        with self._lock:
            notices, self.notices = self.notices, []
            return notices

    # its life

    @property
    def is_idle(self) -> bool:
        """Whether nothing runs that a stop would interrupt."""
        return not self.tasks.running() and not self.front.waiting

    def close(self) -> None:
        """Ends tasks and worker processes, and leaves the campaigns to others."""
        self.tasks.close()
        if not self._shares_front:
            self.front.close()
        for one in self._occupancy.values():
            one.leave()

    def _known(self, folder: Path) -> KnownCampaign:
        key = self.places.key(folder)
        if not is_campaign(folder):
            return KnownCampaign(key, folder, folder.name, f"{folder} 里现在没有任务：改了名、搬走了，或盘没有插上")
        if folder not in self._open and folder in self._settings.titles:
            return KnownCampaign(key, folder, self._settings.titles[folder])
        try:
            return KnownCampaign(key, folder, _title(self.campaign(key)))
        except DefinitionError as error:
            return KnownCampaign(key, folder, folder.name, f"有 {len(error.problems)} 处错误，打开后可以看到")
        except (XlsxevalError, OSError) as error:
            return KnownCampaign(key, folder, folder.name, str(error))


def _title(opened: OpenCampaign) -> str:
    return f"{opened.campaign.year}年 {opened.campaign.department}"


class NoSuchCampaignError(XlsxevalError):
    """Raised for a key that the desk did not give out."""


def with_name(settings: DeskSettings, by: str) -> DeskSettings:
    """Settings with another name on record; an empty one changes nothing."""
    return replace(settings, by=by.strip()[:40] or settings.by)
