"""The page of the board, parsed: everything is there without a script, and no text of a unit becomes markup."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from functools import cache
from itertools import pairwise

from lxml import html

from tests.board.offices import came, campaign, error, state_of, town, unit, unreadable
from tests.output.verdicts import HOSTILE, PAGES
from xlsxeval.board import CampaignState, UnitStatus
from xlsxeval.board.page import board_html
from xlsxeval.cli.words import wording
from xlsxeval.model import Place, Severity, Waiver
from xlsxeval.output.characters import encodable
from xlsxeval.resources import page_templates, templates_directory

FOLDER = page_templates(templates_directory())


def source(state: CampaignState) -> str:
    return board_html(state, FOLDER, wording("任务"), PAGES)


@cache
def _town() -> tuple[CampaignState, html.HtmlElement]:
    state = town()
    return state, html.document_fromstring(source(state))


def _text(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_every_unit_has_its_line_with_what_can_be_sorted_by() -> None:
    state, page = _town()
    entries = page.xpath("//tbody[contains(@class, 'entry')]")
    assert [entry.get("data-status") for entry in entries] == [one.status.value for one in state.units]
    for entry, one in zip(entries, state.units, strict=True):
        cells = entry.xpath("./tr[@class='line']/*")
        assert len(cells) == len(page.xpath("//table[@class='board']/thead/tr/th"))
        assert one.name in _text(cells[0])
        wanted = [str(one.days_late or ""), str(one.count(Severity.ERROR) or "")]
        assert [cells[3].get("data-sort"), cells[5].get("data-sort")] == wanted
        assert [_text(chip).split("：")[0][1:] for chip in cells[4].xpath("./span")] == [
            sheet.sheet for sheet in one.attachments
        ]


def test_every_finding_stands_with_its_unit() -> None:
    state, page = _town()
    for entry, one in zip(page.xpath("//tbody[contains(@class, 'entry')]"), state.units, strict=True):
        assert len(entry.xpath(".//tr[@class='finding']")) == len(one.items)
        files = [file.name for slot in one.slots for file in (slot.current, *slot.conflict) if file]
        assert all(name in _text(entry.xpath("./tr[@class='detail']")[0]) for name in files)


def test_the_bars_say_and_show_the_counts() -> None:
    state, page = _town()
    (bar,) = page.xpath("//div[@class='overall']/svg")
    assert bar.get("aria-label") == "已报无误 15，已报待核对 9，已报有错误 8，未报 7，没有下发 1"
    widths = [float(piece.get("width").rstrip("%")) for piece in bar.xpath("./rect[not(@class='ground')]")]
    counts = [state.statuses[status] for status in reversed(UnitStatus)]
    assert widths == [100 * count / len(state.units) for count in counts]
    assert len(page.xpath("//table[@class='forms']/tbody/tr")) == len(state.forms())
    (scores,) = page.xpath("//*[local-name()='svg'][@class='columns']")
    assert sum(int(count.text) for count in scores.xpath(".//*[@class='tally']")) == sum(
        one.figure is not None for one in state.units
    )


def test_no_scores_no_chart() -> None:
    page = html.document_fromstring(source(state_of(campaign(unit("001", "一局")))))
    assert not page.xpath("//*[@class='columns']")


def test_nothing_comes_from_elsewhere_and_only_the_pages_own_script_may_run() -> None:
    _, made = _town()
    assert not made.xpath("//@src | //link | //iframe | //object | //base | //@style | //@*[starts-with(name(), 'on')]")
    assert all(target.startswith("#") for target in made.xpath("//@href"))
    assert "url(" not in source(town()).replace("url(#", "")
    (policy,) = made.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    for tag, rule in (("script", "script-src"), ("style", "style-src")):
        (element,) = made.iter(tag)
        digest = base64.b64encode(hashlib.sha256((element.text or "").encode()).digest()).decode()
        assert f"{rule} 'sha256-{digest}'" in policy


def test_controls_have_labels_and_headings_their_order() -> None:
    _, page = _town()
    controls = [*page.iter("select"), *page.iter("input")]
    assert controls
    assert all(control.getparent().tag == "label" and _text(control.getparent()) for control in controls)
    assert all(bar.get("aria-label") for bar in page.xpath("//*[local-name()='svg'][@role='img']"))
    headings = [int(element.tag[1]) for element in page.body.iter() if re.fullmatch("h[1-6]", str(element.tag))]
    assert headings[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(headings))
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))


def test_no_text_of_a_unit_becomes_markup() -> None:
    everything = "".join(HOSTILE)
    found = [
        replace(
            error(encodable(text), "G4", message=text, label=text, shown=text, fix=text),
            waived=Waiver(text, text, text),
        )
        for text in HOSTILE
    ]
    bad = replace(error(everything), place=Place(encodable(everything), "A1", "x"))
    made = campaign(unit("001", everything), unit("002", "二局"))
    named = replace(came(made.units[0], *found, bad), path=f"收回/{everything}.xlsx".replace("/script", "script"))
    taken = source(state_of(made, named, unreadable(everything)))
    page = html.document_fromstring(taken)
    plain = _town()[1]
    tags = {str(element.tag) for element in plain.iter()} | {"details", "summary"}
    assert {str(element.tag) for element in page.iter()} <= tags
    assert len(list(page.iter("script"))) == 1
    assert HOSTILE[0] in page.text_content()
    taken.encode("utf-8")
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\uffff]", taken)


def test_a_board_of_nobody_is_a_page() -> None:
    assert html.document_fromstring(source(state_of(campaign()))).xpath("//h1")
