"""The formats of ``check``: which there are, what each needs, and writing one to a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from xlsxeval.forms.library import Library
from xlsxeval.output.characters import utf8
from xlsxeval.resources import page_templates
from xlsxeval.rules.catalogue import RulePage, catalogue
from xlsxeval.rules.verdict import Verdict

STYLES = {
    "text": r"\ufeff?(最常见的问题：|■ |共 \d+ 个文件)",
    "concise": r"[^\n]*: [A-Z]\d{3} (error|warning|info) |\Z",
    "json": r'\{\s*"schema": \d+,\s*"files": \[',
    "jsonl": r'\{"schema": \d+, "type": "file"',
    "sarif": r'\{\s*"\$schema": [^\n]*,\s*"version": "2\.1\.0",\s*"runs": \[\s*\{\s*"tool": \{\s*"driver": \{\s*"name": "xlsxeval"',
    "junit": r'<\?xml [^>]*\?>\s*<testsuites name="xlsxeval check"',
    "html": r'<!DOCTYPE html>[^\0]{0,900}<meta name="generator" content="xlsxeval',
}
"""The formats, each with how an output of it begins: only such a file is written over."""

_OF_SUFFIX = {
    ".html": "html",
    ".htm": "html",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".sarif": "sarif",
    ".xml": "junit",
}


def style_for(style: str | None, output: Path | None) -> str:
    """The format asked for, else the one that the file's name ends in, else text."""
    return style or (_OF_SUFFIX.get(output.suffix.lower(), "text") if output else "text")


def render(verdicts: Sequence[Verdict], style: str, templates: Library, today: dt.date) -> Iterable[str]:
    """The verdicts in one of the formats, piece by piece where the format can be made so: sarif, junit and html are one.

    ``today`` is the day that the page carries. What a format needs is imported for it alone.
    """
    from xlsxeval import output

    match style:
        case "text":
            return output.text(verdicts, _pages(verdicts, templates))
        case "sarif":
            from xlsxeval.output.sarif import check_sarif

            return [check_sarif(verdicts, _pages(verdicts, templates))]
        case "junit":
            from xlsxeval.output.junit import check_junit

            return [check_junit(verdicts)]
        case "html":
            from xlsxeval.output.page import check_html

            folder = page_templates(templates.directory)
            return [check_html(verdicts, _pages(verdicts, templates), folder, today)]
        case "json":
            return output.check_json(verdicts)
    return {"concise": output.concise, "jsonl": output.check_jsonl}[style](verdicts)


def _pages(verdicts: Sequence[Verdict], templates: Library) -> dict[str, RulePage]:
    """The rules that these files were held against."""
    used = {verdict.subject.edition for verdict in verdicts if verdict.subject is not None}
    return catalogue(templates, sorted(used & set(templates.editions())))


def encoded(pieces: Iterable[str], style: str) -> Iterator[bytes]:
    """What was rendered as a file has it: the text for people with the mark by which Windows knows UTF-8."""
    if style == "text":
        yield utf8("\ufeff")
    yield from map(utf8, pieces)
