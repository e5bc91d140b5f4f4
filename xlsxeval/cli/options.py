"""Options that several commands share, and what a shell hands in: templates, clock, user."""

from __future__ import annotations

import datetime as dt
import getpass
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from xlsxeval.campaign.workspace import Workspace, open_workspace
from xlsxeval.cli.console import terminal
from xlsxeval.forms.library import Library
from xlsxeval.resources import templates_directory
from xlsxeval.workers.pool import AUTO, FEW


def _jobs(ctx: click.Context, param: click.Parameter, value: str) -> int:
    return AUTO if value == "auto" else click.IntRange(1, 64).convert(value, param, ctx)  # type: ignore[arg-type]


jobs_option = click.option(
    "-j",
    "jobs",
    metavar="auto|1-64",
    callback=_jobs,
    default="auto",
    show_default=True,
    help=f"同时用几个进程。auto：多于 {FEW} 份时另开，一份出事不影响别的；1：不另开，没有时间和内存的限额",
)


scheduler_option = click.option(
    "--scheduler",
    metavar="地址",
    help="在 Dask 集群上核对（tcp://主机:8786）：各台机器看得到同样的文件；要装 'xlsxeval[cluster]'",
)


def ledger_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--ledger``: where the ledger is, handed on as ``address``."""
    words = "台账在哪里：SQLite 文件，或 postgresql://…（默认：任务里的 .xlsxeval/ledger.sqlite）"
    return click.option("--ledger", "address", help=words)(command)


def library() -> Library:
    """The templates of this run: ``--templates``, the environment, or the program's own."""
    chosen = click.get_current_context().find_root().obj
    return Library(templates_directory(chosen))


def workspace_of(path: Path, address: str | None = None, by: str | None = None) -> Workspace:
    """The campaign at ``path``, opened for the user of this terminal. Raises as :func:`open_workspace` does."""
    return open_workspace(path, library(), clock=now, by=user(by), address=address, listener=terminal())


def now() -> dt.datetime:
    """The machine's time, in UTC."""
    return dt.datetime.now(dt.UTC)


def user(named: str | None) -> str | None:
    """The user as named, else as logged in; None where neither is known."""
    if named is not None and named.strip():
        return named.strip()
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return None
