"""Step 5: what is made of the returns, each with progress, opened or downloaded; history and files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from flask import Response, abort, request, send_file

from xlsxeval.api import OpenCampaign
from xlsxeval.board.plain_words import plain_words
from xlsxeval.board.steps import NextStep, next_steps
from xlsxeval.campaign.folders import RESULTS
from xlsxeval.web.pages import begin, page
from xlsxeval.web.tasks import Task, TaskLine
from xlsxeval.web.workplace import Workplace

_FOLDER: Final = RESULTS
_SHOWN: Final = 500


def _board(campaign: OpenCampaign, task: Task) -> None:
    campaign.board(progress=task.progress, tell=task.tell)


def _summary(campaign: OpenCampaign, task: Task) -> None:
    campaign.summary(progress=task.progress, tell=task.tell)


def _rubric(campaign: OpenCampaign, task: Task) -> None:
    campaign.appraise(campaign.folder / _FOLDER / "考核评分表", progress=task.progress, tell=task.tell)


def _reports(campaign: OpenCampaign, task: Task) -> None:
    campaign.report(progress=task.progress, tell=task.tell)


def _prints(campaign: OpenCampaign, task: Task) -> None:
    campaign.report(pdf=True, progress=task.progress, tell=task.tell)


def _drafts(campaign: OpenCampaign, task: Task) -> None:
    campaign.report(force=True, draft=True, progress=task.progress, tell=task.tell)


def _consolidated(campaign: OpenCampaign, task: Task) -> None:
    campaign.consolidated(progress=task.progress, tell=task.tell)


def _submit(campaign: OpenCampaign, task: Task) -> None:
    campaign.submit(progress=task.progress, tell=task.tell)


def _reminders(campaign: OpenCampaign, task: Task) -> None:
    campaign.remind(campaign.folder / _FOLDER / "催报", progress=task.progress, tell=task.tell)


def _all(campaign: OpenCampaign, task: Task) -> None:
    campaign.run(progress=task.progress, tell=task.tell)


PRODUCTS: Final[Mapping[str, tuple[str, str, Callable[[OpenCampaign, Task], None]]]] = {
    "run": ("全部做一遍", "生成缺的表，收下新来的文件，写出能写的结果；只做新的", _all),
    "reports": ("各单位的 Word 报告", "有错误的先不写", _reports),
    "prints": ("各单位的报告，Word 和 PDF", "要装 LibreOffice", _prints),
    "drafts": ("带批注的草稿", "有错误的也写，问题写成批注", _drafts),
    "summary": ("汇总表", "一个工作簿，公式是活的", _summary),
    "consolidated": ("汇总报告", "部门自己的报告", _consolidated),
    "rubric": ("考核评分表", "能定的分写上原因，要人评的留空", _rubric),
    "board": ("看板网页", "一页看清各单位的进度", _board),
    "reminders": ("催报清单和通知", "给还有事要做的单位", _reminders),
    "submit": ("上报包", "签了名，交给上一级", _submit),
}
"""What can be made: title, explanation, and how."""

_WHERE: Final = {
    NextStep.COLLECT: "returns",
    NextStep.CHOOSE: "returns",
    NextStep.CHOOSE_FORM: "returns",
    NextStep.SEE_TO_ASIDE: "returns",
    NextStep.DISTRIBUTE: "sending",
    NextStep.DISTRIBUTE_AGAIN: "sending",
    NextStep.RETURN: "reviews",
    NextStep.REVIEW: "reviews",
}
"""The page on which a step is done, where it is another than this one."""


def results(work: Workplace, key: str) -> str:
    """What can be made, what was made, and what stands in the way."""
    campaign = work.campaign(key)
    state = campaign.status()
    steps = [(plain_words(step), _WHERE.get(step.what, "")) for step in next_steps(state)]
    files = [(work.places.key(path), name, path.stat().st_size) for name, path in _files(campaign.folder)]
    values = {"state": state, "next": steps, "products": PRODUCTS, "files": files}
    return page(work, "results", title="汇总与报告", key=key, step="results", **values)


def make(work: Workplace, key: str) -> Response:
    """Makes one of the products."""
    found = PRODUCTS.get(request.form.get("what", ""))
    if found is None:
        abort(400)
    title, _, does = found
    campaign = work.campaign(key)
    return begin(work, key, title, lambda task: does(campaign, task), "results")


def backup(work: Workplace, key: str) -> Response:
    """Writes the campaign's backup into the folder 备份 beside the campaigns."""
    campaign, folder = work.campaign(key), work.folder(key)
    path = work.home / "备份" / f"{folder.name} {work.clock().astimezone():%Y-%m-%d %H%M}.zip"

    def write(task: Task) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        made = campaign.back_up(path)
        task.lines.append(TaskLine(f"备份在 {made.path}，{made.files} 个文件，读回来核对过", kind="good"))
        task.tell("里面有任务的密钥，要像密钥一样保管，不要外传；最好再拷一份到另一块盘上。")

    return begin(work, key, "备份", write, "results")


def result_file(work: Workplace, key: str, number: str) -> Response:
    """A file of the results, from the list that a page showed."""
    path = work.places.path(number)
    inside = path is not None and path.is_file() and path.is_relative_to((work.folder(key) / _FOLDER).absolute())
    if path is None or not inside:
        abort(404)
    is_page = path.suffix == ".html"
    return send_file(path, as_attachment=not is_page, download_name=path.name)


def history(work: Workplace, key: str) -> str:
    """Who did what and when, from the ledger."""
    campaign = work.campaign(key)
    chapters = campaign.history() if (campaign.folder / ".xlsxeval").is_dir() else []
    return page(work, "history", title="经过", key=key, chapters=list(reversed(chapters))[:_SHOWN])


def _files(folder: Path) -> list[tuple[str, Path]]:
    """The files of the results with their names relative to it, the newest first."""
    base = folder / _FOLDER
    found = [path for path in base.rglob("*") if path.is_file() and not path.name.startswith((".", "~$"))]
    found.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    return [(path.relative_to(base).as_posix(), path) for path in found[:_SHOWN]]
