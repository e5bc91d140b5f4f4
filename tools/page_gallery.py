"""Every page that people see, as pictures 1366 and 360 pixels wide and as PDF, and what axe finds on it.

    python tools/page_gallery.py PICTURES              # pictures, pages too wide, messages of the console
    python tools/page_gallery.py PICTURES --axe out/axe/package/axe.min.js

    python tools/page_gallery.py PICTURES --guide templates/html/guide         # only what docs/guide shows

``make pages`` fetches axe-core and runs it. The pages are those of the desk, of the portal for an organiser, an auditor and a
unit, 核对.html and 看板: the links of each shell are followed from its first page, in this process, over one campaign with
everything in it. Ends with 1 where there is a fault.
"""

from __future__ import annotations

import argparse
import base64
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urljoin, urlsplit

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from werkzeug.exceptions import HTTPException  # noqa: E402

from tests.board.offices import town  # noqa: E402
from tests.board.test_page import source as board_page  # noqa: E402
from tests.output.browser import Browsers, printed  # noqa: E402
from tests.output.test_page import source as check_page  # noqa: E402
from tests.output.verdicts import ALL, hostile  # noqa: E402
from tests.web.conftest import Posted  # noqa: E402
from tests.web.desks import DeskBrowser  # noqa: E402
from tests.web.portal.portals import Inline, Portal, PortalBrowser  # noqa: E402
from xlsxeval.ledger.portal import AccountRole  # noqa: E402

if TYPE_CHECKING:
    from flask import Flask
    from selenium.webdriver import Chrome
    from werkzeug.test import TestResponse

WIDTHS: Final = (1366, 360)
GUIDE: Final = {"unit-first": "unit", "unit-answer": "unit-answer", "organiser-portal-1": "links"}
"""Pages that docs/guide shows, and the names of their pictures there."""
_HREF: Final = re.compile(r'<a [^>]*href="([^"#]+)')
_STATIC: Final = re.compile(r'(?:https?://[^/"]+)?/static/([\w.-]+)')
_OF_EACH: Final = 2
_AXE: Final = """
const done = arguments[arguments.length - 1];
axe.run(document, {resultTypes: ["violations"]}).then((found) => done(found.violations.map((one) =>
  [one.id, one.help, one.nodes.length, one.nodes[0].html.slice(0, 160)])));
"""


@dataclass(frozen=True, slots=True)
class Sight:
    """A page as a browser got it. ``name`` is that of its picture."""

    name: str
    text: str


def crawled(shell: str, app: Flask, get: Callable[[str], TestResponse], *starts: str) -> Iterator[Sight]:
    """The pages that links lead to, two of each route. The routes that were reached go to the console."""
    routes = app.url_map.bind("")
    seen: dict[str, int] = {}
    waiting, known = list(starts), set(starts)
    while waiting:
        address = waiting.pop(0)
        try:
            endpoint = routes.match(urlsplit(address).path, method="GET")[0]
        except HTTPException:
            continue
        if seen.get(endpoint, 0) == _OF_EACH:
            continue
        answer = get(address)
        if answer.mimetype != "text/html" or answer.status_code >= 300:
            continue
        seen[endpoint] = seen.get(endpoint, 0) + 1
        yield Sight(f"{shell}-{endpoint}-{seen[endpoint]}", answer.text)
        for link in _HREF.findall(answer.text):
            there = urlsplit(urljoin(address, link.replace("&amp;", "&")))
            target = f"{there.path}?{there.query}" if there.query else there.path
            if not there.netloc and target not in known:
                known.add(target)
                waiting.append(target)
    print(f"{shell}: {sum(seen.values())} pages of {len(seen)} routes: {' '.join(sorted(seen))}")


