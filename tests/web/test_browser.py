"""The desk in Chromium, wide and narrow, with scripts and without: a file is dropped, its findings are walked through."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from tests.web.conftest import Posted
from tests.web.test_serving import served, workplace

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

    from tests.output.browser import Browsers

pytestmark = pytest.mark.chromium
_SECONDS = 40


def look_at(browser: Chrome, posted: Posted, folder: Path) -> None:
    """Hands a file in on the first page and follows it to its findings. Takes as long as two worker processes to start."""
    path = folder / "附件.xlsx"
    path.write_bytes(posted.files["wrong"])
    form = browser.find_element(By.CSS_SELECTOR, "form.drop")
    form.find_element(By.CSS_SELECTOR, "input[type=file]").send_keys(str(path))
    if not browser.find_elements(By.CSS_SELECTOR, "html.scripts"):  # with scripts a chosen file is on its way
        form.find_element(By.CSS_SELECTOR, "button").click()
    wait = WebDriverWait(browser, _SECONDS)
    wait.until(lambda page: page.find_elements(By.CSS_SELECTOR, "#task[data-state=done] .lines a"))
    browser.find_element(By.CSS_SELECTOR, ".lines a").click()
    wait.until(lambda page: page.find_elements(By.CSS_SELECTOR, "li.finding"))


def overflow(browser: Chrome) -> int:
    """Pixels by which the page is wider than its window."""
    found = browser.execute_script("return document.documentElement.scrollWidth - document.documentElement.clientWidth")  # type: ignore[no-untyped-call]
    return int(found)


@pytest.mark.parametrize("width", [1366, 360])
def test_a_file_is_dropped_and_its_findings_are_walked_through(
    browsers: Browsers, posted: Posted, tmp_path: Path, width: int
) -> None:
    with served(tmp_path, workplace(tmp_path)) as (address, _), browsers.opened(address, width=width) as browser:
        assert overflow(browser) <= 0
        look_at(browser, posted, tmp_path)
        assert overflow(browser) <= 0
        body = browser.find_element(By.TAG_NAME, "body")
        for _ in range(2):
            body.send_keys("j")
        (finding,) = browser.find_elements(By.CSS_SELECTOR, "li.finding.here")
        assert finding.get_attribute("id") == "f2"
        link = browser.find_element(By.CSS_SELECTOR, "td.marked a.to-finding")
        numbers = (link.get_attribute("data-findings") or "").split()
        browser.execute_script("arguments[0].click()", link)  # type: ignore[no-untyped-call]
        (finding,) = browser.find_elements(By.CSS_SELECTOR, "li.finding.here")
        assert finding.get_attribute("id") == f"f{numbers[0]}"
        assert browser.find_elements(By.CSS_SELECTOR, "td.here")
        told = [one["message"] for one in browser.get_log("browser")]  # type: ignore[no-untyped-call]
        assert told == []


def test_without_scripts_the_same_works(browsers: Browsers, posted: Posted, tmp_path: Path) -> None:
    with served(tmp_path, workplace(tmp_path)) as (address, _), browsers.opened(address, scripts=False) as browser:
        look_at(browser, posted, tmp_path)
        assert browser.find_elements(By.CSS_SELECTOR, "td.marked")
