"""``xlsxeval editions``."""

from __future__ import annotations

import click

from xlsxeval.cli.campaigns import library
from xlsxeval.cli.console import CHECKED_EXIT_CODES, emit


@click.command("editions", epilog=CHECKED_EXIT_CODES)
@click.argument("edition", required=False)
def command(edition: str | None) -> None:
    """列出表样版本；写上版本名，就列出它的表和参数，以及每个参数的依据。

    例：xlsxeval editions hunan-2024
    """
    templates = library()
    if edition is None:
        emit("".join(f"{name:<16} {templates.edition(name).title}\n" for name in templates.editions()))
        return
    found = templates.edition(edition)
    lines = [f"{found.id}  {found.title}（第 {found.version} 版）", "表："]
    lines += [f"  {form.attachment or form.sheet}  {form.id}/{form.variant}" for form in found.forms]
    lines.append("参数：")
    for parameter in found.parameters.values():
        lines += [f"  {parameter.name} = {parameter.value}  {parameter.label}", f"      依据：{parameter.basis}"]
    emit("\n".join(lines) + "\n")