def desk_pages(posted: Posted, folder: Path) -> Iterator[Sight]:
    """The desk: before its first campaign, then with returns of all kinds, decisions, results, and forms to draft from."""
    desk = DeskBrowser(folder, front=Inline())
    yield Sight("desk-first", desk.page("/"))
    campaign = folder / "任务"
    shutil.copytree(posted.campaign, campaign)
    key = desk.work.register(campaign)
    address, wrong, careful = f"/c/{key}", posted.files["wrong"], posted.files["careful"]
    desk.done(desk.post("/look", files={"好.xlsx": careful, "错.xlsx": wrong, "坏.xlsx": b"no workbook"}))
    looked = desk.last_task
    desk.done(desk.post(f"{address}/returns", files={"一.xlsx": wrong, "二.xlsx": careful, "三.xlsx": b"no workbook"}))
    yield from (
        Sight(f"desk-choice-{name or 'roster'}", desk.page(f"{address}/{name}")) for name in ("returns", "reviews")
    )
    digests = re.findall(r'name="file" value="(\w+)"', desk.page(f"{address}/returns"))
    compare = f"{address}/compare/{posted.code}/{digests[0]}"
    yield Sight("desk-compare", desk.page(compare))
    yield Sight("desk-fault", desk.post(f"{address}/choose", {"file": digests[0], "reason": ""}).text)
    desk.post(f"{address}/choose", {"file": digests[0], "reason": "单位来电"})
    desk.done(desk.post(f"{address}/results", {"what": "summary"}))
    form = (ROOT / "docs" / "guide" / "add-an-edition" / "city-form.xlsx").read_bytes()
    begun = desk.post("/forms", {"name": "某某市2025", "year": "2025"}, {"附件1.xlsx": form})
    drafted = begun.headers.get("Location", "/forms")
    broken = folder / "坏的任务"
    broken.mkdir()
    (broken / "campaign.yaml").write_text("campaign: a\nunit: []\n", encoding="utf-8")
    starts = ("/", looked, drafted, address + "/", f"{address}/exceptions", f"/c/{desk.work.register(broken)}/")
    yield from crawled("desk", desk.app, desk.get, *starts)
    yield Sight("desk-bye", desk.post("/quit").text)
    desk.close()


def portal_pages(posted: Posted, folder: Path) -> Iterator[Sight]:
    """The portal: a unit before and after it hands in, an organiser, an auditor, and people who are not logged in."""
    shutil.copytree(posted.campaign, folder / "任务")
    portal = Portal(folder / "任务")
    organiser, auditor = portal.user(AccountRole.ORGANISER), portal.user(AccountRole.AUDITOR)
    unit, link, address = portal.browser(), portal.link(posted.code), f"/c/{portal.key}"
    organiser.post(f"{address}/portal", {"confirm_with_errors": "on"})
    yield Sight("unit-first", unit.page(link))
    yield Sight("unit-answer", unit.hand_in(link, ("错.xlsx", posted.files["wrong"]), ("坏.xlsx", b"no workbook")))
    organiser.post(f"{address}/units/{posted.code}", {"text": "第三行请核对"})
    unit.post(f"{link}/message", {"text": "已核对，批复如此"})
    unit.post(f"{link}/confirm", {"person": "李某"})
    yield from crawled("unit", portal.app, unit.get, link, "/help", "/login")
    yield Sight("portal-wrong-login", unit.post("/login", {"name": "谁", "password": "不对"}).text)
    yield Sight("portal-fault", unit.get("/u/nothing").text)
    yield Sight("organiser-new-user", organiser.post(f"{address}/users", {"name": "李审计", "role": "auditor"}).text)
    yield Sight("organiser-refused", organiser.post(f"{address}/links.xlsx").text)
    organiser.done(organiser.post(f"{address}/results", {"what": "summary"}), time.sleep)
    yield from _of_user("organiser", portal, organiser, address, posted.code)
    yield from _of_user("auditor", portal, auditor, address, posted.code)
    portal.close()


def _of_user(name: str, portal: Portal, user: PortalBrowser, address: str, code: str) -> Iterator[Sight]:
    starts = ("/", "/password", address + "/", f"{address}/portal", f"{address}/units/{code}", f"{address}/exceptions")
    yield from crawled(name, portal.app, user.get, *starts)


def single_pages() -> Iterator[Sight]:
    """The pages that are one file each."""
    yield Sight("check", check_page(*ALL))
    yield Sight("check-hostile", check_page(*ALL, hostile()))
    yield Sight("check-clean", check_page(ALL[-1]))
    yield Sight("board", board_page(town()))


