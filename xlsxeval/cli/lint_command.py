"""``xlsxeval lint``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from xlsxeval.campaign.last_year_index import last_campaign
from xlsxeval.campaign.workbooks import layouts
from xlsxeval.cli.console import CHECKED_EXIT_CODES, say
from xlsxeval.cli.options import library, workspace_of
from xlsxeval.errors import DefinitionError, Problem, UsageError, XlsxevalError
from xlsxeval.forms.campaign import Campaign
from xlsxeval.forms.library import Library
from xlsxeval.forms.yaml_file import suggestion
from xlsxeval.layout.lint import lint_edition
from xlsxeval.report import template_problems
from xlsxeval.rollup.definition import summary_faults


@click.command("lint", epilog=CHECKED_EXIT_CODES)
@click.argument("targets", nargs=-1)
def command(targets: tuple[str, ...]) -> None:
    """检查表样定义（字段名、格子、公式、引用、循环）和报告模板（标签、字段名）；每处错误给出位置。

    TARGETS 可以是版本名，也可以是任务文件夹；不写就检查全部版本。

    例：xlsxeval lint hunan-2024
    """
    templates = library()
    problems: list[Problem] = []
    names = list(targets) or templates.editions()
    for name in names:
        try:
            problems += _lint(name, templates)
        except DefinitionError as error:
            problems += error.problems
    for problem in dict.fromkeys(problems):
        click.echo(str(problem))
    if problems:
        say(f"共 {len(dict.fromkeys(problems))} 处错误。")
        sys.exit(1)
    say(f"检查了 {len(names)} 个，没有发现错误。")


def _tell_last_year(campaign: Campaign, templates: Library) -> None:
    """Says where last year's campaign cannot be used: no fault, for the folder may be on another disk."""
    if campaign.last_year is not None:
        try:
            last_campaign(campaign, templates)
        except XlsxevalError as error:
            say(f"注意：上年任务 {campaign.last_year} 用不上：{error}")


def _lint(name: str, templates: Library) -> list[Problem]:
    if Path(name).exists():
        workspace = workspace_of(Path(name))
        campaign, edition = workspace.campaign, workspace.edition
        layouts(campaign, list(campaign.units), edition)
        _tell_last_year(campaign, templates)
        return []
    if name not in templates.editions():
        known = templates.editions()
        raise UsageError(
            f"没有「{name}」这个版本，也没有这个文件夹（现有版本：{'、'.join(known)}）{suggestion(name, known)}"
        )
    edition = templates.edition(name)
    problems = [*lint_edition(edition), *summary_faults(templates, edition)]
    if edition.report is not None and not problems:
        problems += template_problems(templates.directory / "reports" / edition.report, edition)
    return problems
