"""Chromium without a window: opens a page, clicks, prints. It is started once for all tests of a process."""

from __future__ import annotations

import base64
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from selenium.webdriver import Chrome, ChromeOptions, ChromeService

_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)


def _program(*names: str) -> str:
    """The first of these programs. Skips the test where there is none; on CI an absent one is an error."""
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        if os.environ.get("CI"):
            raise RuntimeError(f"{names[0]} is missing: this test must run on CI")
        pytest.skip(f"{names[0]} is not installed")
    return found


class Browsers:
    """A browser that runs scripts and one that does not, each started when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        """``folder`` is for what the browsers keep."""
        self._folder = folder
        self._running: dict[bool, Chrome] = {}

    @contextmanager
    def opened(self, page: Path | str, *, width: int = 1280, scripts: bool = True) -> Iterator[Chrome]:
        """The page, a file or an address, in a tab of its own."""
        if scripts not in self._running:
            self._running[scripts] = _started(self._folder / f"scripts-{scripts}", scripts=scripts)
        browser = self._running[scripts]
        first = browser.current_window_handle
        browser.switch_to.new_window("tab")
        browser.get_log("browser")  # type: ignore[no-untyped-call]  # what was told of other pages is forgotten
        try:
            metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}
            browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
            browser.get(page if isinstance(page, str) else page.as_uri())
            yield browser
        finally:
            browser.close()
            browser.switch_to.window(first)

    def quit(self) -> None:
        """Ends what was started."""
        for browser in self._running.values():
            browser.quit()


def _started(profile: Path, *, scripts: bool) -> Chrome:
    options = ChromeOptions()
    options.binary_location = _program("chromium", "google-chrome", "chrome")
    service = ChromeService(_program("chromedriver"))
    for flag in (*_FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    if not scripts:
        options.add_experimental_option("prefs", {"profile.managed_default_content_settings.javascript": 2})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    return Chrome(options=options, service=service)


def printed(browser: Chrome) -> bytes:
    """The page as PDF, as the browser prints it."""
    made = browser.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True, "printBackground": True})
    return base64.b64decode(made["data"])
