"""The guide: its part of the page 帮助 is current, what pages ask about is in it, its pictures are there."""

from __future__ import annotations

import re

from tests.web.desks import DeskBrowser
from tools.guide_doc import GUIDE, PAGES, PART, guide

DESK = PART.parent


def test_the_part_of_the_page_is_current() -> None:
    assert PART.read_text(encoding="utf-8") == guide(), "run python tools/guide_doc.py"
    assert set(PAGES) == {path.stem for path in GUIDE.glob("*.md")}


def test_what_pages_ask_about_is_in_the_guide(desk: DeskBrowser) -> None:
    asked = {
        topic
        for path in DESK.glob("*.j2")
        for topic in re.findall(r'parts\.ask\("([a-z-]+)"', path.read_text(encoding="utf-8"))
    }
    page = desk.page("/help")
    anchors = re.findall(r'id="([^"]+)"', page)
    assert len(asked) > 8
    assert asked <= set(anchors)
    assert len(anchors) == len(set(anchors))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= {*anchors, "main"}
    assert not re.search(r'href="[^"]*\.md', page)


def test_a_page_of_each_reader_is_found_offline(desk: DeskBrowser) -> None:
    """The search looks through the topics of the page; it asks nobody."""
    text = desk.page("/help")
    topics = re.findall(r'<section class="topic[^"]*" id="([^"]+)">', text)
    assert {"returns", "unit-mend", "page-levels", "page-add-an-edition", "page-audit", "server-run", "L101"} <= set(
        topics
    )


def test_its_pictures_are_there_and_no_others(desk: DeskBrowser) -> None:
    named = set(re.findall(r'src="/static/([a-z-]+\.png)"', PART.read_text(encoding="utf-8")))
    kept = {path.name: path for path in (DESK.parent / "guide").iterdir()}
    assert set(kept) == named
    for name, path in kept.items():
        answer = desk.get(f"/static/{name}")
        assert answer.mimetype == "image/png"
        assert answer.data == path.read_bytes()
        assert path.stat().st_size < 200_000, name
    part = PART.read_text(encoding="utf-8")
    for page in PAGES:
        text = (GUIDE / f"{page}.md").read_text(encoding="utf-8")
        for picture in re.findall(r"!\[[^]]*\]\(([^)]+)\)", text):
            assert (GUIDE / picture).resolve().is_file(), picture
        for anchor in re.findall(r'<a id="([a-z-]+)"></a>', text):
            assert f'<section class="topic" id="{anchor}">' in part, anchor
