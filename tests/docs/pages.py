"""The documents as tests see them: their text, links, headings and fenced examples."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
READMES = (ROOT / "README.md", ROOT / "README.zh-CN.md")
_FENCE = re.compile(r"(?P<marker><!-- runs -->\n)?^```(?P<language>\w*)\n(?P<text>.*?)^```", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\((?P<target>[^)\s]+)\)")
_HEADING = re.compile(r"^#+ +(?P<text>.+)$", re.MULTILINE)
_ANCHOR = re.compile(r'<a id="([^"]+)">')


def pages() -> list[Path]:
    """Every document for readers."""
    return [
        *READMES,
        ROOT / "CHANGELOG.md",
        ROOT / "CONTRIBUTING.md",
        *sorted((ROOT / "docs").rglob("*.md")),
        *sorted(ROOT.glob("samples/*/*.md")),
    ]


def name(path: Path) -> str:
    """The path from the project's top, as an id of a test."""
    return path.relative_to(ROOT).as_posix()


@dataclass(frozen=True, slots=True)
class Example:
    """A fenced block; ``runs`` where the page says that it works as it stands."""

    language: str
    text: str
    runs: bool


def examples(path: Path) -> Iterator[Example]:
    """The fenced blocks of a page, in order."""
    for match in _FENCE.finditer(path.read_text(encoding="utf-8")):
        yield Example(match["language"], match["text"], match["marker"] is not None)


@cache
def prose(path: Path) -> str:
    """A page without its fenced blocks."""
    return _FENCE.sub("", path.read_text(encoding="utf-8"))


@cache
def links(path: Path) -> list[str]:
    """The targets of links and pictures that stay inside the project."""
    targets = [match["target"] for match in _LINK.finditer(prose(path))]
    return [target for target in targets if not re.match(r"[a-z]+:", target)]


@cache
def anchors(path: Path) -> set[str]:
    """What ``#…`` can name on a page: its headings as GitHub writes them, and explicit anchors."""
    text = prose(path)
    return {_slug(match["text"]) for match in _HEADING.finditer(text)} | set(_ANCHOR.findall(text))


def _slug(heading: str) -> str:
    kept = [char for char in heading.lower() if char in " -_" or unicodedata.category(char)[0] in "LN"]
    return "".join(kept).strip().replace(" ", "-")
