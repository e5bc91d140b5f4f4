"""The first page: any returned file or edited report with its findings; tasks, help, the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response, abort, request, url_for

from xlsxeval import __version__, api
from xlsxeval.errors import UsageError, XlsxevalError
from xlsxeval.fault_codes import FaultCode
from xlsxeval.file_kinds import DOCUMENTS
from xlsxeval.web.pages import Upload, base_name, go, page, uploads
from xlsxeval.web.tasks import Task, TaskLine
from xlsxeval.web.workplace import Workplace, with_name

if TYPE_CHECKING:
    from xlsxeval.output.drawn_return import DrawnReturn


def home(work: Workplace) -> str:
    """The first page."""
    return page(work, "home", title="工作台", campaigns=work.campaigns(), running=work.tasks.running())


def look(work: Workplace) -> Response:
    """Takes files without recording them: workbooks are judged by their seals, reports by the campaigns on the list or by
    their own figures.
    """
    files = uploads("没有收到文件。请选一份或几份收回的表（.xlsx），或者报告（Word、网页、PDF）。")
    pages = url_for("home")

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
    today = work.clock().date()
    told = {"equipment": found, "today": today, "version": __version__}
    return page(work, "about", title="关于", settings_path=work.settings_path, **told)


def quit_desk(work: Workplace) -> str:
    """Ends the desk once nothing runs."""
    running = work.tasks.running()
    if running:
        raise UsageError(f"“{running[0].title}”还在进行，没有退出。请等它做完（点开看进度），再按“退出”。")
    work.quitting = True
    return page(work, "bye", title="已退出")


def _judged(work: Workplace, file: Upload, pages: str) -> TaskLine:
    """A returned workbook or a report, judged and drawn; ``pages`` is the address of the first page."""
    name = base_name(file.name)
    try:
        drawn = _edited(work, file.data, name)
        if drawn is None:
            drawn = api.drawn_file(file.data, work.front, name=name, templates=work.templates)
    except XlsxevalError as error:
        return TaskLine(f"{name}：{error}", kind="bad")
    told = f"{drawn.open} 处问题" if drawn.open else "没有问题"
    is_read = bool(drawn.subject or drawn.sheets)
    kind = "good" if is_read and not drawn.open else "bad"
    return TaskLine(f"{name}：{told if is_read else '读不了'}", f"{pages}look/{work.keep_look(drawn)}", kind)


def _edited(work: Workplace, data: bytes, name: str) -> DrawnReturn | None:
    """A report that was made here and edited, held against the campaign that knows it; None for any other file."""
    for one in work.campaigns() if name.casefold().endswith(DOCUMENTS) else ():
        try:
            found = work.campaign(one.key).drawn_report(data, name)
        except XlsxevalError:
            continue  # a campaign with faults of its own judges nothing
        if not any(told.finding.code == FaultCode.NOT_OUR_REPORT for told in found.findings):
            return found
    return None
