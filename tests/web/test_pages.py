"""Every page of the desk as people meet it: wide and narrow, by keyboard, readable, printed."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.expected_conditions import text_to_be_present_in_element
from selenium.webdriver.support.ui import WebDriverWait

from tests.output.browser import printed
from tests.web.conftest import Posted
from tests.web.test_browser import overflow
from tests.web.test_serving import served, workplace
from xlsxeval.api import open_campaign
from xlsxeval.web.serving import DeskMark

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

    from tests.output.browser import Browsers

pytestmark = pytest.mark.chromium

LOW_CONTRAST = """
const channel = (value) => { value /= 255; return value <= .03928 ? value / 12.92 : ((value + .055) / 1.055) ** 2.4; };
const light = ([r, g, b]) => .2126 * channel(r) + .7152 * channel(g) + .0722 * channel(b);
const colour = (text) => text.match(/[\\d.]+/g).map(Number);
const ground = (element) => {
  for (; element; element = element.parentElement) {
    const found = colour(getComputedStyle(element).backgroundColor);
    if (found.length < 4 || found[3] === 1) { return found; }
  }
  return [255, 255, 255];
};
const low = [];
for (const element of document.querySelectorAll("body *")) {
  const style = getComputedStyle(element);
  const own = Array.from(element.childNodes).some((node) => node.nodeType === 3 && node.textContent.trim());
  const visible = element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  if (!own || !visible || element.matches(":disabled, option")) { continue; }
  if (element.closest(".repeats")) { continue; }
  const [a, b] = [light(colour(style.color)), light(ground(element))].sort((x, y) => y - x);
  const ratio = (a + .05) / (b + .05);
  if (ratio < 4.5) { low.push([element.tagName + "." + element.className, element.textContent.trim().slice(0, 20), ratio.toFixed(2)]); }
}
return low;
"""
NAMELESS = """
return Array.from(document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary"))
  .filter((one) => one.checkVisibility() && !(one.innerText || one.textContent || "").trim()
    && !one.getAttribute("aria-label") && !(one.labels && one.labels.length))
  .map((one) => one.outerHTML.slice(0, 120));
"""
FOCUS = """
const style = getComputedStyle(document.activeElement), within = document.activeElement.closest(".file");
const ring = within ? getComputedStyle(within) : style;
return [document.activeElement.tagName, ring.outlineStyle !== "none" && parseFloat(ring.outlineWidth) >= 2];
"""


class OpenDesk:
    """A running desk with a campaign: a return with faults, another version to choose, a file set aside."""

    def __init__(self, mark: DeskMark, key: str, code: str, digest: str) -> None:
        self._mark = mark
        campaign = f"/c/{key}"
        self.pages = {
            "home": "/",
            "new": "/new",
            "browse": "/browse",
            "help": "/help",
            "about": "/about",
            "roster": f"{campaign}/",
            "settings": f"{campaign}/settings",
            "form": f"{campaign}/form/{code}",
            "sending": f"{campaign}/sending",
            "returns": f"{campaign}/returns",
            "compare": f"{campaign}/compare/{code}/{digest}",
            "reviews": f"{campaign}/reviews",
            "review": f"{campaign}/reviews/{code}",
            "results": f"{campaign}/results",
            "exceptions": f"{campaign}/exceptions",
            "history": f"{campaign}/history",
            "fault": "/nowhere",
        }

    @property
    def entrance(self) -> str:
        """An address that opens it, once."""
        found = self._mark.address()
        assert found is not None
        return found

    def at(self, page: str) -> str:
        """The address of a page."""
        return self.entrance.partition("/enter")[0] + self.pages[page]


@pytest.fixture(scope="module")
def opened(posted: Posted, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenDesk]:
    folder = tmp_path_factory.mktemp("open")
    campaign = folder / "任务"
    shutil.copytree(posted.campaign, campaign)
    with open_campaign(campaign, by="王会计") as taken:
        for name, data in {"一": posted.files["wrong"], "二": posted.files["careful"], "三": b"no workbook"}.items():
            taken.receive(data, name=f"{name}.xlsx")
        line = taken.unit(posted.code)
        assert line is not None
        digest = line.conflicts[0].conflict[0].sha256
    work = workplace(folder)
    key = work.register(campaign)
    with served(folder, work):
        yield OpenDesk(DeskMark(folder), key, posted.code, digest)


def script(browser: Chrome, text: str) -> Any:
    return browser.execute_script(text)  # type: ignore[no-untyped-call]


@pytest.mark.parametrize("width", [1366, 360])
def test_every_page_is_readable_at_this_width(browsers: Browsers, opened: OpenDesk, width: int) -> None:
    """Slow: all pages one after another. Text has 4.5:1, nothing is wider than the window, every control has a name."""
    with browsers.opened(opened.entrance, width=width) as browser:
        for name in opened.pages:
            browser.get(opened.at(name))
            assert overflow(browser) <= 0, name
            assert script(browser, LOW_CONTRAST) == [], name
            assert script(browser, NAMELESS) == [], name
            told = [one["message"] for one in browser.get_log("browser")]  # type: ignore[no-untyped-call]
            assert [one for one in told if "404" not in one or name != "fault"] == [], name
        script(browser, "document.querySelector('h1').style.color = '#888'")
        assert len(script(browser, LOW_CONTRAST)) == 1


def test_pages_are_walked_and_printed(browsers: Browsers, opened: OpenDesk) -> None:
    """Slow: all pages. Each Tab shows where it is; printed pages have the content and no buttons."""
    with browsers.opened(opened.entrance) as browser:
        for name in opened.pages:
            browser.get(opened.at(name))
            for _ in range(4):
                browser.switch_to.active_element.send_keys(Keys.TAB)
                tag, shown = script(browser, FOCUS)
                assert shown or tag == "BODY", (name, tag)
            browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
            assert (
                script(
                    browser,
                    "return Array.from(document.querySelectorAll('button, .rail')).some((one) => one.checkVisibility())",
                )
                is False
            ), name
            browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
        browser.get(opened.at("compare"))
        pdf = PdfReader(io.BytesIO(printed(browser)))
        text = "".join(sheet.extract_text() for sheet in pdf.pages)
        assert "611.34" in text
        assert "用这一份" not in text


def test_the_chosen_edition_is_drawn_beside_the_choice(browsers: Browsers, opened: OpenDesk) -> None:
    with browsers.opened(opened.entrance) as browser:
        browser.get(opened.at("new"))
        for edition, sheet in (("chenxi-2024", "评价指标分析"), ("mof-2020", "项目")):
            browser.find_element(By.CSS_SELECTOR, f"input[value={edition}]").click()
            WebDriverWait(browser, 20).until(text_to_be_present_in_element((By.ID, "preview"), sheet))


def test_motion_is_left_out_where_it_is_not_wanted(browsers: Browsers, opened: OpenDesk) -> None:
    with browsers.opened(opened.entrance) as browser:
        for value, told in (("reduce", "auto"), ("no-preference", "smooth")):
            feature = [{"name": "prefers-reduced-motion", "value": value}]
            browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": feature})
            assert script(browser, "return getComputedStyle(document.documentElement).scrollBehavior") == told
