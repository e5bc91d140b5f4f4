"""The clerk's whole way over the desk in Chromium: counts clicks and time, and takes a picture of every screen.

    python tools/desk_walk.py PICTURES            # 1366 pixels wide
    python tools/desk_walk.py PICTURES --width 360

A new campaign, a roster with mistakes and the mended one, workbooks for eight units, twenty returns of all kinds, a choice,
reviews, one sent back, the mended return, results. Only what the pages offer is used. ``tools/make_pictures.py`` takes the
guide's pictures from it.
"""

from __future__ import annotations

import argparse
import base64
import queue
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from selenium.webdriver.common.by import By  # noqa: E402
from selenium.webdriver.support.ui import WebDriverWait  # noqa: E402

from tests.output.browser import Browsers  # noqa: E402
from tests.support import clerk  # noqa: E402
from xlsxeval.api import MACHINE_CLOCK, open_campaign  # noqa: E402
from xlsxeval.web.serving import DeskMark, serve_desk  # noqa: E402
from xlsxeval.web.settings import DeskSettings, SettingsFile  # noqa: E402
from xlsxeval.web.workplace import Workplace  # noqa: E402

if TYPE_CHECKING:
    from selenium.webdriver import Chrome
    from selenium.webdriver.remote.webelement import WebElement

_SECONDS = 60
_NAME = "2024年度绩效自评"


class Walk:
    """A hand at the pages: what it presses is counted, what it sees is kept as pictures."""

    def __init__(self, browser: Chrome, pictures: Path, folder: Path, guide: Path | None) -> None:
        self.browser = browser
        self.clicks = self.typed = self.dropped = 0
        self.waited = 0.0
        self._pictures = pictures
        self._guide = guide
        self._folder = folder
        self._wait = WebDriverWait(browser, _SECONDS)

    def find(self, css: str) -> WebElement:
        """The first element of a kind, once it is there."""
        return self._wait.until(lambda page: page.find_elements(By.CSS_SELECTOR, css))[0]

    def press(self, what: str, *, stays: bool = False) -> None:
        """Presses the link or the button with this text (``css:`` before a selector); the page ``stays`` or is left."""
        if what.startswith("css:"):
            element = self.find(what[4:])
        else:
            parts = f"contains(normalize-space(.), '{what}')"
            path = f"//a[{parts}] | //button[{parts}] | //summary[{parts}]"
            found = self._wait.until(
                lambda page: [one for one in page.find_elements(By.XPATH, path) if one.is_displayed()]
            )
            element = found[0]
        self._turn(lambda: self.script("arguments[0].click()", element), stays=stays)
        self.clicks += 1

    def type(self, css: str, text: str) -> None:
        """Types into a field."""
        field = self.find(css)
        field.clear()
        field.send_keys(text)
        self.typed += 1

    def hand_in(self, files: Mapping[str, bytes], form: str = "form.drop") -> None:
        """Drops files on the page: they go the way that a person's own drop goes."""
        place = Path(tempfile.mkdtemp(dir=self._folder))
        for name, data in files.items():
            (place / name).write_bytes(data)
        box = self.find(f"{form} input[type=file]")
        self._turn(lambda: box.send_keys("\n".join(str(place / name) for name in files)))
        self.dropped += 1

    def script(self, text: str, *values: object) -> object:
        return self.browser.execute_script(text, *values)  # type: ignore[no-untyped-call]

    def _turn(self, act: Callable[[], object], *, stays: bool = False) -> None:
        """Acts, and waits until the next page is there."""
        self.script("window.before = true")
        started = time.perf_counter()
        act()
        if not stays:
            self._wait.until(lambda _: self.script("return !window.before && document.readyState === 'complete'"))
        self.waited += time.perf_counter() - started

    def done(self) -> None:
        """Waits until the task of this page is over, and goes on."""
        started = time.perf_counter()
        self.find("#task[data-state=done], #task[data-state=failed]")
        self.waited += time.perf_counter() - started

    def see(self, name: str, guide: str = "") -> None:
        """Keeps the whole page as a picture, and its upper part as one of the ``guide``; says what is wrong with it."""
        wide = self.script("return document.documentElement.scrollWidth - document.documentElement.clientWidth")
        faults = [one["message"] for one in self.browser.get_log("browser")]  # type: ignore[no-untyped-call]
        faults += [f"{wide} pixels too wide"] if int(str(wide)) > 0 else []
        if faults:
            print(f"{name}: {faults}", file=sys.stderr)
        size = self.browser.execute_cdp_cmd("Page.getLayoutMetrics", {})["cssContentSize"]
        self._take(self._pictures / f"{name}.png", size["width"], min(size["height"], 2600), 1)
        if guide and self._guide is not None:
            below = self.script("return document.querySelector('main').lastElementChild.getBoundingClientRect().bottom")
            self._take(self._guide / f"{guide}.png", size["width"], min(float(str(below)) + 30, 820), 0.7)

    def _take(self, path: Path, width: float, height: float, scale: float) -> None:
        area = {"x": 0, "y": 0, "width": width, "height": height, "scale": scale}
        taken = self.browser.execute_cdp_cmd("Page.captureScreenshot", {"clip": area, "captureBeyondViewport": True})
        path.write_bytes(base64.b64decode(taken["data"]))


