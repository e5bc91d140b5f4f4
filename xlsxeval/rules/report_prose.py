"""The text of a report in the form that the rules about prose read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xlsxeval.intake.submission import Submission
from xlsxeval.model import Place
from xlsxeval.narrative import Passage, statements
from xlsxeval.narrative.passage import is_heading
from xlsxeval.proofreading import DocumentPart, Line
from xlsxeval.proofreading.plain_text import plain
from xlsxeval.rules.prose import NARRATIVE, Prose, TextSection, prose, setting_of


def report_prose(parts: Sequence[DocumentPart], submission: Submission, origin: Mapping[Place, Line]) -> Prose:
    """The chapters of a report, with the claims of the form that its prose came from.

    The headings of all chapters form one text and the paragraphs of each chapter another, so that numbering is checked
    in each by itself. ``origin`` maps the place of an edited paragraph to the paragraph before the edit, which shows
    from which field it came.
    """
    chapters = [part.lines for part in parts[1:] if not part.attachment]
    fields = _fields(submission)
    texts = [_section(fields, origin, [lines[0] for lines in chapters], "")]
    texts += [_section(fields, origin, lines[1:], lines[0].text) for lines in chapters]
    sections = tuple(text for text in texts if text.passages)
    passages = [passage for section in sections for passage in section.passages]
    claims = next((text.claims for text in prose(submission) if text.form == NARRATIVE), ())
    setting = setting_of(submission)
    return Prose(NARRATIVE, setting, claims, sections, tuple(statements(passages, claims, setting)))


def _section(
    fields: Mapping[str, str], origin: Mapping[Place, Line], lines: Sequence[Line], heading: str
) -> TextSection:
    """Paragraphs as one text; paragraphs that the template wrote have no field."""
    passages: list[Passage] = []
    start = 0
    for line in lines:
        field = fields.get(plain(origin.get(line.place, line).text), "")
        passages.append(Passage(line.text, line.place, field, heading, start))
        start += len(line.text) + 1
        if line.level or is_heading(line.text):
            heading = line.text.strip()
    return TextSection(None, "\n".join(line.text for line in lines), tuple(passages))


def _fields(submission: Submission) -> dict[str, str]:
    """Text of a paragraph → the field of the form that it comes from."""
    sections = [section for text in prose(submission) for section in text.sections if text.form == NARRATIVE]
    return {plain(passage.text): section.field for section in sections for passage in section.passages}
