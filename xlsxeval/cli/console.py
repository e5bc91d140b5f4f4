"""What every command shares: a console that survives GBK, loading of campaigns, files written whole or not at all."""

from __future__ import annotations

import io
import os
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NoReturn, TypeVar

import click

from xlsxeval.errors import UsageError

CHECKED_EXIT_CODES = "退出码：0 没有问题；1 有问题；2 用法不对或程序内部错误。"
Item = TypeVar("Item")

_NOT_IN_FILE_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


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


def utf8(text: str) -> bytes:
    """The text as UTF-8. Names of files that are no UTF-8 come with lone surrogates: those are replaced."""
    return text.encode("utf-8", "replace")


def write_file(path: Path, content: bytes) -> None:
    """Writes a file whole or not at all: under another name first, then moved to its place."""
    write_pieces(path, [content])


def write_pieces(path: Path, pieces: Iterable[bytes]) -> None:
    """The same for a content that is made piece by piece."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".xlsxeval-", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def refuse_existing(paths: Iterable[Path], *, force: bool, way_out: str = "请换一个目录，或确认后加 --force。") -> None:
    """Raises UsageError where a file is there already and ``force`` is off: somebody may have typed into it.

    ``way_out`` says what the user can do.
    """
    there = [path for path in paths if path.exists()]
    if there and not force:
        names = "、".join(str(path) for path in there[:3])
        more = f" 等 {len(there)} 个文件" if len(there) > 3 else ""
        raise UsageError(f"{names}{more} 已经存在，可能有人填过，没有覆盖。{way_out}")


def write_new_files(files: Mapping[Path, bytes], *, force: bool = False, way_out: str | None = None) -> None:
    """Writes several files, none of which may be there already. Raises UsageError before anything is written."""
    if way_out is None:
        refuse_existing(files, force=force)
    else:
        refuse_existing(files, force=force, way_out=way_out)
    for path, content in files.items():
        write_file(path, content)


def set_aside(path: Path, content: bytes) -> Path | None:
    """Renames a file that is in the way of other content, to a name that is free; None where there is nothing to do."""
    if not path.exists() or path.read_bytes() == content:
        return None
    number = 1
    while (aside := path.with_stem(f"{path.stem}（旧{number}）")).exists():
        number += 1
    return path.rename(aside)


def progress(items: Iterable[Item], length: int, label: str) -> Iterator[Item]:
    """The items, with a bar on stderr while they come where that is a terminal."""
    if not sys.stderr.isatty() or length < 2:
        yield from items
        return
    with click.progressbar(items, length=length, label=label, file=sys.stderr) as bar:
        yield from bar


def file_name(text: str) -> str:
    """A text as part of a file name that every system takes."""
    return _NOT_IN_FILE_NAMES.sub("_", text).strip(" .")[:80] or "_"
