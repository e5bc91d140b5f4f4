"""What the READMEs say is proven: each figure stands on the page that its row links to, each command is there."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.docs.pages import READMES, ROOT, name

_ROW = re.compile(r"^\| (?P<what>[^|]+) \| (?P<figures>[^|]+) \| `(?P<command>[^`|]+)` \|$", re.MULTILINE)
_LINK = re.compile(r"\]\(([^)#]+)[^)]*\)")
_FIGURE = re.compile(r"\d[\d,.]*\d")


def _rows(page: Path) -> list[re.Match[str]]:
    return list(_ROW.finditer(page.read_text(encoding="utf-8")))


def _figures(row: re.Match[str]) -> list[str]:
    return _FIGURE.findall(_LINK.sub("]", row["figures"]))


@pytest.mark.parametrize("readme", READMES, ids=name)
def test_a_figure_stands_on_the_page_that_its_row_links_to(readme: Path) -> None:
    rows = _rows(readme)
    assert len(rows) > 5
    for row in rows:
        (target, *_) = _LINK.findall(row["figures"])
        text = (readme.parent / unquote(target)).read_text(encoding="utf-8")
        assert [one for one in _figures(row) if one not in text] == [], row["what"]


@pytest.mark.parametrize("readme", READMES, ids=name)
def test_its_command_is_there(readme: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for row in _rows(readme):
        program, *words = row["command"].split()
        if program == "make":
            assert words[0] in targets
        else:
            assert (ROOT / next(word for word in words if "/" in word)).exists(), row["command"]


def test_both_say_the_same() -> None:
    english, chinese = (
        [(row["command"], sorted(set(_figures(row)) - {"16"})) for row in _rows(readme)] for readme in READMES
    )
    assert english == chinese
