"""Writes the guide of docs/guide as a part of the desk's page 帮助: ``templates/html/desk/guide.html.j2``.

    python tools/guide_doc.py

A topic is a heading with an anchor above it, ``<a id="returns"></a>``: the desk's pages link to it by that name.
"""

from __future__ import annotations

import re
from pathlib import Path

from markdown_it import MarkdownIt

ROOT = Path(__file__).resolve().parent.parent
GUIDE = ROOT / "docs" / "guide"
PART = ROOT / "templates" / "html" / "desk" / "guide.html.j2"
PAGES = ("README", "campaign", "sending", "returns", "reviews", "results", "trouble")
_TOPIC = re.compile(r'^<a id="([a-z-]+)"></a>\n+## (.+)\n', re.MULTILINE)
_HEAD = "{# Written by tools/guide_doc.py from docs/guide; do not edit. #}\n{% raw %}\n"


def guide() -> str:
    """The part of the page: a section a topic, in the order of the guide's pages."""
    markdown = MarkdownIt("commonmark").enable("table")
    sections, contents = [], []
    for page in PAGES:
        _, *parts = _TOPIC.split((GUIDE / f"{page}.md").read_text(encoding="utf-8"))
        for anchor, title, text in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
            body = markdown.render(text).replace("../../templates/html/guide/", "/static/")
            body = re.sub(r'href="[a-z]*\.md(#[a-z-]+)"', r'href="\1"', body).replace("<img ", '<img loading="lazy" ')
            contents.append(f'<li><a href="#{anchor}">{title}</a></li>')
            sections.append(f'<section class="topic" id="{anchor}">\n<h2>{title}</h2>\n{body}</section>\n')
    listed = f'<nav class="contents" aria-label="目录"><ul>{"".join(contents)}<li><a href="#rules">全部规则</a></li></ul></nav>\n'
    return f"{_HEAD}{listed}{''.join(sections)}{{% endraw %}}\n"


if __name__ == "__main__":
    PART.write_text(guide(), encoding="utf-8")
