"""Writes the board (看板) as a page: one file that anyone can open."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import Path

from xlsxeval.board.page import board_html
from xlsxeval.board.state import CampaignState
from xlsxeval.board.steps import StepWording
from xlsxeval.campaign.files import write_file
from xlsxeval.campaign.folders import RESULTS
from xlsxeval.campaign.workspace import Workspace
from xlsxeval.errors import UsageError
from xlsxeval.output.characters import utf8
from xlsxeval.resources import page_templates
from xlsxeval.results.board import state_of
from xlsxeval.rules.catalogue import catalogue

_EARLIER = re.compile(r'<!DOCTYPE html>[^\0]{0,900}<meta name="generator" content="xlsxeval [^"]*看板">')


@dataclass(frozen=True, slots=True)
class WrittenBoard:
    """A written board page, and the state that it shows."""

    path: Path
    state: CampaignState


def write_board(
    workspace: Workspace,
    wording: StepWording,
    output: Path | None = None,
    today: dt.date | None = None,
    *,
    force: bool = False,
    jobs: int = 1,
) -> WrittenBoard:
    """Writes the page of a day's state, with figures, by default into 结果.

    ``wording`` words the next steps on it. Raises UsageError, before anything is read, where the file exists and is
    not an earlier board, and ``force`` is off: no one's work is overwritten.
    """
    path = output or workspace.folder / RESULTS / "看板.html"
    if not force and path.exists() and not _is_board(path):
        raise UsageError(f"{path} 已经存在，不是以前写的看板，没有覆盖。请换一个文件名，或确认后加 --force。")
    state = state_of(workspace, today, jobs, figures=True)
    pages = catalogue(workspace.library, [state.edition])
    folder = page_templates(workspace.library.directory)
    write_file(path, utf8(board_html(state, folder, wording, pages)))
    return WrittenBoard(path, state)


def _is_board(path: Path) -> bool:
    with path.open("rb") as file:
        return _EARLIER.match(file.read(4096).decode("utf-8", "replace")) is not None
