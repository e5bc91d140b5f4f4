"""The terminal: a console that survives GBK, results on stdout, remarks and progress on stderr."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NoReturn

import click

from xlsxeval.cli.words import remedy
from xlsxeval.output.characters import utf8

if TYPE_CHECKING:
    from xlsxeval.api import Heard
    from xlsxeval.board.steps import Step

CHECKED_EXIT_CODES = "退出码：0 没有问题；1 有问题；2 用法不对或程序内部错误。"


def prepare_console() -> None:
    """Makes a console that cannot show a character show a question mark in its place."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def fail(message: str) -> NoReturn:
    """Reports an error and exits with 2."""
    click.echo(f"错误：{message}", err=True)
    sys.exit(2)


def say(message: str) -> None:
    """Writes a remark for people to stderr, so that stdout stays clean for machines."""
    click.echo(message, err=True)


def emit(text: str) -> None:
    """Writes the result of a command to stdout; in UTF-8, whatever the console's encoding, where a machine reads it."""
    emit_pieces([text])


def emit_pieces(pieces: Iterable[str]) -> None:
    """Writes a result to stdout piece by piece, and ends its last line."""
    to_people = sys.stdout.isatty()
    sys.stdout.flush()
    for piece in _with_last_line_ended(pieces):
        if to_people:
            click.echo(piece, nl=False)
        else:
            sys.stdout.buffer.write(utf8(piece))
    sys.stdout.flush()


def _with_last_line_ended(pieces: Iterable[str]) -> Iterator[str]:
    last = ""
    for last in pieces:
        yield last
    if not last.endswith("\n"):
        yield "\n"


def terminal() -> Heard:
    """Receivers for the work's messages: remarks go to stderr, where a bar shows the progress over many items."""
    return {"progress": _Bars(), "tell": _tell}


def _tell(message: str, step: Step | None) -> None:
    say(message if step is None else message + remedy(step))


class _Bars:
    """Draws one progress bar after another where stderr is a terminal."""

    def __init__(self) -> None:
        self._bar: Any = None

    def __call__(self, done: int, total: int, what: str) -> None:
        if not sys.stderr.isatty() or total < 2:
            return
        if done == 0:
            self._bar = click.progressbar(length=total, label=what, file=sys.stderr)
            self._bar.render_progress()
        elif self._bar is not None:
            self._bar.update(1)
            if done == total:
                self._bar.render_finish()
                self._bar = None
