"""``xlsxeval fields``."""

from __future__ import annotations

import click

from xlsxeval.api import fields
from xlsxeval.cli.console import CHECKED_EXIT_CODES, emit
from xlsxeval.cli.options import templates
from xlsxeval.layout.layout import CellKind, Layout

_KINDS = {CellKind.INPUT: "填报", CellKind.GIVEN: "给定", CellKind.COMPUTED: "计算", CellKind.LABEL: ""}


@click.command("fields", epilog=CHECKED_EXIT_CODES)
@click.argument("source")
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text", help="输出格式")
def command(source: str, style: str) -> None:
    """列出一份工作簿（.xlsx）或一个版本（如 hunan-2024）的全部字段和所在的格子。

    例：xlsxeval fields hunan-2024 --format json
    """
    layout = fields(source, templates=templates())
    if style == "json":
        from xlsxeval.output import fields_json

        emit(fields_json(layout))
    else:
        emit(_text(layout))


def _text(layout: Layout) -> str:
    lines = []
    for sheet in layout.sheets:
        if sheet.form is None:
            continue
        lines.append(f"【{sheet.name}】 {sheet.title}（{sheet.form.id}）")
        for cell in sheet.cells:
            if cell.slot is not None:
                field = cell.slot.field
                need = " 必填" if field.required else ""
                lines.append(f"  {cell.address.a1:<6} {cell.slot.path:<30} {_KINDS[cell.kind]}{need}  {field.label}")
    return "\n".join(lines) + "\n"
