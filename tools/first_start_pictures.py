"""Makes the pictures of docs/guide/first-start.md: the desk's pages in Chromium, and under wine the window of a start that fails.

    python tools/first_start_pictures.py                      # the pages
    python tools/first_start_pictures.py dist/绩效自评-…-windows   # the window, too: needs wine and Xvfb

Look at the pictures before you commit them.
"""

from __future__ import annotations

import base64
import datetime as dt
import json
import os
import queue
import shutil
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.output.browser import Browsers  # noqa: E402
from tools.bundle.desk_client import DeskClient  # noqa: E402
from tools.bundle.trial import tried  # noqa: E402
from xlsxeval.api import fill  # noqa: E402
from xlsxeval.web.serving import DeskMark, serve_desk  # noqa: E402
from xlsxeval.web.settings import SettingsFile  # noqa: E402
from xlsxeval.web.workplace import Workplace  # noqa: E402

IMAGES: Final = ROOT / "docs" / "images"
SAMPLE: Final = "zhuzhou-2024"
UNIT: Final = "430200101"
DAY: Final = dt.datetime(2025, 5, 20, 2, tzinfo=dt.UTC)
WIDTH: Final = 1100
HEIGHT: Final = 640
SCALE: Final = 0.75


@contextmanager
def desk(folder: Path) -> Iterator[tuple[Workplace, str]]:
    """A running desk of a new user, and the address that opens it."""
    told: queue.Queue[str] = queue.Queue()
    stop = threading.Event()
    work = Workplace(SettingsFile(folder / "settings"), folder / "文档" / "绩效自评", clock=lambda: DAY)
    more = {"stays": True, "stop": stop}
    thread = threading.Thread(target=serve_desk, args=(work, DeskMark(folder), told.put), kwargs=more, daemon=True)
    thread.start()
    try:
        yield work, told.get(timeout=30)
    finally:
        stop.set()
        thread.join(30)


def pages(folder: Path) -> None:
    """Goes the way of the guide, and takes a picture at each step."""
    with desk(folder) as (work, address):
        person = DeskClient(json.loads((folder / "running.json").read_text(encoding="utf-8")))
        browsers = Browsers(folder / "browsers")
        with browsers.opened(address, width=WIDTH) as browser:
            base = address.partition("/enter")[0]

            def see(name: str, where: str, height: int = HEIGHT) -> None:
                browser.get(f"{base}{where}")
                area = {"x": 0, "y": 0, "width": WIDTH, "height": height, "scale": SCALE}
                taken = browser.execute_cdp_cmd("Page.captureScreenshot", {"clip": area, "captureBeyondViewport": True})
                (IMAGES / f"first-{name}.png").write_bytes(base64.b64decode(taken["data"]))

            see("home", "/")
            see("new", "/new")
            fields = {"name": "2024年度绩效自评", "year": "2024", "edition": "hunan-2024", "department": "某某市财政局"}
            see("roster", person.post("/new", fields), 860)
            campaign = work.home / "株洲市2024年度绩效自评"
            campaign.mkdir(parents=True)
            shutil.copy(ROOT / "samples" / SAMPLE / "campaign.yaml", campaign)
            key = work.register(campaign)
            person.finish(person.post(f"/c/{key}/sending", {"unit": UNIT}))
            see("sending", f"/c/{key}/sending")
            filled = folder / "交回的表.xlsx"
            (sent,) = (campaign / "下发").glob("*.xlsx")
            fill(sent, ROOT / "samples" / SAMPLE / "values" / "careful.yaml", filled)
            person.finish(person.upload(f"/c/{key}/returns", filled))
            see("returns", f"/c/{key}/returns")
            see("review", f"/c/{key}/reviews/{UNIT}")
        browsers.quit()


def window(made: Path) -> None:
    """The window that says that a file was taken away."""
    with tried("windows", made) as trial:
        (trial.folder / "python" / "sqlite3.dll").unlink()
        _readable_windows(trial.settings)
        screen = ["Xvfb", ":77", "-screen", "0", "1366x768x24"]
        with subprocess.Popen(screen, stderr=subprocess.DEVNULL) as server:
            settings: dict[str, Any] = {**trial.settings, "DISPLAY": ":77"}
            started = subprocess.Popen(
                trial.double_click[1], env=settings, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE
            )
            try:
                time.sleep(float(os.environ.get("XLSXEVAL_WAIT", "60")))
                shot = [
                    "import",
                    "-display",
                    ":77",
                    "-window",
                    "root",
                    "-trim",
                    str(IMAGES / "first-missing.png"),
                ]
                subprocess.run(shot, check=True)
            finally:
                started.kill()
                server.terminate()


def _readable_windows(settings: dict[str, str]) -> None:
    """Gives wine's message boxes a font that has Chinese."""
    name = "Noto Sans CJK SC".encode("utf-16-le")
    font = struct.pack("<5i8B64s", -13, 0, 0, 0, 400, 0, 0, 0, 1, 0, 0, 0, 0, name).hex()
    key = ["reg", "add", "HKCU\\Control Panel\\Desktop\\WindowMetrics", "/v", "MessageFont"]
    subprocess.run(["wine", *key, "/t", "REG_BINARY", "/d", font, "/f"], env=settings, stdin=-3, stdout=-1, check=True)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        window(Path(sys.argv[1]).resolve())
    else:
        with tempfile.TemporaryDirectory() as place:
            pages(Path(place))
