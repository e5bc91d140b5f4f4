"""The first page: any returned file and its findings, and the campaigns."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from flask import Response, abort, request, url_for

from xlsxeval import api
from xlsxeval.campaign.source import is_campaign
from xlsxeval.errors import UsageError, XlsxevalError
from xlsxeval.web.pages import Upload, base_name, folder_name, free_folder, go, page, uploads
from xlsxeval.web.tasks import Task, TaskLine
from xlsxeval.web.workplace import Workplace, with_name

_SHOWN_FOLDERS = 300


def home(work: Workplace) -> str:
    """The first page."""
    return page(work, "home", title="工作台", campaigns=work.campaigns(), running=work.tasks.running())


def look(work: Workplace) -> Response:
    """Takes files that belong to no campaign: workbooks are judged by their seals, published reports by their own figures."""
    files, pages = list(uploads()), url_for("home")
    if not files:
        raise UsageError("没有收到文件。请选一份或几份收回的表（.xlsx），或者别处做的报告（Word、网页、PDF）。")

    def judge(task: Task) -> None:
        for number, file in enumerate(files, start=1):
            task.lines.append(_judged(work, file, pages))
            task.progress(number, len(files), "核对")

    return go("task", number=work.tasks.begin("核对文件", judge, pages).number)


def looked(work: Workplace, number: str) -> str:
    """A file that was looked at, drawn with its findings."""
    drawn = work.look(number)
    if drawn is None:
        abort(404)
    return page(work, "look", title=drawn.name, returns=[drawn])


def new(work: Workplace) -> str:
    """The form for a new campaign."""
    editions = [api.edition(name, templates=work.templates) for name in api.editions(templates=work.templates)]
    return page(work, "new", title="新任务", editions=editions, home=work.home, year=work.clock().year - 1)


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
    year = request.form.get("year", "")
    if not name:
        raise UsageError("请给任务起一个名字，例如：2024年度绩效自评。")
    if not year.isdigit() or not 2000 <= int(year) <= 2100:
        raise UsageError(f"年度“{year}”不对，请写四位数字，例如 2024。")
    folder = work.home / name
    advice = "填好以后保存，回到工作台的“任务与名册”上传"
    api.new_campaign(folder, request.form.get("edition", ""), int(year), advice=advice, templates=work.templates)
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
    inside = [(work.places.key(folder / name), name) for name in names[:_SHOWN_FOLDERS]]
    above = "" if folder.parent == folder else work.places.key(folder.parent)
    return page(
        work, "browse", title="打开任务", folder=folder, here=work.places.key(folder), inside=inside, above=above
    )


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


def forget(work: Workplace) -> Response:
    """Takes a campaign off the list; its files stay."""
    folder = work.folder(request.form.get("key", ""))
    work.change(work.settings.forgotten(folder))
    work.notice(f"{folder.name} 已从列表里拿掉，文件还在 {folder}。")
    return go("home")


def restore(work: Workplace) -> Response:
    """Restores a backup into a new folder beside the other campaigns."""
    files = list(uploads())
    if len(files) != 1:
        raise UsageError("请选一个备份文件（.zip）。")
    folder = free_folder(work.home, base_name(files[0].name).rpartition(".")[0] or "恢复的任务")
    with tempfile.TemporaryDirectory(prefix="xlsxeval-") as place:
        path = Path(place) / "backup.zip"
        path.write_bytes(files[0].data)
        restored = api.restore(path, folder)
    work.notice(f"恢复到 {restored.folder}，{restored.files} 个文件，逐字节核对过。")
    return go("roster", key=work.register(restored.folder))


def rename(work: Workplace) -> Response:
    """Takes the name under which things are recorded."""
    work.change(with_name(work.settings, request.form.get("by", "")))
    work.notice(f"以后记在“{work.settings.by}”名下。")
    return go("home")


def task(work: Workplace, number: str) -> str:
    """A task's page."""
    found = work.tasks.get(number)
    if found is None:
        abort(404)
    return page(work, "task", title=found.title, task=found, key=found.campaign)


def task_data(work: Workplace, number: str) -> dict[str, object]:
    """A task for the page that polls it."""
    found = work.tasks.get(number)
    if found is None:
        abort(404)
    return found.as_data()


def alive(work: Workplace) -> dict[str, object]:
    """Answers an open page, which asks every minute."""
    return {"running": len(work.tasks.running())}


def guide(work: Workplace) -> str:
    """The guide, and every rule with its reason and its cure; a script filters both."""
    return page(work, "help", title="帮助", rules=api.rules(templates=work.templates))


def about(work: Workplace) -> str:
    """Versions, and what this machine has."""
    try:
        found = api.look_at_machine(templates=work.templates)
    except XlsxevalError as error:
        raise UsageError(str(error)) from None
    return page(work, "about", title="关于", equipment=found, settings_path=work.settings_path)


def quit_desk(work: Workplace) -> str:
    """Ends the desk once nothing runs."""
    running = work.tasks.running()
    if running:
        raise UsageError(f"“{running[0].title}”还在进行，做完再退出。")
    work.quitting = True
    return page(work, "bye", title="已退出")


def _judged(work: Workplace, file: Upload, pages: str) -> TaskLine:
    """A returned workbook or a published report, judged and drawn; ``pages`` is the address of the first page."""
    drawn = api.drawn_file(file.data, work.front, name=base_name(file.name), templates=work.templates)
    told = f"{drawn.open} 处问题" if drawn.open else "没有问题"
    if not drawn.sheets:
        told = "读不了"
    kind = "good" if drawn.sheets and not drawn.open else "bad"
    return TaskLine(f"{drawn.name}：{told}", f"{pages}look/{work.keep_look(drawn)}", kind)
