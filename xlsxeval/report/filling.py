"""Templates filled in by a process of its own: what a template asks for costs its report, and nothing else.

Templates come from others, too. One that loops without end, or builds texts without end, is ended there and told with
the place where it was. Jinja runs only there, unless no process can be started.
"""

from __future__ import annotations

import io
import multiprocessing
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any, Final

import docx
from docx.document import Document

from xlsxeval.report.errors import ReportError
from xlsxeval.workers import Bounds, LossReason, Lost
from xlsxeval.workers.local import WorkersError
from xlsxeval.workers.shared import SharedWorkers
from xlsxeval.workers.within import OverBoundsError, within

SECONDS = 60.0
_GRACE = 10.0
"""Seconds more until the process is ended that was not interrupted between two steps of its template."""
MEMORY: Final = 1024 * 1024 * 1024
_PROCESSES: Final = 2


@dataclass(frozen=True, slots=True)
class Filling:
    """A template and the values of its names."""

    template: Path
    context: Mapping[str, Any]
    seconds: float


class Filler:
    """Fills in one template after another."""

    def prepare(self) -> None:
        """Imports what filling takes, so that it costs no template its time."""
        import xlsxeval.report.template  # noqa: F401

    def __call__(self, filling: Filling) -> bytes:
        """The filled document. Raises ReportError."""
        from xlsxeval.report.template import filled_bytes  # Jinja in this process only

        return filled_bytes(filling.template, filling.context, filling.seconds)


def filled(template: Path, context: Mapping[str, Any]) -> Document:
    """A template with every tag carried out, as an open document. Raises ReportError."""
    filling = Filling(template.absolute(), context, SECONDS)
    if multiprocessing.current_process().daemon:  # a worker already, which may have no processes of its own
        return docx.Document(io.BytesIO(_here(filling)))
    try:
        found = _workers().do(_FILLER, filling, Bounds(SECONDS + _GRACE, MEMORY))
    except WorkersError:
        found = _here(filling)
    if isinstance(found, Lost):
        raise ReportError(_why(found))
    return docx.Document(io.BytesIO(found))


def _here(filling: Filling) -> bytes:
    try:
        with within(Bounds(SECONDS + _GRACE, MEMORY)):
            return _FILLER(filling)
    except OverBoundsError as error:
        raise ReportError(_why(error.lost)) from None


def _why(lost: Lost) -> str:
    what = {
        LossReason.TIME: f"填了 {SECONDS:g} 秒还没有填完，多半是循环里套着循环，或者一段文字重复了太多次",
        LossReason.MEMORY: f"要用的内存超过 {MEMORY >> 20:,} MB，多半是一段文字重复了太多次",
    }.get(lost.why, f"填的时候出了错（{lost.detail}）")
    return f"模板{what}，没有写。请检查模板里的循环和过滤器。"


_FILLER = Filler()
_starting = Lock()
_standing: SharedWorkers | None = None


def _workers() -> SharedWorkers:
    """The processes that fill in for all threads of this one, started when the first template comes."""
    global _standing
    with _starting:
        if _standing is None:
            _standing = SharedWorkers(_PROCESSES)
        return _standing
