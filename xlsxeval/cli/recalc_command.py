"""``xlsxeval recalc``."""

from __future__ import annotations

import datetime
import json
import sys
from pathlib import Path
from typing import Any

import click

from xlsxeval.calc import ExcelError, Scalar
from xlsxeval.calc.recalculation import Recalculated, Recalculation
from xlsxeval.campaign.bounds import limits_for
from xlsxeval.cli.console import CHECKED_EXIT_CODES, emit, say
from xlsxeval.errors import UsageError
from xlsxeval.forms.yaml_file import suggestion
from xlsxeval.intake.reader import read_file, read_workbook
from xlsxeval.intake.recalc import recalculate_workbook
from xlsxeval.intake.rejected import Rejected
from xlsxeval.model import Address, split_a1


@click.command("recalc", epilog=CHECKED_EXIT_CODES)
@click.argument("workbooks", type=click.Path(path_type=Path), nargs=-1, required=True)
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text", help="输出格式")
@click.option("--explain", "target", help="说明一格怎样算出来，例如 附件2!G4")
def command(workbooks: tuple[Path, ...], style: str, target: str | None) -> None:
    """把任何工作簿的公式重算一遍，与文件里显示的数比较。

    例：xlsxeval recalc 表.xlsx    xlsxeval recalc 表.xlsx --explain "附件2!G4"
    """
    if style == "json" and len(workbooks) > 1:
        raise UsageError("--format json 一次只能看一个工作簿。")
    bad = False
    for path in workbooks:
        try:
            result = _recalculate(path)
        except Rejected as error:
            say(
                f"{path}：{error.fault.detail}（{error.fault.code}）。可用 xlsxeval explain {error.fault.code} 查看怎么办。"
            )
            bad = True
            continue
        if target is not None:
            emit(_explanation(result, _address(target, result)))
            continue
        emit(_json(result) if style == "json" else _text(path, result))
        bad = bad or bool(result.program.faults) or any(not cell.agrees for cell in result.cells)
    sys.exit(int(bad))


def _recalculate(path: Path) -> Recalculation:
    if not path.exists():
        raise UsageError(f"没有这个文件：{path}。请检查路径和文件名。")
    limits = limits_for(None)
    now = datetime.datetime.now().replace(microsecond=0)
    return recalculate_workbook(read_workbook(read_file(path, limits), limits), now)


def _text(path: Path, result: Recalculation) -> str:
    lines = [f"■ {path}：{len(result.cells)} 个公式"]
    lines += [f"  ✗ {fault.message}" for fault in result.program.faults]
    faulty = {fault.address for fault in result.program.faults}
    differing = [cell for cell in result.cells if not cell.agrees and cell.address not in faulty]
    for cell in differing:
        lines.append(f"  ✗ {cell.address}：显示 {_shown(cell.cached)}，重算 {_shown(cell.value)}    ={cell.formula}")
    if not differing and not faulty:
        lines.append("  全部与重算一致")
    return "\n".join(lines) + "\n"


def _json(result: Recalculation) -> str:
    return json.dumps({"schema": 1, "cells": [_cell(cell) for cell in result.cells]}, ensure_ascii=False, indent=2)


def _cell(cell: Recalculated) -> dict[str, Any]:
    return {
        "sheet": cell.address.sheet,
        "cell": cell.address.a1,
        "formula": cell.formula,
        "cached": _plain(cell.cached),
        "value": _plain(cell.value),
    }


def _plain(value: Scalar) -> Any:
    return {"error": value.value} if isinstance(value, ExcelError) else value


def _explanation(result: Recalculation, address: Address) -> str:
    steps = result.program.explain(address, result.inputs)
    lines = []
    for step in steps:
        formula = f"    ={step.formula}" if step.formula is not None else ""
        lines.append(f"{'    ' * step.depth}{step.address} = {_shown(step.value)}{formula}")
    return "\n".join(lines) + "\n"


def _address(text: str, result: Recalculation) -> Address:
    """``附件2!G4`` or ``'附件 2'!G4``. Raises UsageError for another form, an unknown sheet, a cell with nothing in it."""
    sheet, _, cell = text.rpartition("!")
    try:
        row, column = split_a1(cell.replace("$", ""))
    except ValueError:
        raise UsageError(f"「{text}」不是单元格地址。请写成 工作表!单元格，例如 附件2!G4。") from None
    address = Address(sheet.strip("'").replace("''", "'"), row, column)
    formulas = [known.address for known in result.cells]
    sheets = list(dict.fromkeys(known.sheet for known in [*formulas, *result.inputs]))
    if address.sheet not in sheets:
        raise UsageError(
            f"没有工作表「{address.sheet}」{suggestion(address.sheet, sheets)}（有：{'、'.join(sheets)}）。"
        )
    if address not in result.inputs and address not in formulas:
        raise UsageError(f"{address} 是空的，没有什么可说明。")
    return address


def _shown(value: Scalar) -> str:
    if value is None:
        return "（空）"
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, ExcelError):
        return value.value
    return f"{value:.15g}" if isinstance(value, float) else f"“{value}”"
