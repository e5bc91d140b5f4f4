"""Types values into a generated workbook, as a unit would type them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from xlsxeval.calc import Scalar
from xlsxeval.campaign.bounds import bounded_reading
from xlsxeval.campaign.files import write_new_files
from xlsxeval.durable import real
from xlsxeval.errors import UsageError
from xlsxeval.forms.library import Library
from xlsxeval.intake.identity import Context, FormOrigin, Layouts
from xlsxeval.intake.submission import Submission, open_returned
from xlsxeval.layout.example import example_layout
from xlsxeval.layout.layout import Layout
from xlsxeval.layout.printed import printed_sheet
from xlsxeval.layout.values_file import load_values
from xlsxeval.model import Address
from xlsxeval.workbook import fill_workbook


def fill_file(workbook: Path, values: Path, output: Path, library: Library, *, force: bool = False) -> int:
    """Writes a copy of a workbook with the values of a YAML file typed in; returns the number of cells typed.

    Raises UsageError where the output is the workbook itself, or exists already and ``force`` is off; DefinitionError
    with every value that cannot be typed.
    """
    if real(output) == real(workbook):
        raise UsageError("输出文件不能就是原表。请用 -o 写一个新的文件名。")
    submission = open_our_workbook(workbook, library)
    typed = load_values(values, submission.layout)
    write_new_files({output: filled(workbook.read_bytes(), submission, typed)}, force=force)
    return len(typed)


def layout_of(source: str | Path, library: Library) -> Layout:
    """The layout of a workbook, or of an example unit of an edition. Raises UsageError, DefinitionError."""
    if Path(source).suffix.lower() == ".xlsx" or Path(source).exists():
        return open_our_workbook(Path(source), library).layout
    return example_layout(library.edition(str(source)))


def filled(data: bytes, submission: Submission, typed: Mapping[Address, Scalar]) -> bytes:
    """The workbook with values typed over its own, and everything computed again.

    If another program laid the workbook out, only the printed sheets are computed; Excel computes the rest when opened.
    """
    layout = submission.layout
    computed = layout.compute({**submission.inputs, **typed})
    if submission.identity.origin is FormOrigin.OTHER:
        layout = replace(layout, sheets=tuple(map(printed_sheet, layout.sheets)))
    return fill_workbook(data, layout, typed, computed)


def open_our_workbook(path: Path, templates: Library) -> Submission:
    """Opens a workbook that this program generated. Raises UsageError with the reason where it cannot."""
    if not path.exists():
        raise UsageError(f"没有这个文件：{path}。请检查路径和文件名。")
    with bounded_reading(path):
        returned = open_returned(path, Context(templates), Layouts())
    if returned.submission is None:
        reasons = "；".join(f"{fault.detail}（{fault.code}）" for fault in returned.faults)
        raise UsageError(f"{path}：{reasons}。可用 xlsxeval explain 编号 查看怎么办。")
    return returned.submission
