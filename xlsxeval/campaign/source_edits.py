"""Changes to the file that a campaign is read from: a roster put in its place, the deadline set; nothing else is touched."""

from __future__ import annotations

import datetime as dt
import re
import tempfile
from pathlib import Path

from xlsxeval.campaign.files import set_aside, write_file
from xlsxeval.campaign.source import source_of
from xlsxeval.errors import UsageError
from xlsxeval.file_kinds import WORKBOOKS
from xlsxeval.roster import FILE_NAME as ROSTER
from xlsxeval.roster.edits import refuse_other_book, with_task_value

_DEADLINE_LABEL = "上报期限"
_DEADLINE = re.compile(r"^deadline ?:(?P<value>[^#\n]*)(?P<comment>#.*)?$", re.MULTILINE)
_FIRST_LEVEL = re.compile(r"^(?:year|department) ?:.*$", re.MULTILINE)


def replace_roster(folder: Path, data: bytes) -> Path | None:
    """Puts a roster into a campaign's folder; returns the new name of the present one, None where there was none.

    Faults of its content are no obstacle: they are reported when the campaign is opened. Raises UsageError for another
    workbook, and where the present roster is open in Excel; DefinitionError where the file cannot be read.
    """
    target = folder / ROSTER
    refuse_open(target)
    with tempfile.TemporaryDirectory(prefix="xlsxeval-") as place:
        path = Path(place) / ROSTER
        path.write_bytes(data)
        refuse_other_book(path)
    aside = set_aside(target, data)
    write_file(target, data)
    return aside


def set_deadline(path: Path, deadline: dt.date) -> Path:
    """Writes the deadline into the campaign's file; comments and all else stay. Returns the file that was changed.

    Raises UsageError where the file is open in Excel, or has no place for it.
    """
    source = source_of(path).path
    if source.suffix.casefold() in WORKBOOKS:
        refuse_open(source)
        write_file(source, with_task_value(source.read_bytes(), _DEADLINE_LABEL, deadline))
        return source
    text = source.read_bytes().decode("utf-8-sig")
    line = f'deadline: "{deadline.isoformat()}"'
    if _DEADLINE.search(text):
        text = _DEADLINE.sub(lambda match: line + _rest(match), text, count=1)
    elif (place := _FIRST_LEVEL.search(text)) is not None:
        text = f"{text[: place.end()]}\n{line}{text[place.end() :]}"
    else:
        raise UsageError(f"{source} 里找不到写上报期限的地方。请在里面加一行：{line}")
    write_file(source, text.encode())
    return source


def refuse_open(path: Path) -> None:
    """Raises UsageError where Excel or WPS has a file open: what it saves later would undo the change."""
    locks = (path.with_name(f"~${path.name}"), path.with_name(f".~{path.name}"), path.with_name(f".~lock.{path.name}#"))
    if any(lock.exists() for lock in locks):
        raise UsageError(f"{path.name} 正在 Excel 或 WPS 里开着。请存盘、关上，再试一次。")


def _rest(match: re.Match[str]) -> str:
    """The end of the line behind the value: blanks and comment."""
    value = match["value"]
    return value[len(value.rstrip()) :] + (match["comment"] or "")
