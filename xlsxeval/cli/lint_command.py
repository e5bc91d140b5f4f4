"""``xlsxeval lint``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from xlsxeval.api import editions, lint
from xlsxeval.cli.console import CHECKED_EXIT_CODES, say, terminal
from xlsxeval.cli.options import campaign_of, templates
from xlsxeval.errors import DefinitionError, Problem


@click.command("lint", epilog=CHECKED_EXIT_CODES)
@click.argument("targets", nargs=-1)
def command(targets: tuple[str, ...]) -> None:
    """检查表样定义（字段名、格子、公式、引用、循环）、报告模板（标签、字段名）和任务给定的指标；每处错误给出位置。

    TARGETS 可以是版本名，也可以是任务文件夹；不写就检查全部版本。给定的指标、指标值、分值有不妥的，逐处提醒，不影响生成。

    例：xlsxeval lint hunan-2024
    """
    names = list(targets) or editions(templates=templates())
    problems = list(dict.fromkeys(problem for name in names for problem in _faults(name)))
    for problem in problems:
        click.echo(str(problem))
    errors = sum(not problem.warning for problem in problems)
    warnings = f"有 {len(problems) - errors} 处提醒，请核对。" if len(problems) > errors else ""
    if errors:
        say(f"共 {errors} 处错误。{warnings}")
        sys.exit(1)
    say(f"检查了 {len(names)} 个，没有发现错误。{warnings}")


def _faults(name: str) -> list[Problem]:
    if not Path(name).exists():
        return lint(name, templates=templates())
    try:
        return campaign_of(Path(name)).lint(**terminal())
    except DefinitionError as error:
        return error.problems
