"""Captions (题注) that Word counts: their numbers as they stand in the finished document."""

from __future__ import annotations

from collections import Counter

from docx.document import Document
from lxml import etree

from xlsxeval.report.drawn_sheets import Pen
from xlsxeval.report.word_fields import field_runs, fields, text_run

CAPTION = "Caption"


def number_captions(document: Document) -> None:
    """Counts the SEQ fields of each name (表, 图), so that a caption in a loop or a part left out has its number."""
    counts: Counter[str] = Counter()
    for field in fields(document.element.body):
        kind, _, name = field.instruction.partition(" ")
        if kind == "SEQ":
            label = name.split(" ")[0]
            counts[label] += 1
            field.show(str(counts[label]))


def caption(pen: Pen, label: str, text: str) -> etree._Element:
    """A caption paragraph: 图1　…."""
    root = pen.paragraph(CAPTION)
    root.append(text_run(label))
    for run in field_runs(f"SEQ {label} \\* ARABIC", "1"):
        root.append(run)
    root.append(text_run(f"　{text}"))
    return root