class Gallery:
    """A folder of pages that a browser opens as files, with what the shells would serve beside them."""

    def __init__(self, folder: Path, axe: str, guide: Path | None = None) -> None:
        self.folder = folder
        self._axe, self._guide = axe, guide
        html = ROOT / "templates" / "html"
        self._static = {path.name: path for path in html.rglob("*") if path.is_file() and path.suffix != ".j2"}
        (folder / "static").mkdir(parents=True, exist_ok=True)

    def keep(self, sight: Sight) -> Path:
        """The page as a file."""
        for name in _STATIC.findall(sight.text):
            shutil.copy(self._static[name], self.folder / "static" / name)
        path = self.folder / f"{sight.name}.html"
        path.write_text(_STATIC.sub(r"static/\1", sight.text), encoding="utf-8")
        return path

    def faults(self, browser: Chrome, name: str, width: int) -> Iterator[str]:
        """What is wrong with the page that the browser shows; its picture is kept."""
        run: Any = browser.execute_script
        wide = run("return document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 0:
            yield f"{wide} pixels too wide"
        size = browser.execute_cdp_cmd("Page.getLayoutMetrics", {})["cssContentSize"]
        area = {"x": 0, "y": 0, "width": width, "height": min(size["height"], 2400), "scale": 1}
        taken = browser.execute_cdp_cmd("Page.captureScreenshot", {"clip": area, "captureBeyondViewport": True})
        (self.folder / f"{name}-{width}.png").write_bytes(base64.b64decode(taken["data"]))
        if width == WIDTHS[0]:
            self._for_the_guide(browser, name, area)
            (self.folder / f"{name}.pdf").write_bytes(printed(browser))
        if self._axe:
            run("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
            run(self._axe)
            found: Any = browser.execute_async_script(_AXE)  # type: ignore[no-untyped-call]
            yield from (f"{rule} ({count}): {told}\n      {where}" for rule, told, count, where in found)

    def _for_the_guide(self, browser: Chrome, name: str, area: dict[str, Any]) -> None:
        """The upper part of a page, as the guide shows it."""
        if self._guide is None or name not in GUIDE:
            return
        clip = {**area, "height": min(area["height"], 820), "scale": 0.7}
        taken = browser.execute_cdp_cmd("Page.captureScreenshot", {"clip": clip, "captureBeyondViewport": True})
        (self._guide / f"{GUIDE[name]}.png").write_bytes(base64.b64decode(taken["data"]))


def main() -> int:
    """Takes the pictures; the number of pages and faults goes to the console."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pictures", type=Path)
    parser.add_argument("--axe", type=Path, help="axe.min.js of the package axe-core")
    parser.add_argument("--only", default="", help="pages whose names begin so")
    parser.add_argument("--guide", type=Path, help="where the pictures of the guide are kept: templates/html/guide")
    options = parser.parse_args()
    axe = options.axe.read_text(encoding="utf-8") if options.axe else ""
    gallery, count = Gallery(options.pictures.resolve(), axe, options.guide), 0
    faults: dict[str, list[str]] = {}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        posted = Posted(folder)
        for name in ("desk", "portal"):
            (folder / name).mkdir()
        sights = [*single_pages(), *desk_pages(posted, folder / "desk"), *portal_pages(posted, folder / "portal")]
        browsers = Browsers(folder / "browsers")
        try:
            for sight in sights:
                if not sight.name.startswith(options.only) or (options.guide and sight.name not in GUIDE):
                    continue
                path = gallery.keep(sight)
                for width in WIDTHS:
                    count += 1
                    with browsers.opened(path, width=width) as browser:
                        for fault in gallery.faults(browser, sight.name, width):
                            faults.setdefault(fault, []).append(f"{sight.name} {width}")
        finally:
            browsers.quit()
    for fault, pages in faults.items():
        print(f"{fault}\n    {len(pages)}: {', '.join(pages[:6])}")
    print(f"{len(sights)} pages, {count} views, {len(faults)} kinds of faults" + (", axe" if axe else ", without axe"))
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
