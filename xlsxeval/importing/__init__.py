"""Official blank forms in Excel and Word → drafts of form definitions, with questions for a person to answer."""

from xlsxeval.importing.draft import FormDraft, draft_form
from xlsxeval.importing.reader import BlankFile, read_blanks
from xlsxeval.importing.yaml_text import ASK, draft_text

__all__ = ["ASK", "BlankFile", "FormDraft", "draft_form", "draft_text", "read_blanks"]
