"""``xlsxeval lint``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from xlsxeval.api import edition, editions, lint
from xlsxeval.cli.console import CHECKED_EXIT_CODES, say, terminal
from xlsxeval.cli.options import campaign_of, templates
from xlsxeval.errors import DefinitionError, Problem, told_once
from xlsxeval.output.characters import encodable


@click.command("lint", epilog=CHECKED_EXIT_CODES)
@click.argument("targets", nargs=-1)
def command(targets: tuple[str, ...]) -> None:
    """检查表样定义（字段名、格子、公式、引用、循环）、报告模板（标签、字段名）和任务给定的指标；每处错误给出位置。

    TARGETS 可以是版本名，也可以是任务文件夹；不写就检查全部版本。给定的指标、指标值、分值有不妥的，逐处提醒，不影响生成。

    例：xlsxeval lint hunan-2024
    """
    names = list(targets) or editions(templates=templates())
    problems: list[Problem] = []
    for name in names:
        found, read = _campaign(Path(name)) if Path(name).exists() else _edition(name)
        problems += found
        if read:
            say(read)
    problems = list(dict.fromkeys(problems))
    for line in told_once(problems):
        click.echo(encodable(line))
    errors = sum(not problem.warning for problem in problems)
    warnings = f"有 {len(problems) - errors} 处提醒，请核对。" if len(problems) > errors else ""
    if errors:
        say(f"共 {errors} 处错误。{warnings}")
        sys.exit(1)
    say(f"检查了 {len(names)} 个，没有发现错误。{warnings}")


def _edition(name: str) -> tuple[list[Problem], str]:
    """The faults of an edition, and what was read of it."""
    problems = lint(name, templates=templates())
    if problems:
        return problems, ""
    found = edition(name, templates=templates())
    fields = sum(len(form.fields) for form in found.forms)
    return [], f"版本「{found.id}」：{len(found.forms)} 张表，{fields} 个字段"


def _campaign(path: Path) -> tuple[list[Problem], str]:
    """The faults of a campaign, and what was read of it."""
    try:
        opened = campaign_of(path)
    except DefinitionError as error:
        return error.problems, ""
    campaign = opened.campaign
    projects = [project for unit in campaign.units for project in unit.projects]
    given = [values for unit in campaign.units for values in unit.given.values()]
    indicators = sum(len(values.get("indicators", ())) for values in [*given, *(one.given for one in projects)])
    levels = f"，{len(campaign.levels)} 个下级" if campaign.levels else ""
    read = (
        f"任务「{campaign.id}」（{campaign.department}，{campaign.year} 年度，版本 {campaign.edition}）："
        f"{len(campaign.units)} 个单位，{len(projects)} 个项目，{indicators} 条指标{levels}"
    )
    return opened.lint(**terminal()), read
