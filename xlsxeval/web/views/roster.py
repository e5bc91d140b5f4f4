"""Step 1: the campaign and its roster, with faults at their cells and a look at a unit's form."""

from __future__ import annotations

from pathlib import Path

from flask import Response, abort, send_file

from xlsxeval import api
from xlsxeval.errors import Problem
from xlsxeval.roster import FILE_NAME as ROSTER
from xlsxeval.web.pages import examined, go, page, uploads
from xlsxeval.web.seen import shown, unchanged
from xlsxeval.web.workplace import Workplace


def roster(work: Workplace, key: str) -> str:
    """The campaign's data, its units, and what is wrong in its roster."""
    from xlsxeval.roster import is_untouched  # openpyxl only where a roster is looked at

    campaign, faults = examined(work, key)
    folder = work.folder(key)
    path = folder / ROSTER
    values = {"campaign": campaign, "folder": folder, "other": work.occupied_by(folder), "has_roster": path.is_file()}
    values["shown"] = _shown(path)
    is_empty = campaign is None and path.is_file() and is_untouched(path)
    groups = [] if is_empty else _grouped(faults)
    return page(work, "roster", title="任务与名册", key=key, step="roster", is_empty=is_empty, groups=groups, **values)


def roster_file(work: Workplace, key: str) -> Response:
    """The roster, to be opened in Excel."""
    path = work.folder(key) / ROSTER
    if not path.is_file():
        abort(404)
    return send_file(path, as_attachment=True, download_name=ROSTER)


def take_roster(work: Workplace, key: str) -> Response:
    """Takes the roster that was filled in. The old one is kept under another name."""
    (file,) = uploads("请选一个文件：填好的 名册.xlsx。", one=True)
    with unchanged(lambda: _shown(work.folder(key) / ROSTER)):
        aside = api.replace_roster(work.folder(key), file.data)
    work.notice("名册已换上。" + (f"原来的名册改名为 {aside.name}。" if aside else ""))
    return go("roster", key=key)


def form(work: Workplace, key: str, code: str) -> str:
    """A unit's form as it is sent out."""
    campaign = work.campaign(key)
    unit = campaign.campaign.unit(code)
    if unit is None:
        abort(404)
    sheets = campaign.drawn_form(code)
    return page(work, "form", title=unit.name, key=key, step="roster", unit=unit, sheets=sheets)


def _shown(roster: Path) -> str:
    return shown(roster.read_bytes() if roster.is_file() else None)


def _grouped(faults: list[Problem]) -> list[tuple[Problem, list[str]]]:
    """Faults of one kind together: the first of them, and where they all stand. Errors come first."""
    groups: dict[tuple[bool, str], tuple[Problem, list[str]]] = {}
    for fault in sorted(faults, key=lambda one: one.warning):
        place = fault.file.rpartition("/")[2].rpartition("\\")[2].removeprefix(f"{ROSTER} ") + (
            f" 第 {fault.line} 行" if fault.line else ""
        )
        kind = fault.message.partition("（")[0] if fault.warning else fault.message
        groups.setdefault((fault.warning, kind), (fault, []))[1].append(place)
    return list(groups.values())
