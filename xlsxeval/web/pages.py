"""What views share: a page from its template, the way to another page, the campaign of an address, uploaded files."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Final

from flask import Response, g, redirect, render_template, request, url_for

from xlsxeval.api import OpenCampaign
from xlsxeval.board.state import CampaignState, UnitStatus
from xlsxeval.errors import DefinitionError, Problem, UsageError, XlsxevalError
from xlsxeval.output import words
from xlsxeval.parcels.names import is_passed_over
from xlsxeval.web.tasks import Work
from xlsxeval.web.workplace import Workplace

_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_MOST_NUMBERS: Final = 10_000

View = Callable[..., Response | str | dict[str, object]]

STEPS: Final = (
    ("roster", "任务与名册"),
    ("sending", "下发"),
    ("returns", "收回"),
    ("reviews", "核对"),
    ("results", "汇总与报告"),
)
"""The rail: the endpoint and the title of each step."""


@dataclass(frozen=True, slots=True)
class Upload:
    """An uploaded file, with its name as the browser told it: inside a dropped folder with the folder's name."""

    name: str
    data: bytes


def page(work: Workplace, template: str, **values: Any) -> str:
    """A page of the desk; of a campaign with how far each step is, where its files can be read."""
    key = values.get("key", "")
    return render_template(
        f"desk/{template}.html.j2",
        csrf=g.csrf,
        notices=work.take_notices(),
        by=work.settings.by,
        opens=work.opener is not None,
        steps=STEPS,
        progress=_progress(values.get("state") or _state(work, key)) if key else {},
        words=words,
        **{"key": "", "step": "", "title": "", **values},
    )


def _state(work: Workplace, key: str) -> CampaignState | None:
    try:
        return work.campaign(key).status()
    except XlsxevalError:
        return None


def _progress(state: CampaignState | None) -> Mapping[str, str]:
    """How far each step is, in a few characters."""
    if state is None:
        return {}
    units, choosing = state.units, sum(bool(unit.conflicts) for unit in state.units)
    passed = sum(unit.review_state == "passed" for unit in units)
    came = f"收到 {sum(unit.came for unit in units)}/{len(units)}"
    return {
        "roster": f"{len(units)} 个单位",
        "sending": f"生成 {sum(bool(unit.sent) for unit in units)}/{len(units)}",
        "returns": f"{came}，要选 {choosing}" if choosing else came,
        "reviews": f"通过 {passed}/{len(units)}",
        "results": f"无误 {sum(unit.status is UnitStatus.DONE for unit in units)}/{len(units)}",
    }


def go(endpoint: str, **values: Any) -> Response:
    """The way to another page after a form was taken."""
    response = redirect(url_for(endpoint, **values), 303)
    assert isinstance(response, Response)
    return response


def begin(work: Workplace, key: str, title: str, does: Work, back: str, **parts: Any) -> Response:
    """Starts a task of a campaign, and goes to its page. ``back`` names the page to go on with, with its ``parts``."""
    running = work.tasks.running(key)
    if running:
        raise UsageError(f"“{running[0].title}”还在进行。请等它做完，或到进度页看看。")
    task = work.tasks.begin(title, does, url_for(back, key=key, **parts), key)
    return go("task", number=task.number)


def refuse_occupied(work: Workplace, key: str) -> None:
    """Raises UsageError where another desk has the campaign: this one only reads it."""
    other = work.occupied_by(work.folder(key))
    if other:
        raise UsageError(f"{other} 正在另一个工作台上办这个任务，这里只能看。请等对方退出（三分钟没有动静就算退出）。")


def reason(what: str, example: str) -> str:
    """The reason that a form must carry. Raises UsageError, with an example, where it is blank."""
    told = request.form.get("reason", "").strip()
    if not told:
        raise UsageError(f"{what}要写理由，例如：{example}。请写一句，再点一次。")
    return told


def uploads(advice: str, *, one: bool = False) -> list[Upload]:
    """The uploaded files, without what systems and open programs leave beside them. Raises UsageError with the advice
    where there are none, or more than ``one``.
    """
    named = [(file, (file.filename or "").replace("\\", "/")) for file in request.files.getlist("files")]
    files = [Upload(name, file.read()) for file, name in named if base_name(name) and not is_passed_over(name)]
    if not files or (one and len(files) > 1):
        raise UsageError(advice)
    return files


def base_name(name: str) -> str:
    """The last part of an uploaded file's name."""
    return PurePosixPath(name).name


def folder_name(text: str) -> str:
    """A text made fit to be a folder's name on every system; empty where nothing of it is left."""
    return _NOT_IN_NAMES.sub("_", text).strip(" .")[:60]


def free_folder(home: Path, name: str) -> Path:
    """A folder of that name that is not there yet, else with a number."""
    name = folder_name(name) or "任务"
    names = (name, *(f"{name}（{number}）" for number in range(2, _MOST_NUMBERS)))
    return next(path for one in names if not (path := home / one).exists())


def examined(work: Workplace, key: str) -> tuple[OpenCampaign | None, list[Problem]]:
    """The campaign of a key and its faults; None where it cannot be opened at all."""
    try:
        campaign = work.campaign(key)
        faults = campaign.lint()
    except DefinitionError as error:
        return None, error.problems
    except UsageError as error:
        return None, [Problem(str(work.folder(key)), 0, 0, str(error))]
    return campaign, faults
