"""Writes the result of a check as a file: whole, and only over an earlier result in its own format."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from xlsxeval.campaign.files import write_pieces
from xlsxeval.errors import UsageError
from xlsxeval.output import OutputFormat


def refuse_foreign(output: Path, chosen: OutputFormat, *, force: bool) -> None:
    """Raises UsageError where the file exists and is no earlier output in this format: no one's work is overwritten.

    Earlier results may be overwritten: people do not edit them, and a new check is meant to replace them.
    """
    if force or not output.exists():
        return
    with output.open("rb") as file:
        beginning = file.read(4096)
    if not chosen.wrote(beginning):
        raise UsageError(
            f"{output} 已经存在，不是以前写的 {chosen.name} 格式的核对结果，没有覆盖。请换一个文件名，或确认后加 --force。"
        )


def write_output(output: Path, pieces: Iterable[str], chosen: OutputFormat) -> None:
    """Writes rendered pieces, whole or not at all."""
    write_pieces(output, chosen.encoded(pieces))
