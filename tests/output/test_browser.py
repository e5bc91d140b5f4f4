"""The HTML page in a real browser: filters, the telephone, the printer, hostile texts, no script at all."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

import pytest
from selenium.webdriver import Chrome, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.support.select import Select

from tests.output.browser import Browsers, printed
from tests.output.test_page import source
from tests.output.verdicts import ALL, hostile
from xlsxeval.rules.verdict import Verdict

pytestmark = pytest.mark.chromium
_ROWS = sum(len(verdict.findings) + len(verdict.fixed) for verdict in ALL)


class Show(Protocol):
    def __call__(
        self, *verdicts: Verdict, width: int = 1280, scripts: bool = True
    ) -> AbstractContextManager[Chrome]: ...


@pytest.fixture
def show(tmp_path: Path, browsers: Browsers) -> Show:
    """Opens the page of some verdicts."""

    def made(*verdicts: Verdict, width: int = 1280, scripts: bool = True) -> AbstractContextManager[Chrome]:
        page = tmp_path / "核对 结果.html"
        page.write_text(source(*verdicts), encoding="utf-8")
        return browsers.opened(page, width=width, scripts=scripts)

    return made


@pytest.fixture
def browser(show: Show) -> Iterator[Chrome]:
    with show(*ALL) as running:
        yield running


def _shown(browser: Chrome, what: str = "tr.finding") -> int:
    return sum(element.is_displayed() for element in browser.find_elements(By.CSS_SELECTOR, what))


def _choose(browser: Chrome, name: str, value: str) -> None:
    Select(browser.find_element(By.NAME, name)).select_by_value(value)


def _faults(browser: Chrome) -> list[str]:
    return [entry["message"] for entry in browser.get_log("browser")]  # type: ignore[no-untyped-call]


def test_filters_show_what_is_asked_for_and_hide_what_is_empty(browser: Chrome) -> None:
    assert _shown(browser) == _ROWS
    for name, value, rows, units in (
        ("code", "T101", 7, 1),
        ("severity", "info", 1, 1),
        ("sheet", "附件3-1", 3, 1),
        ("unit", "3", 1, 1),
        ("state", "waived", 1, 1),
        ("state", "fixed", 1, 1),
        ("state", "counted", _ROWS - 2, 2),
    ):
        _choose(browser, name, value)
        assert (_shown(browser), _shown(browser, ".unit")) == (rows, units), (name, value)
        assert str(rows) in browser.find_element(By.ID, "visible").text
        _choose(browser, name, "")
    assert (_shown(browser), _shown(browser, ".unit")) == (_ROWS, len(ALL))
    assert _faults(browser) == []


def test_filters_work_together_and_are_taken_back(browser: Chrome) -> None:
    _choose(browser, "code", "T101")
    browser.find_element(By.NAME, "words").send_keys("b7 第7行")
    assert _shown(browser) == 1
    browser.find_element(By.NAME, "words").send_keys(" 没有这样的字")
    assert _shown(browser) == 0
    assert _shown(browser, "#none") == 1
    browser.find_element(By.CSS_SELECTOR, "button[type=reset]").click()
    browser.execute_async_script("setTimeout(arguments[0], 50)")  # type: ignore[no-untyped-call]
    assert _shown(browser) == _ROWS


def test_the_keyboard_reaches_the_list_and_the_rules(browser: Chrome) -> None:
    browser.switch_to.active_element.send_keys(Keys.TAB)
    assert "skip" in (browser.switch_to.active_element.get_attribute("class") or "")
    browser.switch_to.active_element.send_keys(Keys.TAB)
    assert browser.switch_to.active_element.text == "T101"
    browser.switch_to.active_element.send_keys(Keys.ENTER)
    assert _shown(browser) == 7
    assert browser.switch_to.active_element.get_attribute("name") == "code"


def test_without_scripts_everything_is_shown_and_no_filter_that_would_not_work(show: Show) -> None:
    with show(*ALL, scripts=False) as browser:
        assert _shown(browser) == _ROWS
        assert _shown(browser, "#filter") == 0
        assert not browser.find_element(By.CSS_SELECTOR, "button.pick").is_enabled()


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_stands_out_of_the_screen(show: Show, width: int) -> None:
    with show(*ALL, hostile(), width=width) as browser:
        wide = browser.execute_script("return document.documentElement.scrollWidth")  # type: ignore[no-untyped-call]
        assert wide <= width
        assert _shown(browser) == _ROWS + len(hostile().findings) + 1


def test_hostile_texts_run_nothing(show: Show) -> None:
    with show(hostile()) as browser:
        assert "taken" != browser.title != "1"
        assert browser.find_elements(By.CSS_SELECTOR, "img, b > script, td script") == []
        assert _faults(browser) == []


def test_a_script_that_got_in_would_not_run(show: Show, tmp_path: Path) -> None:
    """The page's policy, should escaping ever fail."""
    with show(*ALL) as browser:
        page = tmp_path / "other.html"
        page.write_text(
            source(*ALL).replace(
                "</main>", "<script>document.title='taken'</script><img src=x onerror='document.title=1'></main>"
            ),
            encoding="utf-8",
        )
        browser.get(page.as_uri())
        assert browser.title == "绩效自评表核对结果"
        assert any("Content Security Policy" in fault for fault in _faults(browser))


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is missing")
def test_it_prints_on_a4_with_page_numbers_and_without_filters(browser: Chrome, tmp_path: Path) -> None:
    _choose(browser, "code", "T101")
    pdf = tmp_path / "page.pdf"
    pdf.write_bytes(printed(browser))
    info = subprocess.run(["pdfinfo", str(pdf)], capture_output=True, check=True).stdout.decode()
    assert re.search(r"Page size: +59[45]\S* x 84[12]\S* pts", info)
    told = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, check=True).stdout.decode()
    assert re.search(r"^\s*—\s*1\s*—$", told, re.MULTILINE)
    assert "已筛选：显示 7 处" in told
    assert "全部显示" not in told
    assert "L101 执行率" not in told.split("已筛选")[1]
