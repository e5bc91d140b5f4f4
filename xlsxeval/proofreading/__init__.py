"""Proofreading (校对): a report that people edited in Word, held against the one that its unit's figures give today.

A docx is read in one guarded pass into paragraphs and tables that know their place. The report is written afresh from
the submission and read the same way; what differs in a figure, a table or a heading is told at its place.
"""

from xlsxeval.proofreading.document import Document, DocumentTable, Paragraph
from xlsxeval.proofreading.parts import DocumentPart, Line, parts
from xlsxeval.proofreading.proof import FreshReport, Proof
from xlsxeval.proofreading.reader import read_document
from xlsxeval.proofreading.sources import Sketch

__all__ = [
    "Document",
    "DocumentPart",
    "DocumentTable",
    "FreshReport",
    "Line",
    "Paragraph",
    "Proof",
    "Sketch",
    "parts",
    "read_document",
]
