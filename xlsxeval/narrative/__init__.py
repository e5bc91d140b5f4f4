"""Reads prose: which figures state what, whether the arithmetic in the text holds, how its headings count.

Pure: paragraphs that know their place come in, findings of fact come out; what is done with them is the business of rules.
"""

from xlsxeval.narrative.passage import Figure, Passage, passages
from xlsxeval.narrative.statements import Statement, last_years, statements
from xlsxeval.narrative.subjects import TextBackground

__all__ = ["Figure", "Passage", "Statement", "TextBackground", "last_years", "passages", "statements"]
