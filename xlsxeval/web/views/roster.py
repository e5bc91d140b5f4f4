"""Step 1: the campaign and its roster, with faults at their cells and a look at a unit's form."""

from __future__ import annotations

import datetime as dt

from flask import Response, abort, request, send_file

from xlsxeval import api
from xlsxeval.errors import UsageError
from xlsxeval.web.pages import examined, go, page, refuse_occupied, uploads
from xlsxeval.web.workplace import Workplace


def roster(work: Workplace, key: str) -> str:
    """The campaign's data, its units, and what is wrong in its roster."""
    campaign, faults = examined(work, key)
    folder = work.folder(key)
    values = {"campaign": campaign, "faults": faults, "folder": folder, "other": work.occupied_by(folder)}
    has_roster = (folder / "名册.xlsx").is_file()
    return page(work, "roster", title="任务与名册", key=key, step="roster", has_roster=has_roster, **values)


def roster_file(work: Workplace, key: str) -> Response:
    """The roster, to be opened in Excel."""
    path = work.folder(key) / "名册.xlsx"
    if not path.is_file():
        abort(404)
    return send_file(path, as_attachment=True, download_name="名册.xlsx")


def take_roster(work: Workplace, key: str) -> Response:
    """Takes the roster that was filled in. The old one is kept under another name."""
    refuse_occupied(work, key)
    files = list(uploads())
    if len(files) != 1:
        raise UsageError("请选一个文件：填好的 名册.xlsx。")
    aside = api.replace_roster(work.folder(key), files[0].data)
    work.notice("名册已换上。" + (f"原来的名册改名为 {aside.name}。" if aside else ""))
    return go("roster", key=key)


def settings(work: Workplace, key: str) -> Response:
    """Takes the deadline into the file that the campaign is read from."""
    refuse_occupied(work, key)
    told = request.form.get("deadline", "")
    try:
        deadline = dt.date.fromisoformat(told)
    except ValueError:
        raise UsageError(f"日期“{told}”不对，请写成 2025-05-31 这样。") from None
    api.set_deadline(work.folder(key), deadline)
    work.notice(f"上报期限改为 {deadline.year}年{deadline.month}月{deadline.day}日。已经下发的表上还是原来的日期。")
    return go("roster", key=key)


def form(work: Workplace, key: str, code: str) -> str:
    """A unit's form as it is sent out."""
    campaign = work.campaign(key)
    unit = campaign.campaign.unit(code)
    if unit is None:
        abort(404)
    sheets = campaign.drawn_form(code)
    return page(work, "form", title=unit.name, key=key, step="roster", unit=unit, sheets=sheets)
