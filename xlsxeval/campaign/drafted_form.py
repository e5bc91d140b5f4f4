"""A form definition drafted from an official blank form, as text or as a new file of the templates."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from xlsxeval.campaign.bounds import bounded_reading
from xlsxeval.campaign.files import refuse_existing, write_new_files
from xlsxeval.durable import real
from xlsxeval.errors import UsageError
from xlsxeval.forms.library import Library

_FORM = re.compile(r"[^\W\d]\w*")
_WAY_OUT = "请用 -o 换一个文件名，或确认后加 --force。"


@dataclass(frozen=True, slots=True)
class DraftedForm:
    """A drafted form definition as YAML, the size of the form, and the number of questions left for a person."""

    text: str
    rows: int
    columns: int
    fields: int
    questions: int


def draft_form_file(
    file: Path,
    sheet: str | None = None,
    output: Path | None = None,
    form: str | None = None,
    *,
    library: Library,
    force: bool = False,
) -> list[DraftedForm]:
    """Drafts the definition of every form in a file, and writes it where an ``output`` is named and there is one form.

    ``sheet`` names one of several; ``form`` is the form's id, by default that of the folder that the draft goes to.
    Raises UsageError, also for an output that is there while ``force`` is off; DefinitionError for an unreadable file.
    """
    from xlsxeval.importing import ASK, draft_form, draft_text, read_blanks  # openpyxl only where a form is read
    from xlsxeval.importing.checks import CheckBook

    name = _form_name(form, output)
    if output is not None:
        refuse_existing([output], force=force, way_out=_WAY_OUT)
    with bounded_reading(file):
        read = read_blanks(file, sheet)
    if output is not None and len(read.sheets) > 1:
        names = "、".join(blank.sheet for blank in read.sheets)
        raise UsageError(
            f"{file} 里有 {len(read.sheets)} 张表（{names}），一个文件只写一张。请加 --sheet，或用 --edition 一次写成一个版本。"
        )
    book = CheckBook(library)
    found = []
    for blank in read.sheets:
        with bounded_reading(file):
            draft = replace(draft_form(blank, name, file.name, library, None, book), form=name)
        text = draft_text(draft, book.base if draft.extends else None)
        found.append(DraftedForm(text, len(draft.rows), len(draft.widths), len(draft.fields), text.count(ASK)))
    if output is not None:
        write_new_files({output: found[0].text.encode("utf-8")}, force=force, way_out=_WAY_OUT)
    return found


def _form_name(form: str | None, output: Path | None) -> str:
    """The form's name: ``form`` where given, else the folder of the output. Raises UsageError for a bad name."""
    folder = real(output).parent.name if output else ""
    name = form or (folder if _FORM.fullmatch(folder) else "draft")
    if not _FORM.fullmatch(name):
        raise UsageError(f"表的代号「{name}」只能用字母（可以是汉字）、数字和下划线，不能以数字开头。请改 --form。")
    if output is not None and real(output).parent.parent.name == "forms" and name != folder:
        raise UsageError(f"表的代号「{name}」与所在文件夹「{folder}」不一致，两者要相同。请改 --form 或 -o。")
    return name
