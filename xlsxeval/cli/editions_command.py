"""``xlsxeval editions``."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import click

from xlsxeval import api
from xlsxeval.cli.console import CHECKED_EXIT_CODES, emit
from xlsxeval.cli.options import templates

if TYPE_CHECKING:
    from xlsxeval.forms.definition import Form


@click.command("editions", epilog=CHECKED_EXIT_CODES)
@click.argument("edition", required=False)
def command(edition: str | None) -> None:
    """列出表样版本；写上版本名，就列出它的表和参数，以及每个参数的依据。

    例：xlsxeval editions hunan-2024
    """
    if edition is None:
        found_all = [api.edition(name, templates=templates()) for name in api.editions(templates=templates())]
        emit("".join(f"{found.id:<16} {found.title}\n" for found in found_all))
        return
    found = api.edition(edition, templates=templates())
    lines = [f"{found.id}  {found.title}（第 {found.version} 版）", "表："]
    lines += [f"  {_name(form)}  {form.id}/{form.variant}" for form in found.forms]
    lines.append("参数：")
    for parameter in found.parameters.values():
        lines += [
            f"  {parameter.name} = {parameter_value(parameter.value)}  {parameter.label}",
            f"      依据：{parameter.basis}",
        ]
    if found.settings:
        lines.append("改过的级别：")
        lines += [f"  {one.code} = {one.level}  {one.basis}".rstrip() for one in found.settings.values()]
    emit("\n".join(lines) + "\n")


def _name(form: Form) -> str:
    """Name of a form; a project's form has n for the project's number."""
    return (form.attachment or form.sheet).replace("{{ project.number }}", "n")


def parameter_value(value: float | str | bool) -> str:
    """A parameter as people write it: 0.00005, not 5e-05."""
    if isinstance(value, bool):
        return "是" if value else "否"
    return format(Decimal(str(value)), "f") if isinstance(value, (int, float)) else value
