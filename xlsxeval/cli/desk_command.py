"""``xlsxeval desk``."""

from __future__ import annotations

import logging
import signal
import threading
import webbrowser
from logging.handlers import RotatingFileHandler
from pathlib import Path

import click

from xlsxeval.cli.console import CHECKED_EXIT_CODES, say
from xlsxeval.cli.options import now, templates
from xlsxeval.errors import UsageError

_LOG_BYTES = 2_000_000


@click.command("desk", epilog=CHECKED_EXIT_CODES)
@click.argument("campaign", type=click.Path(path_type=Path), required=False)
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="端口（默认：任意一个空的）")
@click.option("--no-browser", is_flag=True, help="不打开浏览器，只写出地址")
@click.option("--stay", is_flag=True, help="没有人用也不自己退出")
def command(campaign: Path | None, port: int, no_browser: bool, stay: bool) -> None:
    """工作台：在浏览器里做完全部工作，不用敲命令。

    只在本机上打开（127.0.0.1），别的机器连不上。再运行一次，打开的是同一个工作台。

    例：xlsxeval desk 自评2024
    """
    try:
        from xlsxeval.web.serving import DeskMark, serve_desk
        from xlsxeval.web.settings import SettingsFile, directories
        from xlsxeval.web.workplace import Workplace
    except ModuleNotFoundError as error:
        raise UsageError(f"工作台要多装几个包（缺 {error.name}）：pip install 'xlsxeval[desk]'") from None
    places = directories()
    instance = DeskMark(Path(places.user_state_dir))
    running = instance.address()
    if running is not None:
        say("工作台已经开着，打开它的页面。")
        _open(running, quiet=no_browser)
        return
    home = Path(places.user_documents_dir) / "绩效自评"
    log = _log(Path(places.user_log_dir)).error
    work = Workplace(SettingsFile(), home, clock=now, log=log, templates=templates(), opener=_open_path)
    if campaign is not None:
        if not campaign.exists():
            raise UsageError(f"没有这个任务：{campaign}。请检查路径，或者不写任务，在首页点“新任务”。")
        work.register(campaign if campaign.is_dir() else campaign.parent)
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())  # the machine is shut down
    serve_desk(work, instance, lambda address: _open(address, quiet=no_browser), port=port, stays=stay, stop=stop)


def _open_path(path: Path) -> None:
    click.launch(str(path))


def _open(address: str, *, quiet: bool) -> None:
    if quiet or not webbrowser.open(address):
        say(f"请在浏览器里打开（只能用一次）：{address}")


def _log(folder: Path) -> logging.Logger:
    """A log file of bounded size in the user's folder; without rights to write, none."""
    logger = logging.getLogger("xlsxeval.desk")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(folder / "desk.log", maxBytes=_LOG_BYTES, backupCount=2, encoding="utf-8")
        handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
        logger.addHandler(handler)
    except OSError:
        logger.addHandler(logging.NullHandler())
    logger.propagate = False
    return logger