@contextmanager
def desk(folder: Path) -> Iterator[tuple[str, Workplace]]:
    """A running desk of a new user."""
    told: queue.Queue[str] = queue.Queue()
    stop = threading.Event()
    settings = SettingsFile(folder / "settings")
    settings.save(DeskSettings(by="王会计"))
    work = Workplace(
        settings, folder / "文档" / "绩效自评", clock=MACHINE_CLOCK, log=lambda text: print(text, file=sys.stderr)
    )
    options = {"stays": True, "stop": stop}
    thread = threading.Thread(target=serve_desk, args=(work, DeskMark(folder), told.put), kwargs=options, daemon=True)
    thread.start()
    try:
        yield told.get(timeout=30), work
    finally:
        stop.set()
        thread.join(30)


def units_answer(campaign: Path, folder: Path) -> dict[str, bytes]:
    """What the units make of the workbooks that were sent to them: twenty files."""
    sent = {path.name.split()[0]: path for path in (campaign / "下发").rglob("*.xlsx")}
    other = folder / "另一个任务"
    other.mkdir()
    (other / "名册.xlsx").write_bytes(clerk.roster(id_="old-2023"))
    (foreign,) = open_campaign(other, by="别人").generate(units=[clerk.CODES[0]])
    return clerk.returns(sent, other / "下发" / foreign.name)


def mended(campaign: Path) -> bytes:
    """The annotated copy that was sent back, with everything mended in it."""
    (annotated,) = (campaign / "结果" / "退回").glob(f"{clerk.CODES[2]} */*.xlsx")
    return clerk.returned(annotated)


