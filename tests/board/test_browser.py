"""The board in a real browser: sorted, filtered, opened, on a telephone, printed, and without scripts."""

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

from tests.board.offices import town
from tests.board.test_page import source
from tests.output.browser import Browsers, printed

pytestmark = pytest.mark.chromium
STATE = town()
UNITS = len(STATE.units)


class Show(Protocol):
    def __call__(self, *, width: int = 1280, scripts: bool = True) -> AbstractContextManager[Chrome]: ...


@pytest.fixture
def show(tmp_path: Path, browsers: Browsers) -> Show:
    def made(*, width: int = 1280, scripts: bool = True) -> AbstractContextManager[Chrome]:
        page = tmp_path / "看 板#1%.html"
        page.write_text(source(STATE), encoding="utf-8")
        return browsers.opened(page, width=width, scripts=scripts)

    return made


@pytest.fixture
def browser(show: Show) -> Iterator[Chrome]:
    with show() as running:
        yield running
        assert running.get_log("browser") == []  # type: ignore[no-untyped-call]


def _shown(browser: Chrome, what: str) -> int:
    return sum(element.is_displayed() for element in browser.find_elements(By.CSS_SELECTOR, what))


def _keys(browser: Chrome, column: int) -> list[str]:
    """What the units are sorted by, from top to bottom."""
    script = "return [...document.querySelectorAll('tr.line')].map((line) => line.cells[arguments[0]].dataset.sort)"
    return list(browser.execute_script(script, column))  # type: ignore[no-untyped-call]


def _head(browser: Chrome, column: int) -> str:
    heads = browser.find_elements(By.CSS_SELECTOR, "table.board > thead th")
    return heads[column].get_attribute("aria-sort") or ""


def _choose(browser: Chrome, name: str, value: str) -> None:
    Select(browser.find_element(By.NAME, name)).select_by_value(value)


@pytest.mark.parametrize("column", [1, 3, 4, 5, 7])
def test_a_column_sorts_up_and_down_by_number_and_blanks_come_last(browser: Chrome, column: int) -> None:
    known = [float(key) for key in _keys(browser, column) if key]
    assert known
    button = browser.find_elements(By.CSS_SELECTOR, "button.sort")[column]
    for direction, told in ((False, "ascending"), (True, "descending")):
        button.click()
        keys = _keys(browser, column)
        assert [float(key) for key in keys[: len(known)]] == sorted(known, reverse=direction)
        assert not any(keys[len(known) :])
        assert _head(browser, column) == told
    assert _head(browser, 0) == "none"


def test_a_unit_keeps_its_details_when_sorted(browser: Chrome) -> None:
    browser.find_elements(By.CSS_SELECTOR, "button.sort")[5].click()
    script = """return [...document.querySelectorAll('tbody.entry')].every((body) =>
        body.querySelector('button.open').getAttribute('aria-controls') === body.querySelector('.detail').id)"""
    assert browser.execute_script(script)  # type: ignore[no-untyped-call]


def test_the_keyboard_sorts_and_opens(browser: Chrome) -> None:
    head = browser.find_elements(By.CSS_SELECTOR, "button.sort")[3]
    head.send_keys(Keys.ENTER)
    assert _head(browser, 3) == "ascending"
    head.send_keys(Keys.SPACE)
    assert _head(browser, 3) == "descending"
    unit = browser.find_element(By.CSS_SELECTOR, "button.open")
    unit.send_keys(Keys.ENTER)
    assert (_shown(browser, "tr.detail"), unit.get_attribute("aria-expanded")) == (1, "true")
    unit.send_keys(Keys.SPACE)
    assert (_shown(browser, "tr.detail"), unit.get_attribute("aria-expanded")) == (0, "false")


