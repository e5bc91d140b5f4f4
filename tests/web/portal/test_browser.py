"""The portal in Chromium: a unit hands in and confirms, an organiser makes links; wide, narrow, without scripts, in a chat program."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from tests.web.conftest import Posted
from tests.web.portal.portals import HASH, PASSWORD
from tests.web.portal.test_server import open_door
from tests.web.test_browser import overflow
from xlsxeval.api import open_campaign
from xlsxeval.collection.correspondence import PortalSettings
from xlsxeval.ledger.portal import AccountRole

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

    from tests.output.browser import Browsers

pytestmark = pytest.mark.chromium
_SECONDS = 60


@pytest.fixture
def folder(posted: Posted, tmp_path: Path) -> Path:
    shutil.copytree(posted.campaign, tmp_path / "任务")
    campaign = open_campaign(tmp_path / "任务", by="王会计")
    campaign.change_portal_settings(PortalSettings(confirm_with_errors=True))
    campaign.set_account("王会计", AccountRole.ORGANISER, HASH)
    return tmp_path / "任务"


def press(browser: Chrome, selector: str) -> None:
    """Presses what the selector names, wherever the page is scrolled to."""
    browser.execute_script("arguments[0].click()", browser.find_element(By.CSS_SELECTOR, selector))  # type: ignore[no-untyped-call]


def wait_for(browser: Chrome, selector: str) -> None:
    WebDriverWait(browser, _SECONDS).until(lambda page: page.find_elements(By.CSS_SELECTOR, selector))


def hands_in_and_confirms(browser: Chrome, posted: Posted, folder: Path) -> None:
    path = folder / "附件.xlsx"
    path.write_bytes(posted.files["wrong"])
    browser.find_element(By.CSS_SELECTOR, "form.hand input[type=file]").send_keys(str(path))
    browser.find_element(By.CSS_SELECTOR, "form.hand button").submit()
    wait_for(browser, ".result[data-state=current]")
    assert browser.find_elements(By.CSS_SELECTOR, "li.finding.error")
    assert browser.find_elements(By.CSS_SELECTOR, "td a.to-finding")


@pytest.mark.parametrize("width", [1366, 360])
def test_a_unit_and_an_organiser(browsers: Browsers, posted: Posted, folder: Path, tmp_path: Path, width: int) -> None:
    """Takes as long as a worker and a browser take to start."""
    (link,) = open_campaign(folder, by="王会计").make_links()
    with open_door(folder) as (wire, office):
        base = office.address.base
        with browsers.opened(f"{base}/u/{link.token}", width=width) as browser:
            assert overflow(browser) <= 0
            assert not browser.find_elements(By.CSS_SELECTOR, ".chat")
            hands_in_and_confirms(browser, posted, tmp_path)
            assert overflow(browser) <= 0
            browser.find_element(By.TAG_NAME, "body").send_keys("j")
            assert browser.find_elements(By.CSS_SELECTOR, "li.finding.here")
            browser.get(f"{base}/u/{link.token}")
            browser.find_element(By.NAME, "person").send_keys("李某")
            press(browser, "form[action$='/confirm'] button")
            wait_for(browser, ".way .notice.good")
            assert "李某" in browser.find_element(By.CSS_SELECTOR, ".way .notice.good").text
            press(browser, "a[href*='/receipts/']")
            wait_for(browser, "table.receipt")
            assert overflow(browser) <= 0
            browser.get(f"{base}/login")
            browser.find_element(By.NAME, "name").send_keys("王会计")
            browser.find_element(By.NAME, "password").send_keys(PASSWORD)
            press(browser, "form button.main")
            wait_for(browser, ".cards a")
            press(browser, ".cards a")
            wait_for(browser, "#live")
            assert "李某" in browser.find_element(By.ID, "live").text
            assert overflow(browser) <= 0
            press(browser, "#live input[name=unit]")
            press(browser, "form.units button:not([formaction]):not(.all)")
            wait_for(browser, "td.path a")
            new = browser.find_element(By.CSS_SELECTOR, "td.path a").get_attribute("href") or ""
            assert wire.ask("GET", new.removeprefix(base)).status == 200
            for page in (
                "",
                "sending",
                "returns",
                "reviews",
                f"reviews/{posted.code}",
                "results",
                "users",
                f"units/{posted.code}",
            ):
                browser.get(f"{base}/c/{office.keys[0]}/{page}")
                assert browser.find_elements(By.CSS_SELECTOR, "main h1"), page
                assert overflow(browser) <= 0, page
            told = [one["message"] for one in browser.get_log("browser")]  # type: ignore[no-untyped-call]
            assert told == []


def test_without_scripts_and_in_a_chat_program(
    browsers: Browsers, posted: Posted, folder: Path, tmp_path: Path
) -> None:
    (link,) = open_campaign(folder, by="王会计").make_links()
    with open_door(folder) as (wire, office):
        address = f"{office.address.base}/u/{link.token}"
        with browsers.opened(address, scripts=False) as browser:
            path = tmp_path / "附件.xlsx"
            path.write_bytes(posted.files["wrong"])
            browser.find_element(By.CSS_SELECTOR, "form.hand input[type=file]").send_keys(str(path))
            browser.find_element(By.CSS_SELECTOR, "form.hand button").click()
            wait_for(browser, ".result[data-state=current]")
            assert browser.find_elements(By.CSS_SELECTOR, "td a.to-finding")
        for agent, is_chat in (
            ("Mozilla/5.0 (Linux; Android 13) MicroMessenger/8.0.40 XWEB/1", True),
            ("Mozilla/5.0 (iPhone) DingTalk/7.0", True),
            ("Mozilla/5.0 (Linux; Android 12) MQQBrowser/6.2 QQ/8.9.80", True),
            ("Mozilla/5.0 (Windows NT 10.0) wxwork/4.1", True),
            ("Mozilla/5.0 (Linux; Android 12) MQQBrowser/15.1 Mobile", False),
            ("Mozilla/5.0 (Windows NT 6.1; Trident/7.0; rv:11.0) like Gecko", False),
        ):
            page = wire.ask("GET", f"/u/{link.token}", User_Agent=agent).text
            assert ("在浏览器中打开" in page) is is_chat, agent
