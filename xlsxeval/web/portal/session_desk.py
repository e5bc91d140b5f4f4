"""The desk as a user of the portal has it: the desk's own views, with this user's campaigns and messages."""

from __future__ import annotations

from pathlib import Path

from xlsxeval.api import OpenCampaign
from xlsxeval.web.portal.office import Office
from xlsxeval.web.portal.sessions import PortalSession
from xlsxeval.web.settings import DeskSettings
from xlsxeval.web.workplace import KnownCampaign, NoSuchCampaignError, Workplace


class SessionDesk(Workplace):
    """A desk that belongs to a session: nothing of it is kept on disk, and it knows no folder but those of the campaigns."""

    def __init__(self, office: Office, session: PortalSession) -> None:
        self._office = office
        self._session = session
        self.clock = office.clock
        self.log = office.log
        self.templates = office.templates
        self.places = office.places
        self.tasks = office.tasks
        self.last_asked = office.clock()
        self.quitting = False
        self.opener = None

    @property
    def settings(self) -> DeskSettings:
        """The user's name; there is nothing else to set."""
        return DeskSettings(by=self._session.user)

    def change(self, settings: DeskSettings) -> None:
        """Raises NoSuchCampaignError: a user of the portal has no settings."""
        raise NoSuchCampaignError("网页上没有可改的程序设置。要改的，请找管服务器的人。")

    def register(self, folder: Path) -> str:
        """Raises NoSuchCampaignError: campaigns are named when the server is started."""
        raise NoSuchCampaignError("任务由管服务器的人加，网页上不能加。请把任务的文件夹告诉他，重启服务时一起写上。")

    def campaigns(self) -> list[KnownCampaign]:
        """The campaigns that this user may open."""
        return [self._named(key) for key in self._office.keys if key in self._session.roles]

    def campaign(self, key: str) -> OpenCampaign:
        """The campaign of a key, on behalf of this user. Raises NoSuchCampaignError."""
        found = self._office.campaign(key)
        if found is None or key not in self._session.roles:
            raise NoSuchCampaignError(
                "没有这个任务，或者您没有权限。请回到首页，看看有哪些任务；要办这一个，请它的组织人员给您开一个用户。"
            )
        return found.acting_for(self._session.user)

    def folder(self, key: str) -> Path:
        """The folder of a campaign's key. Raises NoSuchCampaignError."""
        found = self._office.folder(key)
        if found is None or key not in self._session.roles:
            raise NoSuchCampaignError(
                "没有这个任务，或者您没有权限。请回到首页，看看有哪些任务；要办这一个，请它的组织人员给您开一个用户。"
            )
        return found

    def occupied_by(self, folder: Path) -> str:
        """No one: several users work at once, and the ledger keeps apart what they write."""
        return ""

    def notice(self, text: str) -> None:
        """Leaves a message for this user's next page."""
        self._session.notices = [*self._session.notices, text][-5:]

    def take_notices(self) -> list[str]:
        """The messages for this page."""
        notices, self._session.notices = self._session.notices, []
        return notices

    def _named(self, key: str) -> KnownCampaign:
        campaign = self.campaign(key).campaign
        return KnownCampaign(key, Path(), f"{campaign.year}年 {campaign.department}")
