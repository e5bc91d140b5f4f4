"""A form definition drafted from an official blank form, as text or as a new file of the templates."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from xlsxeval.campaign.bounds import bounded_reading
from xlsxeval.campaign.files import refuse_existing, write_new_files
from xlsxeval.durable import real
from xlsxeval.errors import UsageError

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
    file: Path, sheet: str | None = None, output: Path | None = None, form: str | None = None, *, force: bool = False
) -> DraftedForm:
    """Drafts the definition of the form on a worksheet of a workbook, and writes it where an ``output`` is named.

    ``sheet`` may be left out where only one has anything in it; ``form`` is the form's name, by default that of the
    folder that the draft goes to. Raises UsageError, also for an output that is there while ``force`` is off.
    """
    from xlsxeval.importing import ASK, draft_form, draft_text, read_blank  # openpyxl only where a form is read

    name = _form_name(form, output)
    if output is not None:
        refuse_existing([output], force=force, way_out=_WAY_OUT)
    with bounded_reading(file):
        draft = draft_form(read_blank(file, sheet), name, file.name)
        text = draft_text(draft)
    if output is not None:
        write_new_files({output: text.encode("utf-8")}, force=force, way_out=_WAY_OUT)
    return DraftedForm(text, len(draft.rows), len(draft.widths), len(draft.fields), text.count(ASK))


def _form_name(form: str | None, output: Path | None) -> str:
    """The form's name: ``form`` where given, else the folder of the output. Raises UsageError for a bad name."""
    folder = real(output).parent.name if output else ""
    name = form or (folder if _FORM.fullmatch(folder) else "draft")
    if not _FORM.fullmatch(name):
        raise UsageError(f"表的代号「{name}」只能用字母（可以是汉字）、数字和下划线，不能以数字开头。请改 --form。")
    if output is not None and real(output).parent.parent.name == "forms" and name != folder:
        raise UsageError(f"表的代号「{name}」与所在文件夹「{folder}」不一致，两者要相同。请改 --form 或 -o。")
    return name
