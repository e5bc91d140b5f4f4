"""Options that several commands share, and everything that this shell hands in: templates, clock, user, terminal."""

from __future__ import annotations

import datetime as dt
import getpass
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from xlsxeval.api import OpenCampaign, open_campaign
from xlsxeval.cli.console import say, terminal
from xlsxeval.errors import told_once
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
    """Adds ``--ledger``, the ledger's address, passed to the command as ``address``."""
    words = "台账在哪里：SQLite 文件，或 postgresql://…（默认：任务里的 .xlsxeval/ledger.sqlite）"
    return click.option("--ledger", "address", help=words)(command)


def templates() -> Path | None:
    """The folder of templates that ``--templates`` names, None where it names none."""
    chosen: Path | None = click.get_current_context().find_root().obj
    return chosen


def campaign_of(path: Path, address: str | None = None, by: str | None = None) -> OpenCampaign:
    """The campaign at ``path``, opened for the user of this terminal. Raises as :func:`open_campaign` does."""
    return open_campaign(path, by=user(by), clock=now, ledger=address, templates=templates(), **terminal())


def tell_unready(opened: OpenCampaign) -> None:
    """Names the units for which nothing is made yet: they are missing, and no reminder helps."""
    for line in told_once([one.problem for one in opened.campaign.unready if one.unit is not None]):
        say(f"这个单位改好以前不会下发，也不用催报：{line}")


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
