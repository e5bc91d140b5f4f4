"""``xlsxeval import-form``."""

from __future__ import annotations

import re
from pathlib import Path

import click

from xlsxeval.campaign.files import refuse_existing, write_new_files
from xlsxeval.cli.console import CHECKED_EXIT_CODES, emit, say
from xlsxeval.errors import UsageError

_FORM = re.compile(r"[^\W\d]\w*")
_WAY_OUT = "请用 -o 换一个文件名，或确认后加 --force。"


@click.command("import-form", epilog=CHECKED_EXIT_CODES)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--sheet", help="读哪一张工作表（只有一张有内容时可以不写）")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="写到哪个文件（默认：屏幕）")
@click.option("--form", help="表的代号（默认：-o 所在的文件夹名，没有 -o 时为 draft）")
@click.option("--force", is_flag=True, help="输出文件已经存在时覆盖它")
def command(file: Path, sheet: str | None, output: Path | None, form: str | None, force: bool) -> None:
    """由 FILE（官方空白表，.xlsx）起草一份表样定义：格子、合并、列宽、文字、要填的格子和它的类型。

    看不出来的地方写着“请确认”，由人来定；写好后用 xlsxeval lint 检查。

    例：xlsxeval import-form 自评表.xlsx -o templates/forms/overall/my-city.yaml
    """
    from xlsxeval.importing import ASK, draft_form, draft_text, read_blank  # openpyxl only where a form is read

    name = _form_name(form, output)
    if output is not None:
        refuse_existing([output], force=force, way_out=_WAY_OUT)
    blank = read_blank(file, sheet)
    draft = draft_form(blank, name, file.name)
    text = draft_text(draft)
    if output is None:
        emit(text)
    else:
        write_new_files({output: text.encode("utf-8")}, force=force, way_out=_WAY_OUT)
    where = f"{output}：" if output else ""
    say(f"{where}起草了 {len(draft.rows)} 行、{len(draft.widths)} 列、{len(draft.fields)} 个字段。")
    say(f"有 {text.count(ASK)} 处看不出来，文件里写着“请确认”。请逐处改好，再用 xlsxeval lint 检查。")


def _form_name(form: str | None, output: Path | None) -> str:
    """What was asked for, else the folder that the file goes to. Raises UsageError for what can be no name."""
    folder = output.resolve().parent.name if output else ""
    name = form or (folder if _FORM.fullmatch(folder) else "draft")
    if not _FORM.fullmatch(name):
        raise UsageError(f"表的代号「{name}」只能用字母（可以是汉字）、数字和下划线，不能以数字开头。请改 --form。")
    if output is not None and output.resolve().parent.parent.name == "forms" and name != folder:
        raise UsageError(f"表的代号「{name}」与所在文件夹「{folder}」不一致，两者要相同。请改 --form 或 -o。")
    return name
