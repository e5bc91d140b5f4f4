"""Open findings as Word comments, each at the place of the document where its figure or sentence stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Pt
from lxml import etree

from xlsxeval.intake.submission import Submission
from xlsxeval.model import Finding, Severity
from xlsxeval.report.drawn_sheets import Drawn
from xlsxeval.report.fields import clean
from xlsxeval.report.review_places import Places
from xlsxeval.report.spans import RunSpan
from xlsxeval.report.table_xml import element

AUTHOR = "xlsxeval"
_SEVERITIES = {Severity.ERROR: "错误", Severity.WARNING: "请核对", Severity.INFO: "提示"}
_TEXT, _REFERENCE = "annotation text", "annotation reference"
_STYLE_IDS = {_TEXT: "CommentText", _REFERENCE: "CommentReference"}
"""Word's own names of the styles of comments, and the ids under which python-docx asks for them."""
_LONGEST = 600


@dataclass(frozen=True, slots=True)
class Review:
    """What is to be marked in a report: the findings that count, and the day that the comments carry."""

    findings: Sequence[Finding]
    day: dt.date


def write_comments(document: Document, review: Review, drawn: Sequence[Drawn], submission: Submission) -> None:
    """A comment for every finding. ``drawn`` are the tables of the document with what they were drawn from."""
    if not review.findings:
        return
    _provide_styles(document)
    moment = dt.datetime.combine(review.day, dt.time(), dt.UTC)
    places = Places(document, drawn, submission)
    for finding in review.findings:
        comment = document.comments.add_comment(comment_text(finding), AUTHOR, AUTHOR[:2])
        node = comment._comment_elm
        node.date = moment
        for paragraph in comment.paragraphs[1:]:
            paragraph.style = document.styles[_TEXT]
        _mark(places.of(finding), comment.comment_id)


def comment_text(finding: Finding) -> str:
    """Which rule, what is wrong, what is there, what should be, how that was worked out, what to do; a line each."""
    told = {
        "收到的表里": finding.shown,
        "应为": finding.expected or None,
        "怎么算的": finding.working,
        "怎么改": finding.fix,
    }
    lines = [f"{finding.code} {_SEVERITIES[finding.severity]}：{_one_line(finding.message)}"]
    lines += [f"{name}：{_one_line(text)}" for name, text in told.items() if text is not None]
    return "\n".join(lines)


def _one_line(text: str) -> str:
    plain = " ".join(clean(text).split())
    return plain if len(plain) <= _LONGEST else plain[: _LONGEST - 1] + "…"


def _mark(span: RunSpan, number: int) -> None:
    """The comment's range in the text, and the reference that follows it."""
    span.first.addprevious(element("w:commentRangeStart", id=number))
    end = element("w:commentRangeEnd", id=number)
    span.last.addnext(end)
    run = etree.Element(qn("w:r"))
    etree.SubElement(run, qn("w:rPr")).append(element("w:rStyle", val=_STYLE_IDS[_REFERENCE]))
    run.append(element("w:commentReference", id=number))
    end.addnext(run)


def _provide_styles(document: Document) -> None:
    """The styles of comments, which a template has only where somebody commented it in Word."""
    for name, kind in ((_TEXT, WD_STYLE_TYPE.PARAGRAPH), (_REFERENCE, WD_STYLE_TYPE.CHARACTER)):
        if name in document.styles:
            document.styles[name].element.set(qn("w:styleId"), _STYLE_IDS[name])
            continue
        style = document.styles.add_style(name, kind)
        style.element.set(qn("w:styleId"), _STYLE_IDS[name])
        style.font.size = Pt(10 if kind is WD_STYLE_TYPE.PARAGRAPH else 8)
