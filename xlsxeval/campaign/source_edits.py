"""Changes to the file that a campaign is read from: a roster put in its place, single settings; nothing else is touched."""

from __future__ import annotations

import datetime as dt
import json
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from xlsxeval.campaign.files import set_aside, write_file
from xlsxeval.campaign.source import source_of
from xlsxeval.campaign.yaml_edits import with_value
from xlsxeval.errors import UsageError
from xlsxeval.file_kinds import WORKBOOKS
from xlsxeval.forms.settings import OFF, is_settable
from xlsxeval.limits import setting_fault
from xlsxeval.model import Severity
from xlsxeval.roster import FILE_NAME as ROSTER
from xlsxeval.roster.edits import refuse_other_book, with_setting, with_task_value
from xlsxeval.roster.setting_lines import LEVELS

_DEADLINE_LABEL = "上报期限"
_ABOVE = "department"
"""The entry of campaign.yaml below which a new one is written."""


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
    try:
        aside = set_aside(target, data)
        try:
            write_file(target, data)
        except OSError:
            if aside is not None:
                aside.rename(target)  # the campaign keeps the roster that it had
            raise
    except PermissionError:
        raise _in_use(target) from None
    return aside


def set_deadline(path: Path, deadline: dt.date) -> Path:
    """Writes the deadline into the campaign's file; comments and all else stay. Returns the file that was changed.

    Raises UsageError where the file is open in Excel, or has no place for it.
    """
    return _edited(
        path,
        lambda data: with_task_value(data, _DEADLINE_LABEL, deadline),
        lambda text: with_value(text, ("deadline",), f'"{deadline.isoformat()}"', _ABOVE),
    )


def set_severity(path: Path, code: str, level: str | None, basis: str = "") -> Path:
    """Writes the level of a rule's findings (a severity, or ``off``) into the campaign's file; None: the rule's own again.

    Returns the file that was changed. Raises UsageError for a rule of the families F, I, T and U, for another level, and
    as :func:`set_deadline` does.
    """
    levels = {OFF, *(one.value for one in Severity)}
    if not is_settable(code):
        raise UsageError(f"规则「{code}」的级别不能改：F、I、T、U 开头的规则，别的核对都以它们为准。")
    if level is not None and level not in levels:
        raise UsageError(f"没有「{level}」这个级别。请选 {'、'.join(LEVELS)} 里的一个。")
    words = {one: word for word, one in LEVELS.items()}
    value = f"{{severity: {level}, basis: {json.dumps(basis, ensure_ascii=False)}}}" if basis else level
    return _edited(
        path,
        lambda data: with_setting(data, code, None if level is None else words[level], basis),
        lambda text: with_value(text, ("rules", code), value, _ABOVE),
    )


def set_limits(path: Path, limits: Mapping[str, int | None]) -> Path:
    """Writes bounds on received files into the campaign's file, by name; None: the default again.

    Returns the file that was changed. Raises UsageError for an unknown bound and one that is out of range.
    """
    faults = [fault for name, value in limits.items() if value is not None and (fault := setting_fault(name, value))]
    if faults:
        raise UsageError("；".join(faults))

    def in_roster(data: bytes) -> bytes:
        for name, value in limits.items():
            data = with_setting(data, name, value)
        return data

    def in_yaml(text: str) -> str:
        for name, value in limits.items():
            text = with_value(text, ("limits", name), None if value is None else str(value), _ABOVE)
        return text

    return _edited(path, in_roster, in_yaml)


def _edited(path: Path, in_roster: Callable[[bytes], bytes], in_yaml: Callable[[str], str]) -> Path:
    """Changes the file that a campaign is read from, whole or not at all. Raises UsageError where it is open in Excel."""
    source = source_of(path).path
    refuse_open(source)
    data = source.read_bytes()
    mark = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
    is_book = source.suffix.casefold() in WORKBOOKS
    changed = in_roster(data) if is_book else mark + in_yaml(data.decode("utf-8-sig")).encode()
    try:
        write_file(source, changed)
    except PermissionError:
        raise _in_use(source) from None
    return source


def refuse_open(path: Path) -> None:
    """Raises UsageError where Excel or WPS has a file open: what it saves later would undo the change."""
    locks = (path.with_name(f"~${path.name}"), path.with_name(f".~{path.name}"), path.with_name(f".~lock.{path.name}#"))
    if any(lock.exists() for lock in locks):
        raise UsageError(f"{path.name} 正在 Excel 或 WPS 里开着。请存盘、关上，再试一次。")


def _in_use(path: Path) -> UsageError:
    return UsageError(
        f"{path.name} 换不上：它正被别的程序用着，或者没有写的权限。请在 Excel 或 WPS 里关上它，再试一次。"
    )
