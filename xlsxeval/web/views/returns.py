"""Step 3: what comes back, taken by dropping it, each file judged as it is taken; versions to choose between."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final
from urllib.parse import quote

from flask import Response, request, url_for

from xlsxeval.api import OpenCampaign
from xlsxeval.board.state import ReceivedPart
from xlsxeval.collection.receipts import ReceivedPiece
from xlsxeval.errors import UsageError, XlsxevalError
from xlsxeval.web.pages import Upload, begin, go, page, refuse_occupied, uploads
from xlsxeval.web.tasks import Task, TaskLine
from xlsxeval.web.workplace import Workplace

_AT_ONCE: Final = 4
_DIFFERENCES: Final = 30
_SOURCE: Final = "工作台"
_WORDS: Final = {
    "current": "收到",
    "conflict": "收到，要选定用哪一份",
    "superseded": "收到过更晚的，没有采用",
    "duplicate": "以前收到过同样的",
    "set_aside": "没有算数",
}


def returns(work: Workplace, key: str) -> str:
    """What came, what waits for a choice, what was set aside, and what is missing."""
    campaign = work.campaign(key)
    state = campaign.status()
    running = work.tasks.running(key)
    choices = [(unit, slot, _differences(campaign, slot)) for unit in state.units for slot in unit.conflicts]
    values = {"state": state, "running": running, "choices": choices}
    return page(work, "returns", title="收回", key=key, step="returns", **values)


def take(work: Workplace, key: str) -> Response:
    """Takes dropped files: workbooks, archives, mails."""
    files = list(uploads())
    if not files:
        raise UsageError("没有收到文件。请把单位交回的表、压缩包或邮件拖进来。")
    campaign, pages = work.campaign(key), url_for("reviews", key=key)

    def receive(task: Task) -> None:
        with ThreadPoolExecutor(_AT_ONCE, "desk-receive") as threads:
            for number, lines in enumerate(
                threads.map(lambda one: _received(campaign, one, pages, work.log), files), start=1
            ):
                task.lines += lines
                task.progress(number, len(files), "收表")

    return begin(work, key, f"收下 {len(files)} 个文件", receive, "returns")


def collect(work: Workplace, key: str) -> Response:
    """Receives what lies in the folder 收回, as the command does."""
    campaign = work.campaign(key)

    def collected(task: Task) -> None:
        result = campaign.collect(progress=task.progress, tell=task.tell)
        new = sum(one.new for one in result.files)
        task.lines.append(TaskLine(f"收回文件夹里有 {new} 个新文件。", kind="good"))

    return begin(work, key, "收下“收回”文件夹里的文件", collected, "returns")


def choose(work: Workplace, key: str) -> Response:
    """Takes the choice of one of several files of a unit."""
    refuse_occupied(work, key)
    reason = request.form.get("reason", "").strip()
    if not reason:
        raise UsageError("请写一句为什么用这一份，例如：单位来电确认。")
    work.campaign(key).choose(request.form.get("file", ""), reason)
    work.notice("已经选定。")
    return go("returns", key=key)


def dismiss(work: Workplace, key: str) -> Response:
    """Puts away a file that was set aside, with a reason."""
    refuse_occupied(work, key)
    reason = request.form.get("reason", "").strip()
    if not reason:
        raise UsageError("请写一句为什么不用管，例如：是单位的说明，不是表。")
    put_away = work.campaign(key).dismiss(request.form.get("source", ""), reason)
    work.notice(f"{put_away.name} 放到一边了，原件还在存档里。")
    return go("returns", key=key)


def _differences(campaign: OpenCampaign, slot: ReceivedPart) -> list[list[str]]:
    """For each file after the first, what differs from the first."""
    first, *others = slot.conflict
    return [campaign.differences(first.sha256, other.sha256)[:_DIFFERENCES] for other in others]


def _received(campaign: OpenCampaign, file: Upload, pages: str, log: Callable[[str], None]) -> list[TaskLine]:
    folder = file.name.rpartition("/")[0]  # files of one name in two folders are two, and a person chooses
    try:
        receipt = campaign.receive(file.data, name=file.name, source=f"{_SOURCE}/{folder}".rstrip("/"))
    except XlsxevalError as error:
        return [TaskLine(f"{file.name}：{error}", kind="bad")]
    except Exception as error:  # one file must not cost the others
        log(traceback.format_exc())
        return [TaskLine(f"{file.name}：程序内部错误（{type(error).__name__}），这一份没有收下。", kind="bad")]
    lines = [_line(piece, pages) for piece in receipt.pieces]
    lines += [TaskLine(f"{file.name}：下级 {one.level} 的上报包", kind="good") for one in receipt.exports]
    return lines or [TaskLine(f"{file.name}：里面没有要收的表", kind="bad")]


def _line(piece: ReceivedPiece, pages: str) -> TaskLine:
    """A received file in a line; ``pages`` is the address under which the units' pages stand."""
    filed = piece.filed
    open_ = filed.findings
    told = f"{filed.receipt.name}：{_WORDS[filed.state]}"
    if filed.unit is not None:
        told += f"，{filed.unit}"
    if filed.state == "current":
        told += f"，{open_} 处问题" if open_ else "，没有问题"
    if filed.message:
        told += f"。{filed.message}"
    link = f"{pages}/{quote(filed.unit)}" if filed.state == "current" and filed.unit else ""
    kind = (
        "good" if filed.state == "current" and not open_ else "bad" if filed.state in ("set_aside", "conflict") else ""
    )
    return TaskLine(told, link, kind)
