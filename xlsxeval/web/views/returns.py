"""Step 3: what comes back, taken by dropping it, each file judged as it is taken; versions to choose between."""

from __future__ import annotations

import traceback
from collections import Counter
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from flask import Response, abort, request, url_for

from xlsxeval.api import OpenCampaign
from xlsxeval.errors import XlsxevalError
from xlsxeval.web.pages import Upload, begin, go, page, reason, uploads
from xlsxeval.web.seen import unchanged
from xlsxeval.web.tasks import Task, TaskLine
from xlsxeval.web.workplace import Workplace

if TYPE_CHECKING:
    from xlsxeval.collection.result import Filed

_AT_ONCE: Final = 4
_COMPARED: Final = 10
"""Choices on a page: their files are read for it."""
_SOURCE: Final = "工作台"
_WORDS: Final = {
    "current": "收到",
    "conflict": "收到，要选定用哪一份",
    "superseded": "收到过更晚的，没有采用",
    "duplicate": "以前收到过同样的",
    "set_aside": "没有算数",
}
_COMPANION: Final = "随表来的，不是表，不用管"


def returns(work: Workplace, key: str) -> str:
    """What came, what waits for a choice, what was set aside, and what is missing."""
    campaign = work.campaign(key)
    state = campaign.status()
    slots = [(unit, slot) for unit in state.units for slot in unit.conflicts]
    shown = slots[:_COMPARED]
    choices = [(unit, slot, campaign.compared([file.sha256 for file in slot.conflict])) for unit, slot in shown]
    values = {"state": state, "running": work.tasks.running(key), "choices": choices, "choosing": len(slots)}
    return page(work, "returns", title="收回", key=key, step="returns", **values)


def compare(work: Workplace, key: str, code: str, digest: str) -> str:
    """Versions of a unit's workbook drawn beside each other; ``digest`` is that of the first."""
    campaign = work.campaign(key)
    line = campaign.unit(code)
    slots = [] if line is None else [one for one in line.conflicts if one.conflict[0].sha256 == digest]
    if not slots:
        abort(404)
    compared = campaign.compared([file.sha256 for file in slots[0].conflict])
    values = {"unit": line, "slot": slots[0], "compared": compared}
    return page(work, "compare", title="选用哪一份", key=key, step="returns", **values)


def take(work: Workplace, key: str) -> Response:
    """Takes dropped files: workbooks, archives, mails."""
    files = uploads("没有收到文件。请把单位交回的表、压缩包或邮件拖进来。")
    campaign = work.campaign(key)
    taker = _Taker(work, campaign, url_for("reviews", key=key), _names(campaign))
    return begin(work, key, f"收下 {len(files)} 个文件", lambda task: taker.take(files, task), "returns")


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
    campaign, unit, told = work.campaign(key), request.form.get("unit", ""), reason("选用这一份", "单位来电确认")

    def now() -> str:
        line, part = campaign.unit(unit), request.form.get("part", "")
        slots = [] if line is None else [one for one in line.conflicts if (one.part or "") == part]
        return "|".join(file.sha256 for slot in slots for file in slot.conflict)

    with unchanged(now, told):
        campaign.choose(request.form.get("file", ""), told)
    work.notice("已经选定。")
    return go("returns", key=key)


def dismiss(work: Workplace, key: str) -> Response:
    """Puts away a file that was set aside, with a reason."""
    told = reason("放到一边", "是单位的说明，不是表")
    put_away = work.campaign(key).dismiss(request.form.get("source", ""), told)
    work.notice(f"{put_away.name} 放到一边了，原件还在存档里。")
    return go("returns", key=key)


@dataclass(frozen=True, slots=True)
class _Taker:
    """Receives uploaded files; ``pages`` is the address under which the units' pages stand, ``names`` those of units."""

    work: Workplace
    campaign: OpenCampaign
    pages: str
    names: Mapping[str, str]

    def take(self, files: list[Upload], task: Task) -> None:
        fates: Counter[str] = Counter()
        with ThreadPoolExecutor(_AT_ONCE, "desk-receive") as threads:
            for number, lines in enumerate(threads.map(self._received, files), start=1):
                task.lines += [line for _, line in lines]
                fates.update(fate for fate, _ in lines)
                task.progress(number, len(files), "收表")
        told = {"current": "收到 {} 份", "conflict": "要您选定的 {} 份", "duplicate": "收到过同样的 {} 份"}
        told |= {"superseded": "没有采用的 {} 份", "set_aside": "没有算数的 {} 个", "companion": "随表来的 {} 个"}
        task.tell("，".join(words.format(fates[fate]) for fate, words in told.items() if fates[fate]) + "。")

    def _received(self, file: Upload) -> list[tuple[str, TaskLine]]:
        folder = file.name.rpartition("/")[0]  # files of one name in two folders are two, and a person chooses
        try:
            receipt = self.campaign.receive(file.data, name=file.name, source=f"{_SOURCE}/{folder}".rstrip("/"))
        except (XlsxevalError, OSError) as error:
            return [("set_aside", TaskLine(f"{file.name}：{error}。这一份没有收下，请再交一次。", kind="bad"))]
        except Exception as error:  # one file must not cost the others
            self.work.log(traceback.format_exc())
            told = f"{file.name}：程序内部错误（{type(error).__name__}），这一份没有收下。"
            return [("set_aside", TaskLine(told, kind="bad"))]
        lines = [_line(piece.filed, self.pages, self.names) for piece in receipt.pieces]
        lines += [
            ("current", TaskLine(f"{file.name}：下级 {one.level} 的上报包", "", "good")) for one in receipt.exports
        ]
        return lines or [("set_aside", TaskLine(f"{file.name}：里面没有要收的表", kind="bad"))]


def _line(filed: Filed, pages: str, names: Mapping[str, str]) -> tuple[str, TaskLine]:
    """The fate of a received file, and its line."""
    if filed.companion:
        return "companion", TaskLine(f"{filed.receipt.name}：{_COMPANION}", kind="still")
    told = f"{filed.receipt.name}：{_WORDS[filed.state]}"
    if filed.unit is not None:
        told += f"，{names.get(filed.unit, filed.unit)}"
    if filed.state == "current":
        told += f"，{filed.findings} 处问题" if filed.findings else "，没有问题"
    if filed.message:
        told += f"。{filed.message}"
    link = f"{pages}/{quote(filed.unit)}" if filed.state == "current" and filed.unit else ""
    kind = "good" if filed.state == "current" and not filed.findings else ""
    return filed.state.value, TaskLine(told, link, "bad" if filed.state in ("set_aside", "conflict") else kind)


def _names(campaign: OpenCampaign) -> Mapping[str, str]:
    return {unit.code: unit.name for unit in campaign.campaign.units}
