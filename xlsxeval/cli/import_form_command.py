"""``xlsxeval import-form``."""

from __future__ import annotations

from pathlib import Path

import click

from xlsxeval.api import draft_form
from xlsxeval.cli.console import CHECKED_EXIT_CODES, emit, say


@click.command("import-form", epilog=CHECKED_EXIT_CODES)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--sheet", help="读哪一张工作表（只有一张有内容时可以不写）")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="写到哪个文件（默认：屏幕）")
@click.option("--form", help="表的代号（默认：-o 所在的文件夹名，没有 -o 时为 draft）")
@click.option("--force", is_flag=True, help="输出文件已经存在时覆盖它")
def command(file: Path, sheet: str | None, output: Path | None, form: str | None, force: bool) -> None:
    """由一个文件（官方空白表，.xlsx）起草一份表样定义：格子、合并、列宽、文字、要填的格子和它的类型。

    看不出来的地方写着“请确认”，由人来定；写好后用 xlsxeval lint 检查。

    例：xlsxeval import-form 自评表.xlsx -o templates/forms/overall/my-city.yaml
    """
    draft = draft_form(file, sheet, output, form, force=force)
    if output is None:
        emit(draft.text)
    where = f"{output}：" if output else ""
    say(f"{where}起草了 {draft.rows} 行、{draft.columns} 列、{draft.fields} 个字段。")
    say(f"有 {draft.questions} 处看不出来，文件里写着“请确认”。请逐处改好，再用 xlsxeval lint 检查。")
