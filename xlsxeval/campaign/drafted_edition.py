"""A whole edition drafted from official blank forms and, where there is one, a published report: a folder of own forms.

The folder holds what the program's templates hold, as far as it is the user's: an update of the program leaves it alone, and
in a campaign's folder it travels in the backup.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from xlsxeval.campaign.faults import edition_faults
from xlsxeval.campaign.files import refuse_existing, write_file
from xlsxeval.errors import Problem, UsageError
from xlsxeval.forms.library import Library
from xlsxeval.forms.schema import EditionFile
from xlsxeval.forms.yaml_file import YamlFile
from xlsxeval.resources import OWN_MARK

if TYPE_CHECKING:
    from xlsxeval.importing import FormDraft
    from xlsxeval.importing.blank import BlankSheet
    from xlsxeval.importing.checks import CheckBook
    from xlsxeval.importing.outline import ReportOutline
    from xlsxeval.importing.questions import Answers

_BASE_EDITION = "mof-2020"
_GUIDE = "guide/mof-2020"
_NAME = re.compile(r"[^\W_][\w-]{0,60}")
_LOCAL = re.compile(r"^(?:weight\.|satisfaction\.|classes\.)")
"""Parameters that every place sets for itself: they are taken from the form, or not at all."""
_WEIGHTS = {"产出": "output", "效益": "benefit", "满意度": "satisfaction", "成本": "cost"}
_KINDS = {"overall": "部门整体支出绩效自评", "project": "项目支出绩效自评", "basic": "绩效自评基础数据"}
_MOST_FILES = 20


@dataclass(frozen=True, slots=True)
class DraftedSheet:
    """A form of the edition: as it is printed, and its draft. ``key`` names it among the answers."""

    key: str
    blank: BlankSheet
    draft: FormDraft


@dataclass(frozen=True, slots=True)
class DraftedEdition:
    """An edition before it is written. ``left_out`` says, in Chinese, which parts of the files were not taken and why."""

    name: str
    title: str
    sheets: tuple[DraftedSheet, ...]
    outline: ReportOutline | None
    left_out: tuple[str, ...]
    files: Mapping[str, bytes]

    @property
    def questions(self) -> int:
        """The number of open questions."""
        return sum(len(sheet.draft.open_questions) for sheet in self.sheets)

    @property
    def question_text(self) -> str:
        """The questions as YAML with the answers assumed: what a person edits and gives back."""
        from xlsxeval.importing.edition_text import question_text

        return question_text([(sheet.key, sheet.draft.questions) for sheet in self.sheets])

    @property
    def fields(self) -> int:
        return sum(len(sheet.draft.fields) for sheet in self.sheets)


def draft_edition(
    files: Sequence[Path],
    name: str,
    library: Library,
    *,
    title: str = "",
    answers: Mapping[str, Answers] | None = None,
    report: Path | None = None,
) -> DraftedEdition:
    """Drafts an edition from the forms of some files; the same files and answers give the same edition.

    ``answers`` are by the key of the form. Raises UsageError for a bad name or files without any form, DefinitionError for
    files that cannot be read.
    """
    from xlsxeval.importing import draft_form, read_blanks  # openpyxl only where a form is read
    from xlsxeval.importing.checks import CheckBook
    from xlsxeval.importing.outline import USUAL, read_outline

    if not _NAME.fullmatch(name):
        raise UsageError(
            f"版本名「{name}」只能用字母（可以是汉字）、数字、下划线和连字符，例如 moumou-2025。请换一个。"
        )
    if not files or len(files) > _MOST_FILES:
        raise UsageError(f"一次读 1 到 {_MOST_FILES} 个文件，给了 {len(files)} 个。")
    book = CheckBook(library)
    sheets: list[DraftedSheet] = []
    left_out: list[str] = []
    for path in files:
        read = read_blanks(path)
        left_out += read.notes
        for blank in read.sheets:
            key = f"{path.stem} {blank.sheet}" if len(files) > 1 else blank.sheet
            draft = draft_form(blank, "", path.name, library, (answers or {}).get(key), book)
            if draft.fields:
                sheets.append(DraftedSheet(key, blank, draft))
            else:
                left_out.append(f"{path.name}：「{blank.sheet}」没有要填的格子，没有收进来。")
    if not sheets:
        raise UsageError("这些文件里没有找到要填的表。请确认是空白的官方表样。")
    sheets = _named(sheets)
    outline = read_outline(report, library) if report is not None else USUAL
    title = title or _title(sheets)
    made = _files(name, title, sheets, outline, library, book)
    return DraftedEdition(name, title, tuple(sheets), outline, tuple(left_out), made)


def _title(sheets: Sequence[DraftedSheet]) -> str:
    kinds = dict.fromkeys(sheet.draft.kind for sheet in sheets)
    return next((_KINDS[kind] for kind in ("overall", "project", "basic") if kind in kinds), "自定义表样")


def _named(sheets: Sequence[DraftedSheet]) -> list[DraftedSheet]:
    """The forms under their usual ids, with worksheet names that differ."""
    found: list[DraftedSheet] = []
    taken: set[str] = set()
    marks: set[str] = set()
    for number, sheet in enumerate(sheets, start=1):
        kind = base = sheet.draft.kind or f"form_{number}"
        free = 2
        while kind in taken:
            kind, free = f"{base}_{free}", free + 1
        taken.add(kind)
        draft = replace(sheet.draft, form=kind)
        mark = draft.attachment or draft.sheet
        if mark.casefold() in marks:
            mark = f"{mark[:20]}（{number}）"
            draft = replace(draft, attachment="", sheet=mark)
        marks.add(mark.casefold())
        found.append(replace(sheet, draft=draft))
    return found


def _files(
    name: str, title: str, sheets: Sequence[DraftedSheet], outline: ReportOutline, library: Library, book: CheckBook
) -> dict[str, bytes]:
    from xlsxeval.importing import draft_text
    from xlsxeval.importing.edition_text import edition_text, narrative_text, summary_text
    from xlsxeval.report.drafted_template import drafted_template

    names = {sheet.draft.form: frozenset(field.name for field in sheet.draft.fields) for sheet in sheets}
    drafts = [
        replace(sheet.draft, checks=(*sheet.draft.checks, *book.between(sheet.draft.form, names))) for sheet in sheets
    ]
    base = book.base
    texts = {f"forms/{draft.form}/{name}.yaml": draft_text(draft, base if draft.extends else None) for draft in drafts}
    narrative, sections = narrative_text(outline, drafts, library)
    texts[f"forms/narrative/{name}.yaml"] = narrative
    forms = [_GUIDE, *(f"{draft.form}/{name}" for draft in drafts), f"narrative/{name}"]
    texts[f"editions/{name}.yaml"] = edition_text(name, title, forms, _parameters(library, drafts), f"{name}.docx")
    texts[f"summaries/{name}.yaml"] = summary_text(name, drafts)
    texts[OWN_MARK] = "# 这个文件夹里是自己的表样；没有的文件用程序自带的，程序升级不会动它。\n"
    files = {path: text.encode("utf-8") for path, text in texts.items()}
    styles = library.find(f"reports/{_BASE_EDITION}.docx")
    files[f"reports/{name}.docx"] = drafted_template(styles, outline.title, sections)
    return files


def _parameters(library: Library, drafts: Sequence[FormDraft]) -> dict[str, tuple[object, str, str]]:
    """The parameters of the edition: value, label and basis. Points come from the forms, the rest is the ministry's."""
    spec = YamlFile(library.find(f"editions/{_BASE_EDITION}.yaml")).parse(EditionFile)
    found: dict[str, tuple[object, str, str]] = {
        name: (one.value, one.label, one.basis) for name, one in spec.parameters.items() if not _LOCAL.match(name)
    }
    points = next((draft.points for draft in drafts if draft.points is not None), None)
    scored = any(field.name in ("funds.weight", "funds.score") for draft in drafts for field in draft.fields)
    value = points if points is not None else 10 if scored else 0
    basis = (
        "表样印的分值 [表]"
        if points is not None
        else "表样没有印，按财预〔2020〕10号的 10 分 [号]"
        if scored
        else "表样没有这一项 [表]"
    )
    found["weight.execution"] = (_whole(value), "预算执行率分值", basis)
    found["weight.total"] = (100, "总分", "表样 [表]；财预〔2020〕10号 [号]")
    for draft in drafts:
        for text in next((field.choices for field in draft.fields if field.name == "indicators.level1"), ()):
            match = re.search(r"([0-9]{1,3}(?:\.[0-9])?)\s*分?", text)
            role = next((role for word, role in _WEIGHTS.items() if word in text), "")
            if match and role:
                label = f"{re.sub(r'[（(].*', '', text)}分值"
                found.setdefault(
                    f"weight.{draft.form}.{role}", (_whole(float(match[1])), label, "表样印在一级指标后面 [表]")
                )
    return found


def _whole(value: float) -> object:
    return int(value) if value == int(value) else value


def write_edition(drafted: DraftedEdition, folder: Path, *, force: bool = False) -> list[Problem]:
    """Writes an edition into a folder of own forms; returns what ``lint`` finds in it.

    Raises UsageError where a file of it is there and ``force`` is off, and for a folder of templates that is not own.
    """
    if (folder / "editions").is_dir() and not (folder / OWN_MARK).is_file():
        raise UsageError(f"{folder} 是一套完整的模板，不是自己的表样文件夹。请用 -o 换一个新的文件夹。")
    files = {folder / name: content for name, content in drafted.files.items()}
    refuse_existing([path for path in files if path.name != OWN_MARK], force=force)
    for path, content in files.items():
        write_file(path, content)
    return edition_faults(drafted.name, Library(folder))
