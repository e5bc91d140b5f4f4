"""Campaigns on the first page: a new one, one from a folder of this machine, one from a backup."""

from __future__ import annotations

import datetime as dt
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Response, abort, request

from xlsxeval import api
from xlsxeval.campaign.folders import RESULTS, RETURNED, SENT
from xlsxeval.campaign.source import is_campaign
from xlsxeval.errors import UsageError
from xlsxeval.roster import FILE_NAME as ROSTER
from xlsxeval.web.pages import base_name, folder_name, free_folder, go, page, uploads
from xlsxeval.web.workplace import Workplace

if TYPE_CHECKING:
    from xlsxeval.campaign.creation import CampaignDetails

_SHOWN_FOLDERS = 300
_SHOWN = {
    "roster": (ROSTER, "roster"),
    "sent": (SENT, "sending"),
    "returned": (RETURNED, "returns"),
    "results": (RESULTS, "results"),
}
"""What may be opened on this machine, and the page from which."""
ADVICE = "回到工作台的“任务与名册”交回来"


def new(work: Workplace) -> str:
    """The form for a new campaign."""
    editions = [api.edition(name, templates=work.templates) for name in api.editions(templates=work.templates)]
    values = {"editions": editions, "home": work.home, "year": work.clock().year - 1, "others": work.campaigns()}
    return page(work, "new", title="新任务", **values)


def edition(work: Workplace, name: str) -> str:
    """The forms of an edition, drawn."""
    if name not in api.editions(templates=work.templates):
        abort(404)
    sheets = api.drawn_edition(name, templates=work.templates)
    found = api.edition(name, templates=work.templates)
    return page(work, "edition", title=found.title, edition=found, sheets=sheets)


def make(work: Workplace) -> Response:
    """Makes a new campaign in the folder of campaigns."""
    name = folder_name(request.form.get("name", ""))
    if not name:
        raise UsageError("请给任务起一个名字，例如：2024年度绩效自评。")
    folder, details = work.home / name, _details(work)
    api.new_campaign(folder, request.form.get("edition", ""), details=details, templates=work.templates)
    return go("roster", key=work.register(folder))


def browse(work: Workplace, key: str = "") -> str:
    """Folders of this machine, to find a campaign that is not on the list."""
    folder = work.places.path(key) if key else next(one for one in (work.home, *work.home.parents) if one.is_dir())
    if folder is None:
        abort(404)
    try:
        names = sorted(one.name for one in os.scandir(folder) if one.is_dir() and not one.name.startswith("."))
    except OSError as error:
        raise UsageError(f"{folder} 打不开：{error.strerror or error}。请换一个文件夹。") from None
    inside = [(work.places.key(folder / name), name, is_campaign(folder / name)) for name in names[:_SHOWN_FOLDERS]]
    above = "" if folder.parent == folder else work.places.key(folder.parent)
    values = {"here": work.places.key(folder), "is_campaign": is_campaign(folder), "inside": inside, "above": above}
    return page(work, "browse", title="打开任务", folder=folder, **values)


def open_folder(work: Workplace) -> Response:
    """Opens the campaign in a folder that ``browse`` showed."""
    folder = work.places.path(request.form.get("folder", ""))
    if folder is None:
        abort(404)
    if not is_campaign(folder):
        raise UsageError(
            f"{folder} 里没有任务（没有 名册.xlsx，也没有 campaign.yaml）。请打开别的文件夹，或新建一个任务。"
        )
    return go("roster", key=work.register(folder))


def show(work: Workplace, key: str) -> Response:
    """Opens the roster, or a folder of the campaign, in the program that the user has for it."""
    folder, what = work.folder(key), request.form.get("what", "")
    if what not in _SHOWN or work.opener is None:
        abort(404)
    name, back = _SHOWN[what]
    path = folder / name
    if not path.exists():
        raise UsageError(
            f"还没有“{name}”，没有可以打开的。请先在那一步做出来：表在“下发”，报告、汇总、看板在“汇总与报告”。"
        )
    work.opener(path)
    work.notice(f"“{name}”在另一个窗口里打开了。")
    return go(back, key=key)


def unlock(work: Workplace, key: str) -> Response:
    """Releases a campaign from a run that is over, for a user who knows that it is."""
    work.notice("解开了，可以接着办。" if work.campaign(key).unlock() else "没有谁占着这个任务。")
    return go("roster", key=key)


def forget(work: Workplace) -> Response:
    """Takes a campaign off the list; its files stay."""
    folder = work.folder(request.form.get("key", ""))
    work.change(work.settings.forgotten(folder))
    work.notice(f"{folder.name} 已从列表里拿掉，文件还在 {folder}。")
    return go("home")


def restore(work: Workplace) -> Response:
    """Restores a backup into a new folder beside the other campaigns."""
    (file,) = uploads("请选一个备份文件（.zip）。", one=True)
    folder = free_folder(work.home, base_name(file.name).rpartition(".")[0] or "恢复的任务")
    with tempfile.TemporaryDirectory(prefix="xlsxeval-") as place:
        path = Path(place) / "backup.zip"
        path.write_bytes(file.data)
        restored = api.restore(path, folder)
    work.notice(f"恢复到 {restored.folder}，{restored.files} 个文件，逐字节核对过。")
    return go("roster", key=work.register(restored.folder))


def _details(work: Workplace) -> CampaignDetails:
    """What the form says of a new campaign. Raises UsageError for a year that is none, and a missing department."""
    from xlsxeval.campaign.creation import CampaignDetails  # openpyxl only for a new campaign

    year, department = request.form.get("year", ""), request.form.get("department", "").strip()
    if not year.isdigit() or not 2000 <= int(year) <= 2100:
        raise UsageError(f"年度“{year}”不对，请写四位数字，例如 2024。")
    if not department:
        raise UsageError("请写上组织部门，它印在每一份表上，例如：某某市财政局。")
    last = request.form.get("last_year", "")
    last_year = work.folder(last) if last else None
    return CampaignDetails(int(year), department, asked_date("deadline"), last_year, ADVICE, roster_only=True)


def asked_date(field: str) -> dt.date | None:
    """The date in a field of the form, None where it is blank. Raises UsageError for another text."""
    told = request.form.get(field, "").strip()
    try:
        return dt.date.fromisoformat(told) if told else None
    except ValueError:
        raise UsageError(f"日期“{told}”不对，请写成 2025-05-31 这样。") from None
