"""TODO"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from xlsxeval.calc import Scalar
from xlsxeval.errors import UsageError
from xlsxeval.forms.library import Library
from xlsxeval.intake.identity import Context, FormOrigin, Layouts
from xlsxeval.intake.submission import Submission, open_returned
from xlsxeval.layout.printed import printed_sheet
from xlsxeval.model import Address
from xlsxeval.workbook import fill_workbook


def filled(data: bytes, submission: Submission, typed: Mapping[Address, Scalar]) -> bytes:
    """The workbook with values typed over what it holds already, everything computed again.

    Of a workbook that another program laid out only what is printed is computed; the rest, whoever opens it computes.
    """
    layout = submission.layout
    computed = layout.compute({**submission.inputs, **typed})
    if submission.identity.origin is FormOrigin.OTHER:
        layout = replace(layout, sheets=tuple(map(printed_sheet, layout.sheets)))
    return fill_workbook(data, layout, typed, computed)


def open_our_workbook(path: Path, templates: Library) -> Submission:
    """A workbook of ours. Raises UsageError with the reason where it is none or cannot be read."""
    if not path.exists():
        raise UsageError(f"没有这个文件：{path}。请检查路径和文件名。")
    returned = open_returned(path, Context(templates), Layouts())
    if returned.submission is None:
        reasons = "；".join(f"{fault.detail}（{fault.code}）" for fault in returned.faults)
        raise UsageError(f"{path}：{reasons}。可用 xlsxeval explain 编号 查看怎么办。")
    return returned.submission
