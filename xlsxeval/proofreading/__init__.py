"""Proofreading (校对): a report that people edited in Word, held against the one that its unit's figures give today.

A docx is read in one guarded pass into paragraphs and tables that know their place. The report is written afresh from
the submission and read the same way; what differs in a figure, a table or a heading is told at its place.
"""

from xlsxeval.proofreading.document import Document, Paragraph, Table
from xlsxeval.proofreading.parts import Line, Part, parts
from xlsxeval.proofreading.proof import Proof, Reference
from xlsxeval.proofreading.reader import UNREADABLE, read_document
from xlsxeval.proofreading.sources import Sketch

__all__ = [
    "UNREADABLE",
    "Document",
    "Line",
    "Paragraph",
    "Part",
    "Proof",
    "Reference",
    "Sketch",
    "Table",
    "parts",
    "read_document",
]
