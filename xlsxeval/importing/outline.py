"""The outline of a published report: its headings as sections, and the figures of each that the forms have as fields."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from xlsxeval.errors import DefinitionError, Problem
from xlsxeval.forms.library import Library
from xlsxeval.forms.yaml_file import YamlFile
from xlsxeval.importing.names import part
from xlsxeval.importing.roles import FILE, Roles, read_roles
from xlsxeval.importing.texts import plain
from xlsxeval.intake.reader import read_file
from xlsxeval.intake.rejected import Rejected
from xlsxeval.proofreading.document import Paragraph
from xlsxeval.proofreading.reader import read_document

WORDS = "forms/narrative/words.yaml"
_FIRST = re.compile(r"^[一二三四五六七八九十]{1,3}[、．.]\s?(?P<name>[^。；]{2,40})$")
_SECOND = re.compile(
    r"^[（(][一二三四五六七八九十]{1,3}[)）]\s?(?P<name>[^。；：:]{2,40})(?P<rest>[。：:].*)?$", re.DOTALL
)
_ATTACHMENTS = re.compile(r"^附\s?[件表录]")
_TITLE = re.compile(r"报告$")
_AMOUNT = r"(?:为|是|达|共计?|合计|约)?\s{0,2}[0-9][0-9,，]{0,15}(?:\.[0-9]{1,6})?\s{0,2}"
_MOST_SECTIONS = 60
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class OutlineSection:
    """A heading. ``field`` is the 报告正文 field for its text, empty where only headings follow.

    ``figures`` are fields of the forms that its text states, each with the words before the figure.
    """

    heading: str
    level: int
    field: str = ""
    figures: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class TemplateSection:
    """A heading, the 报告正文 field of its text (empty: none), a sentence of tags, and one that each project has."""

    heading: str
    level: int
    field: str
    sentence: str = ""
    project_sentence: str = ""


@dataclass(frozen=True, slots=True)
class ReportOutline:
    """Title and sections of a report, without any unit's words and figures."""

    title: str
    sections: tuple[OutlineSection, ...]


_MONEY = (("全年预算数", "funds.budget"), ("全年执行数", "funds.executed"), ("预算执行率", "funds.rate"))
USUAL = ReportOutline(
    "绩效自评报告",
    (
        OutlineSection("一、基本情况", 1, "overview"),
        OutlineSection("二、资金使用和管理情况", 1, "management", _MONEY),
        OutlineSection("三、绩效目标完成情况", 1, "result", (("自评得分", "total.score"),)),
        OutlineSection("四、存在的问题及原因", 1, "problems"),
        OutlineSection("五、改进措施", 1, "measures"),
        OutlineSection("六、自评结果应用和公开情况", 1, "application"),
    ),
)
"""The sections of a report where no published one is at hand."""


def read_outline(path: Path, library: Library) -> ReportOutline:
    """The outline of a published report (.docx). Raises DefinitionError where it cannot be read or has no headings."""
    try:
        document = read_document(read_file(path))
    except Rejected as rejected:
        raise DefinitionError(
            Problem(str(path), 0, 0, f"读不了：{rejected.fault.detail}。请另存为 .docx 再试")
        ) from None
    paragraphs = [block for block in document.blocks if isinstance(block, Paragraph)]
    outline = _outline(paragraphs, read_roles(library.find(FILE)), _families(library))
    if not outline.sections:
        said = "没有找到章节标题（一、……；（一）……）。请确认是公开的自评报告"
        raise DefinitionError(Problem(str(path), 0, 0, said))
    return outline


def _families(library: Library) -> Mapping[str, re.Pattern[str]]:
    """The claims of prose, each as a pattern of its words with a figure behind them."""
    words = YamlFile(library.find(WORDS)).data["words"]
    return {
        name: re.compile(rf"({'|'.join(families)}){_AMOUNT}(?:万元|%|％|分|人|名)") for name, families in words.items()
    }


def _outline(paragraphs: Iterable[Paragraph], roles: Roles, families: Mapping[str, re.Pattern[str]]) -> ReportOutline:
    title = ""
    found: list[tuple[str, int, list[str]]] = []
    for paragraph in paragraphs:
        text = re.sub(r"\s+", " ", paragraph.text).strip()
        if found and _ATTACHMENTS.match(text):
            break
        if not found and len(text) <= _LONGEST and _TITLE.search(text):
            title = text
            continue
        first, second = _FIRST.match(text), _SECOND.match(text)
        if first or (paragraph.level == 1 and len(text) <= _LONGEST):
            found.append((text, 1, []))
        elif (second or (paragraph.level == 2 and len(text) <= _LONGEST)) and found:
            rest = (second["rest"] or "").lstrip("。：: ") if second else ""
            found.append((text[: len(text) - len(second["rest"] or "")] if second else text, 2, [rest] if rest else []))
        elif found:
            found[-1][2].append(text)
    return ReportOutline(_general(title) or USUAL.title, tuple(_sections(_first_chain(found), roles, families)))


def _first_chain(found: list[tuple[str, int, list[str]]]) -> list[tuple[str, int, list[str]]]:
    """The report's own sections: a table of contents before it has the same headings without any text."""
    heads = [text for text, _, _ in found]
    start = max((heads.index(text) for text in heads if heads.count(text) > 1), default=-1)
    return found[start + 1 :][:_MOST_SECTIONS] if start >= 0 else found[:_MOST_SECTIONS]


def _sections(
    found: list[tuple[str, int, list[str]]], roles: Roles, families: Mapping[str, re.Pattern[str]]
) -> Iterable[OutlineSection]:
    taken: set[str] = set()
    for number, (heading, level, texts) in enumerate(found):
        following = found[number + 1][1] if number + 1 < len(found) else 1
        if not texts and level == 1 and following == 2:
            yield OutlineSection(_general(heading), level)
            continue
        name = roles.find("sections", heading) or part(_general(heading)) or "section"
        name, free = name, 2
        base = name
        while name in taken:
            name, free = f"{base}_{free}", free + 1
        taken.add(name)
        figures = _figures(" ".join(texts), roles, families)
        yield OutlineSection(_general(heading), level, name, figures)


def _figures(text: str, roles: Roles, families: Mapping[str, re.Pattern[str]]) -> tuple[tuple[str, str], ...]:
    """The figures of a text that forms may have, in its order, each once."""
    found: dict[str, tuple[int, str]] = {}
    for name, field in roles.lists["claims"].items():
        match = families[name].search(text) if name in families else None
        if match is not None and field not in found:
            found[field] = (match.start(), match[1])
    return tuple((words, field) for field, (_, words) in sorted(found.items(), key=lambda one: one[1][0]))


def _general(text: str) -> str:
    """A heading or title without the year and the unit of the report that it was read from."""
    text = re.sub(r"(?:19|20)[0-9]{2}\s?年度?", "", text)
    return re.sub(
        r"^(?!.{0,3}[、）)]).{2,30}?(?:局|委|办公室|中心|院|校|厅|处|所|站|会|镇|街道|乡)(?=(?:部门)?(?:整体|项目|预算)?(?:支出)?(?:绩效|预算|整体|部门|项目))",
        "",
        text,
    ).strip()


def label_of(section: OutlineSection) -> str:
    """A section's name without its number."""
    return plain(section.heading)
