"""``xlsxeval recalc``."""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from xlsxeval.api import explain_cell, recalculate
from xlsxeval.calc import ExcelError, Scalar
from xlsxeval.cli.console import CHECKED_EXIT_CODES, emit, say, terminal
from xlsxeval.cli.options import now
from xlsxeval.errors import UsageError
from xlsxeval.intake.rejected import Rejected

if TYPE_CHECKING:
    from xlsxeval.calc.program import FormulaFault
    from xlsxeval.calc.recalculation import Recalculated, Recalculation


@click.command("recalc", epilog=CHECKED_EXIT_CODES)
@click.argument("workbooks", type=click.Path(path_type=Path), nargs=-1, required=True)
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text", help="输出格式")
@click.option(
    "--seconds", type=click.IntRange(1), default=300, show_default=True, help="一个工作簿最多算多少秒，超过就停下"
)
@click.option("--explain", "target", help="说明一格怎样算出来，例如 附件2!G4")
def command(workbooks: tuple[Path, ...], style: str, seconds: int, target: str | None) -> None:
    """把任何工作簿的公式重算一遍，与文件里显示的数比较。

    这里不能重算的公式（不支持的函数、其他工作簿、随机数、当前时间）另行列出，不算差异。

    例：xlsxeval recalc 表.xlsx    xlsxeval recalc 表.xlsx --explain "附件2!G4"
    """
    if style == "json" and len(workbooks) > 1:
        raise UsageError("--format json 一次只能看一个工作簿。请只写一个文件，或去掉 --format json。")
    bad = False
    for path in workbooks:
        try:
            result = _within(path, seconds)
        except TooLongError:
            say(f"{path}：算了 {seconds} 秒还没有算完，已经停下。可用 --seconds 放宽，或把数据拆成几个工作簿。")
            bad = True
            continue
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
        bad = bad or bool(_mistakes(result)) or any(cell.differs for cell in result.cells)
    sys.exit(int(bad))


class TooLongError(Exception):
    """A workbook takes longer to compute than is allowed."""


def _within(path: Path, seconds: int) -> Recalculation:
    """The workbook recalculated, with a bar where stderr is a terminal. Raises TooLongError and what the reading raises."""
    begin = time.monotonic()
    bar = terminal()["progress"]
    shown = -1

    def progress(done: int, total: int) -> None:
        nonlocal shown
        if time.monotonic() - begin > seconds:
            raise TooLongError
        while total >= _MANY and bar is not None and shown < 100 * done // total:
            shown += 1
            bar(shown, 100, "重算")

    return recalculate(path, now=now(), progress=progress)


_MANY = 20_000
"""Fewer formulas are computed before a bar could be seen."""


def _mistakes(result: Recalculation) -> list[FormulaFault]:
    """The faults of the workbook itself: circles and wrong arguments, not what cannot be computed here."""
    return [fault for fault in result.program.faults if fault.kind in ("cycle", "arguments")]


def _text(path: Path, result: Recalculation) -> str:
    lines = [f"■ {path}：{len(result.cells)} 个公式"]
    mistakes = _mistakes(result)
    lines += [f"  ✗ {fault.message}" for fault in mistakes]
    differing = [cell for cell in result.cells if cell.differs]
    for cell in differing:
        lines.append(f"  ✗ {cell.address}：显示 {_shown(cell.cached)}，重算 {_shown(cell.value)}    ={cell.formula}")
    reasons = Counter(cell.doubt for cell in result.cells if cell.doubt is not None)
    if not differing and not mistakes:
        lines.append("  能重算的全部与重算一致" if reasons else "  全部与重算一致")
    for reason, count in reasons.most_common():
        first = next(cell.address for cell in result.cells if cell.doubt == reason)
        lines.append(f"  ○ 没有比较：{reason}，{count} 格，例如 {first}")
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
        "not_compared": cell.doubt,
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
