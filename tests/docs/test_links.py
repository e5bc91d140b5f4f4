"""Every relative link leads somewhere, its anchor too, and every page can be reached."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.docs.pages import READMES, ROOT, anchors, links, name, pages


@pytest.mark.parametrize("page", pages(), ids=name)
def test_links_lead_somewhere(page: Path) -> None:
    broken = []
    for link in links(page):
        path, _, anchor = link.partition("#")
        target = (page.parent / unquote(path)).resolve() if path else page
        if not target.exists() or (anchor and unquote(anchor) not in anchors(target)):
            broken.append(link)
    assert broken == []


@pytest.mark.parametrize("start", READMES, ids=name)
def test_every_page_is_reached_by_links(start: Path) -> None:
    reached = {start}
    waiting = [start]
    while waiting:
        page = waiting.pop()
        targets = {(page.parent / unquote(link.partition("#")[0])).resolve() for link in links(page)}
        found = {target for target in targets if target.suffix == ".md" and target.is_file()} - reached
        reached |= found
        waiting += found
    assert [name(page) for page in sorted((ROOT / "docs").rglob("*.md")) if page not in reached] == []
