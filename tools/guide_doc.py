"""Writes the guide of docs/guide as a part of the desk's page 帮助: ``templates/html/desk/guide.html.j2``.

    python tools/guide_doc.py

A topic is a heading with an anchor above it, ``<a id="returns"></a>``: the desk's pages link to it by that name. A page without
topics is one topic, ``page-`` and the name of its file, with its own headings below. What lies outside the guide is named and not
linked: the desk works offline.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from markdown_it import MarkdownIt

ROOT = Path(__file__).resolve().parent.parent
GUIDE = ROOT / "docs" / "guide"
PART = ROOT / "templates" / "html" / "desk" / "guide.html.j2"
DESK = ("README", "campaign", "sending", "returns", "reviews", "results", "trouble")
WORK = ("collection", "roster", "annotated-workbook", "board", "consolidated-report", "reading")
PAGES = (
    *DESK,
    "unit",
    *WORK,
    "levels",
    "own-forms",
    "add-an-edition",
    "audit",
    "server",
    "using-windows",
    "first-start",
)
_TOPIC = re.compile(r'^<a id="([a-z-]+)"></a>\n+## (.+)\n', re.MULTILINE)
_TITLE = re.compile(r"\A# (.+)\n")
_HEAD = "{# Written by tools/guide_doc.py from docs/guide; do not edit. #}\n{% raw %}\n"
_SERVED = "../../templates/html/guide/"
_GUIDE_LINK = re.compile(r'<a href="(?:([a-z-]*)\.md)?(?:#([^"]+))?">')
_LINK = re.compile(r'<a href="(?!#)[^"]*">(.*?)</a>')
_ELSEWHERE = re.compile(r'<p><img src="(?!/static/)[^>]*></p>\n|<img src="(?!/static/)[^>]*>')


def topics(page: str) -> Iterator[tuple[str, str, str]]:
    """The topics of a page: anchor, title, Markdown."""
    text = (GUIDE / f"{page}.md").read_text(encoding="utf-8")
    before, *parts = _TOPIC.split(text)
    if parts:
        yield from zip(parts[::3], parts[1::3], parts[2::3], strict=True)
        return
    title = _TITLE.match(text)
    assert title is not None, page
    yield f"page-{page}", title[1].partition(" · ")[0], before[title.end() :]


def guide() -> str:
    """The part of the page: a section a topic, in the order of the guide's pages."""
    known = {page: list(topics(page)) for page in PAGES}
    first = {page: found[0][0] for page, found in known.items()}
    anchors = {anchor for found in known.values() for anchor, _, _ in found}
    contents, sections = [], []
    for page in PAGES:
        for anchor, title, text in known[page]:
            contents.append(f'<li><a href="#{anchor}">{title}</a></li>')
            body = _body(text, page, first, anchors)
            sections.append(f'<section class="topic" id="{anchor}">\n<h2>{title}</h2>\n{body}</section>\n')
    listed = f'<nav class="contents" aria-label="目录"><ul>{"".join(contents)}<li><a href="#rules">全部规则</a></li></ul></nav>\n'
    return f"{_HEAD}{listed}{''.join(sections)}{{% endraw %}}\n"


def _body(text: str, own: str, first: dict[str, str], anchors: set[str]) -> str:
    """A topic as HTML, with links inside the guide only, and the pictures that the desk serves."""

    def inside(match: re.Match[str]) -> str:
        page, anchor = match.groups()
        target = anchor if anchor in anchors else first.get(page or own)
        return f'<a href="#{target}">' if target else match[0]

    body = MarkdownIt("commonmark", {"html": False}).enable("table").render(text)
    body = body.replace(_SERVED, "/static/")
    body = _LINK.sub(r"\1", _GUIDE_LINK.sub(inside, body))
    body = _ELSEWHERE.sub("", body).replace("<img ", '<img loading="lazy" ')
    body = re.sub(r"<thead>\n<tr>\n(<th></th>\n)+</tr>\n</thead>\n", "", body).replace("<th></th>", "<td></td>")
    body = body.replace("<table>", '<div class="wide"><table>').replace("</table>", "</table></div>")
    return re.sub(r"<(/?)h2>", r"<\1h3>", body)


if __name__ == "__main__":
    PART.write_text(guide(), encoding="utf-8")