def walk(browser: Chrome, pictures: Path, folder: Path, work: Workplace, guide: Path | None = None) -> Walk:
    """The whole way, from an empty desk to the results."""
    hand = Walk(browser, pictures, folder, guide)
    hand.see("01-home-empty", "home")
    hand.press("新任务")
    hand.see("02-new")
    hand.type("input[name=name]", _NAME)
    hand.type("input[name=department]", "某某县财政局")
    hand.type("input[name=year]", "2024")
    hand.press("css:input[value='chenxi-2024']", stays=True)
    hand.find("#preview:not([hidden])")
    hand.see("02-new-chosen", "new")
    hand.press("建立")
    hand.see("03-roster-new")
    hand.hand_in({"名册.xlsx": clerk.roster(mistakes=True)})
    hand.find(".faults.bad")
    hand.see("04-roster-faults", "roster-faults")
    hand.hand_in({"名册.xlsx": clerk.roster()})
    hand.find(".notice.good")
    hand.see("05-roster-good")
    hand.press("看它的表")
    hand.see("06-form")
    hand.press("下发")
    hand.see("07-sending")
    hand.press("生成勾选的")
    hand.done()
    hand.see("08-sending-task")
    hand.press("好")
    hand.see("09-sent", "sending")
    campaign = work.home / _NAME
    files = units_answer(campaign, folder)
    hand.press("收回")
    hand.see("10-returns-empty")
    hand.hand_in(files)
    hand.done()
    hand.see("11-taken", "taken")
    hand.press("好")
    hand.script("document.querySelector('form.drop').hidden = true")
    hand.see("12-returns", "choice")
    hand.press("并排看")
    hand.see("13-compare")
    hand.type("[name=reason]", "单位来电确认，用改过的")
    hand.press("用这一份（2）")
    hand.see("14-chosen")
    hand.press("核对")
    hand.see("15-reviews")
    hand.press("农业局")
    hand.see("16-review")
    hand.browser.find_element(By.TAG_NAME, "body").send_keys("j")
    hand.script("scrollTo(0, 0)")
    hand.see("17-review-walked", "review")
    hand.type("[name=note]", "基本支出填错了，请按决算改")
    hand.press("退回")
    hand.done()
    hand.see("18-sent-back", "sent-back")
    hand.press("好")
    hand.press("css:.rail li:nth-child(3) a")
    hand.hand_in({"农业局（标注版改好）.xlsx": mended(campaign)})
    hand.done()
    hand.see("19-mended")
    hand.press("css:.rail li:nth-child(4) a")
    hand.see("20-reviews-again")
    hand.press("办公室")
    hand.see("21-review-passed")
    hand.press("css:button[value=passed]")
    hand.see("22-passed")
    hand.press("css:.rail li:nth-child(5) a")
    hand.see("23-results")
    hand.press("全部做一遍")
    hand.done()
    hand.see("24-results-task")
    hand.press("好")
    hand.see("25-results-done", "results")
    print(f"the way: {hand.clicks} clicks, {hand.typed} fields, {hand.dropped} drops, {hand.waited:.1f} s of waiting")
    hand.press("css:.rail li:nth-child(1) a")
    hand.press("设置：")
    hand.type("input[name=rule]", "S102")
    hand.type("input[name=basis]", "某某会议明确")
    hand.press("css:#severity button")
    hand.see("26-settings", "settings")
    hand.press("css:a[href$=history]")
    hand.see("26-history")
    hand.press("帮助")
    hand.see("27-help")
    hand.press("关于")
    hand.see("28-about")
    hand.press("绩效自评工作台")
    hand.hand_in({"农业局.xlsx": files["农业局.xlsx"]})
    hand.done()
    hand.see("29-looked-task")
    hand.press("css:.lines a")
    hand.see("30-looked")
    return hand


def by_commands(folder: Path) -> None:
    """The same way at a prompt: how many commands, how long they take."""
    task, seconds, count = folder / "自评2024", 0.0, 0

    def command(*arguments: object) -> None:
        nonlocal seconds, count
        started = time.perf_counter()
        subprocess.run([sys.executable, "-m", "xlsxeval", *map(str, arguments)], capture_output=True, check=False)
        seconds, count = seconds + time.perf_counter() - started, count + 1

    second, third = clerk.CODES[1], clerk.CODES[2]
    command("new", task, "--edition", clerk.SAMPLE, "--year", 2024)
    for mistakes in (True, False):
        (task / "名册.xlsx").write_bytes(clerk.roster(mistakes=mistakes))
        command("lint", task)
    command("generate", task, "-o", task / "下发")
    files = units_answer(task, folder)
    (task / "收回").mkdir(exist_ok=True)
    for name, data in files.items():
        (task / "收回" / name).write_bytes(data)
    command("collect", task)
    command("collect", task, "--choose", 2, "--unit", second, "--reason", "单位来电确认")
    command("status", task)
    command("remind", task, "-o", task / "结果" / "退回", "--unit", third)
    command("review", task, third, "--state", "returned", "--note", "请按决算改")
    (task / "收回" / "农业局（标注版改好）.xlsx").write_bytes(mended(task))
    command("collect", task)
    command("review", task, clerk.CODES[0], "--state", "passed")
    command("run", task)
    print(f"by commands: {count} commands, {seconds:.1f} s of waiting")


def main() -> None:
    parser = argparse.ArgumentParser(description="The clerk's whole way over the desk.")
    parser.add_argument("pictures", type=Path)
    parser.add_argument("--width", type=int, default=1366)
    parser.add_argument("--commands", action="store_true", help="the same way by commands, for comparison")
    parser.add_argument("--guide", type=Path, help="a folder for the guide's pictures")
    options = parser.parse_args()
    options.pictures.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="desk-walk-") as place:
        folder = Path(place)
        if options.commands:
            by_commands(folder)
            return
        browsers = Browsers(folder / "browsers")
        try:
            with desk(folder) as (address, work), browsers.opened(address, width=options.width) as browser:
                walk(browser, options.pictures, folder, work, options.guide)
        finally:
            browsers.quit()


if __name__ == "__main__":
    main()