def test_a_unit_opens_to_its_findings_and_all_at_once(browser: Chrome) -> None:
    assert (_shown(browser, "tr.detail"), _shown(browser, "tr.finding")) == (0, 0)
    body = browser.find_element(By.CSS_SELECTOR, "tbody.entry.errors")
    body.find_element(By.CSS_SELECTOR, "button.open").click()
    assert _shown(browser, "tr.finding") == len(body.find_elements(By.CSS_SELECTOR, "tr.finding")) > 0
    browser.find_element(By.ID, "all").click()
    assert _shown(browser, "tr.detail") == UNITS
    assert _shown(browser, "tr.finding") == sum(len(unit.items) for unit in STATE.units)
    browser.find_element(By.ID, "all").click()
    assert _shown(browser, "tr.detail") == 0


def test_filters_show_the_units_asked_for(browser: Chrome) -> None:
    late = sum(unit.days_late > 0 for unit in STATE.units)
    form = list(STATE.forms()).index("附件2") + 1
    open_form = sum(
        any(one.form == "附件2" and one.status != "done" for one in unit.attachments) for unit in STATE.units
    )
    for name, value, wanted in (("status", "errors", 8), ("status", "late", late), ("form", str(form), open_form)):
        _choose(browser, name, value)
        assert _shown(browser, "tbody.entry") == wanted
        assert str(wanted) in browser.find_element(By.ID, "visible").text
        _choose(browser, name, "")
    browser.find_element(By.NAME, "words").send_keys("服务中心 430200220")
    assert _shown(browser, "tbody.entry") == 1
    browser.find_element(By.NAME, "words").send_keys(" 没有这样的字")
    assert (_shown(browser, "tbody.entry"), _shown(browser, "#none")) == (0, 1)
    browser.find_element(By.CSS_SELECTOR, "button[type=reset]").click()
    browser.execute_async_script("setTimeout(arguments[0], 50)")  # type: ignore[no-untyped-call]
    assert _shown(browser, "tbody.entry") == UNITS


def test_the_legend_filters(browser: Chrome) -> None:
    browser.find_element(By.CSS_SELECTOR, "button.only[data-status=missing]").click()
    assert _shown(browser, "tbody.entry") == _shown(browser, "tbody.entry.missing") == 7
    assert browser.switch_to.active_element.get_attribute("name") == "status"


def test_without_scripts_everything_is_shown_and_nothing_that_would_not_work(show: Show) -> None:
    with show(scripts=False) as browser:
        assert _shown(browser, "tr.detail") == UNITS
        assert _shown(browser, "tr.finding") == sum(len(unit.items) for unit in STATE.units)
        assert _shown(browser, "#filter") == 0
        buttons = browser.find_elements(By.CSS_SELECTOR, "button.sort, button.open, button.only")
        assert buttons
        assert not any(button.is_enabled() for button in buttons)


def test_on_a_telephone_nothing_is_cut_off_and_units_can_be_sorted(show: Show) -> None:
    with show(width=390) as browser:
        browser.find_element(By.ID, "all").click()
        wide = "return document.documentElement.scrollWidth"
        assert browser.execute_script(wide) <= 390  # type: ignore[no-untyped-call]
        _choose(browser, "order", "5 -1")
        known = [float(key) for key in _keys(browser, 5) if key]
        assert known == sorted(known, reverse=True)


def test_it_prints_on_a4_with_what_is_open_and_without_the_filter(browser: Chrome, tmp_path: Path) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    browser.find_element(By.CSS_SELECTOR, "tbody.entry.errors button.open").click()
    path = tmp_path / "看板.pdf"
    path.write_bytes(printed(browser))
    told = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True).stdout.decode()
    size = subprocess.run(["pdfinfo", str(path)], capture_output=True, check=True).stdout.decode()
    width, height = (round(float(points)) for points in re.findall(r"[\d.]+", size.split("Page size:")[1])[:2])
    assert (width, height) == (842, 595)
    assert all(unit.code in told for unit in STATE.units)
    assert told.count("怎么改") == _shown(browser, "p.fix") > 0
    assert "全部点开" not in told
    pages = [page.split() for page in told.split("\f") if any(unit.code in page for unit in STATE.units)]
    assert len(pages) > 2
    assert all(
        {"状态", "各表"} <= set(page[: page.index("执行率") + 1]) for page in pages
    )  # the head, on each page again
