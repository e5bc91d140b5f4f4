"""The HTML page, parsed: everything is there without a script, and no text of a unit becomes markup."""

from __future__ import annotations

import base64
import hashlib
import re
from datetime import date
from itertools import pairwise

import pytest
from lxml import html

from tests.output.verdicts import ALL, CLEAN, FIXED, FOUND, HOSTILE, PAGES, REJECTED, hostile
from xlsxeval.output.formats.html import check_html
from xlsxeval.resources import page_templates, templates_directory
from xlsxeval.rules.verdict import Verdict

FOLDER = page_templates(templates_directory())


def source(*verdicts: Verdict) -> str:
    return check_html(verdicts, PAGES, FOLDER, date(2025, 3, 1))


def _page(*verdicts: Verdict) -> html.HtmlElement:
    return html.document_fromstring(source(*verdicts))


def _text(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


@pytest.fixture(scope="module")
def page() -> html.HtmlElement:
    return _page(*ALL)


def test_every_finding_has_its_row_with_place_values_working_and_state(page: html.HtmlElement) -> None:
    rows = page.xpath("//tr[@class='finding']")
    assert len(rows) == sum(len(verdict.findings) + len(verdict.fixed) for verdict in ALL)
    (rate,) = (row for row in rows if row.get("data-code") == "L101")
    for word in ("G4", "执行率", "100.00%", "93.48%", "2113.82 ÷ 2261.16 = 93.48%", "新出现"):
        assert word in _text(rate)


def test_rows_stand_under_their_unit_and_worksheet(page: html.HtmlElement) -> None:
    (unit,) = page.xpath("//section[@class='unit'][h2[contains(., '某某局')]]")
    sheets = [(sheet.get("data-sheet"), len(sheet.xpath(".//tr[@class='finding']"))) for sheet in unit.iter("section")]
    assert [found for found in sheets if found[0] is not None] == [("附件1", 7), ("附件2", 1), ("附件3-1", 2), ("", 1)]


def test_fix_basis_waiver_and_who_set_the_severity_are_told(page: html.HtmlElement) -> None:
    told = _text(page.body)
    for word in (
        "改正扣了分没有写原因。",
        "依据 [理]",
        "绩效科",
        "2025-03-01",
        "级别由版本设定",
        "本市口径",
        "V030 不查",
    ):
        assert word in told


def test_what_is_waived_is_not_counted_and_what_is_fixed_is_shown(page: html.HtmlElement) -> None:
    states = [row.get("data-state") for row in page.xpath("//tr[@class='finding']")]
    assert states.count("waived open") == 1
    assert states.count("fixed") == 1
    (summary,) = page.xpath("//section[@class='summary']")
    assert re.search(r"错误 9 处.*请核对 0 处.*提示 1 处", _text(summary))
    (fixed,) = page.xpath("//tr[@data-state='fixed']")
    assert "附件3-1!I12" in _text(fixed)
    assert FIXED.code in _text(fixed)


def test_clean_and_rejected_files_are_told(page: html.HtmlElement) -> None:
    status = {_text(path): path.xpath("./span")[0].get("class") for path in page.xpath("//p[@class='path']")}
    assert [name for name, kind in status.items() if kind == "status clean" and CLEAN.path in name]
    assert [name for name, kind in status.items() if kind == "status rejected" and REJECTED.path in name]


def test_the_filters_offer_what_there_is(page: html.HtmlElement) -> None:
    offered = {
        select.get("name"): select.xpath("./option/@value | ./option[not(@value)]/text()")
        for select in page.iter("select")
    }
    assert offered["code"] == ["", "F003", "L101", "S102", "T101", "V030"]
    assert offered["sheet"] == ["", "附件1", "附件2", "附件3-1", "整个文件"]
    assert len(offered["unit"]) == 1 + len(ALL)
    assert offered["severity"] == ["", "error", "warning", "info"]
    assert offered["state"] == ["", "counted", "new", "open", "waived", "fixed"]


def test_every_control_has_a_label_and_every_bar_a_text(page: html.HtmlElement) -> None:
    controls = [*page.iter("select"), *page.iter("input")]
    assert controls
    assert all(control.getparent().tag == "label" and _text(control.getparent()) for control in controls)
    assert all(bar.get("aria-label") for bar in page.xpath("//*[local-name()='svg'][@role='img']"))
    headings = [int(element.tag[1]) for element in page.body.iter() if re.fullmatch("h[1-6]", str(element.tag))]
    assert headings[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(headings))


def test_nothing_comes_from_elsewhere() -> None:
    made = _page(*ALL)
    assert not made.xpath("//@src | //link | //iframe | //object | //base | //@style | //@*[starts-with(name(), 'on')]")
    assert all(target.startswith("#") for target in made.xpath("//@href"))
    assert "url(" not in source(*ALL).replace("url(#", "")
    assert "@import" not in source(*ALL)


def test_only_the_pages_own_script_and_style_may_run() -> None:
    made = _page(hostile())
    (policy,) = made.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    for tag, rule in (("script", "script-src"), ("style", "style-src")):
        (element,) = made.iter(tag)
        digest = base64.b64encode(hashlib.sha256((element.text or "").encode()).digest()).decode()
        assert f"{rule} 'sha256-{digest}'" in policy


def test_no_text_of_a_unit_becomes_markup() -> None:
    plain, taken = _page(FOUND), _page(hostile())
    assert {str(element.tag) for element in taken.iter()} <= {str(element.tag) for element in plain.iter()} | {
        "details",
        "summary",
    }
    assert len(list(taken.iter("script"))) == 1
    told = taken.text_content()
    for text in HOSTILE[:4]:
        assert text in told
    source(hostile()).encode("utf-8")
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\uffff]", source(hostile()))


def test_a_page_of_nothing_is_a_page() -> None:
    assert _page().xpath("//h1")
    assert not _page(CLEAN).xpath("//tr[@class='finding']")
