"""``xlsxeval recalc``."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from xlsxeval.api import explain_cell, recalculate
from xlsxeval.calc import ExcelError, Scalar
from xlsxeval.cli.console import CHECKED_EXIT_CODES, emit, say
from xlsxeval.cli.options import now
from xlsxeval.errors import UsageError
from xlsxeval.intake.rejected import Rejected

if TYPE_CHECKING:
    from xlsxeval.calc.recalculation import Recalculated, Recalculation


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
            result = recalculate(path, now=now())
        except Rejected as error:
            say(
                f"{path}：{error.fault.detail}（{error.fault.code}）。可用 xlsxeval explain {error.fault.code} 查看怎么办。"
            )
            bad = True
            continue
        if target is not None:
            emit(_explanation(result, target))
            continue
        emit(_json(result) if style == "json" else _text(path, result))
        bad = bad or bool(result.program.faults) or any(not cell.agrees for cell in result.cells)
    sys.exit(int(bad))


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


def _explanation(result: Recalculation, cell: str) -> str:
    lines = []
    for step in explain_cell(result, cell):
        formula = f"    ={step.formula}" if step.formula is not None else ""
        lines.append(f"{'    ' * step.depth}{step.address} = {_shown(step.value)}{formula}")
    return "\n".join(lines) + "\n"


def _shown(value: Scalar) -> str:
    if value is None:
        return "（空）"
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, ExcelError):
        return value.value
    return f"{value:.15g}" if isinstance(value, float) else f"“{value}”"
