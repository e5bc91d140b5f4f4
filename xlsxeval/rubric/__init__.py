"""考核评分表: what the organiser's rubric can be given by a program, with reasons, and what a person must judge."""

from xlsxeval.rubric.draft import RubricItem, draft
from xlsxeval.rubric.evidence import Evidence

__all__ = ["Evidence", "RubricItem", "draft"]
