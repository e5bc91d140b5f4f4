"""The prose of a published report: paragraphs at their own places, with the claims of the neutral edition."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxeval.forms.definition import Claim
from xlsxeval.intake.submission import Submission
from xlsxeval.narrative import statements
from xlsxeval.narrative.passage import Passage, is_heading
from xlsxeval.proofreading import Line
from xlsxeval.rules.prose import NARRATIVE, Prose, TextSection, setting_of

_CHAPTER = ("一、", "二、", "三、", "四、", "五、", "六、", "七、", "八、", "九、", "十、", "十一、", "十二、")
_FIELDS = (
    ("problems", ("存在的问题", "主要问题", "存在问题")),
    ("measures", ("改进措施", "整改措施", "有关建议", "下一步")),
)


def prose_of(lines: Sequence[Line], claims: tuple[Claim, ...], submission: Submission) -> Prose:
    """The paragraphs as texts: the headings of chapters as one, what stands below each as another."""
    setting = setting_of(submission)
    headings = [line for line in lines if _is_chapter(line)]
    sections = [_section(headings, "", "")]
    start = 0
    chapter = ""
    for index, line in enumerate([*lines, None]):
        if line is None or _is_chapter(line) or (is_heading(line.text) and _field(line.text)):
            sections.append(_section(lines[start:index], chapter, _field(chapter)))
            start, chapter = index + 1, line.text if line else ""
    found = tuple(section for section in sections if section.passages)
    passages = [passage for section in found for passage in section.passages]
    return Prose(NARRATIVE, setting, claims, found, tuple(statements(passages, claims, setting)))


def _is_chapter(line: Line) -> bool:
    return line.text.startswith(_CHAPTER) and is_heading(line.text)


def _field(chapter: str) -> str:
    """The field of the report's form that a chapter is: N109 looks at problems and measures."""
    found = [name for name, words in _FIELDS if any(word in chapter for word in words)]
    return found[0] if len(found) == 1 else ""


def _section(lines: Sequence[Line], heading: str, field: str) -> TextSection:
    passages: list[Passage] = []
    start = 0
    for line in lines:
        passages.append(Passage(line.text, line.place, field, heading, start))
        start += len(line.text) + 1
        if is_heading(line.text):
            heading = line.text.strip()
    return TextSection(None, "\n".join(line.text for line in lines), tuple(passages), named=field)
