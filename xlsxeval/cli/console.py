"""What every command shares: a console that survives GBK, loading of campaigns, files written whole or not at all."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Iterator
from typing import NoReturn, TypeVar

import click

from xlsxeval.output.characters import utf8

CHECKED_EXIT_CODES = "退出码：0 没有问题；1 有问题；2 用法不对或程序内部错误。"
Item = TypeVar("Item")


def prepare_console() -> None:
    """Lets a console that cannot show a sign show a question mark in its place."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def fail(message: str) -> NoReturn:
    """Says what is wrong and exits with 2."""
    click.echo(f"错误：{message}", err=True)
    sys.exit(2)


def say(message: str) -> None:
    """A line of progress for people: on stderr, so that stdout stays clean for machines."""
    click.echo(message, err=True)


def emit(text: str) -> None:
    """The result of a command, on stdout. Where a machine reads it, it is UTF-8 whatever the console's encoding."""
    emit_pieces([text])


def emit_pieces(pieces: Iterable[str]) -> None:
    """The same for a result that is made piece by piece. It ends its last line."""
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


def progress(items: Iterable[Item], length: int, label: str) -> Iterator[Item]:
    """The items, with a bar on stderr while they come where that is a terminal."""
    if not sys.stderr.isatty() or length < 2:
        yield from items
        return
    with click.progressbar(items, length=length, label=label, file=sys.stderr) as bar:
        yield from bar
