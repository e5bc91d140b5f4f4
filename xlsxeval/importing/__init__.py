"""An official blank form in Excel → the draft of a form definition, for a person to finish."""

from xlsxeval.importing.draft import FormDraft, draft_form
from xlsxeval.importing.reader import read_blank
from xlsxeval.importing.yaml_text import ASK, draft_text

__all__ = ["ASK", "FormDraft", "draft_form", "draft_text", "read_blank"]
