"""``xlsxeval import-form``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from xlsxeval.api import draft_edition, draft_form, write_edition
from xlsxeval.cli.console import CHECKED_EXIT_CODES, emit, say
from xlsxeval.cli.options import templates
from xlsxeval.errors import UsageError
from xlsxeval.forms.yaml_file import YamlFile
from xlsxeval.resources import OWN_FORMS


@click.command("import-form", epilog=CHECKED_EXIT_CODES)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--sheet", help="只要哪一张表（工作表名；Word 里是“附件1”或“第2张表”）")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="写到哪个文件；写版本时是文件夹（默认：表样）")
@click.option("--form", help="表的代号（默认：-o 所在的文件夹名，没有 -o 时为 draft）")
@click.option("--edition", help="把文件里的表写成一个完整的版本，起这个名字，例如 moumou-2025")
@click.option("--title", default="", help="版本的中文名称（写版本时）")
@click.option("--report", type=click.Path(path_type=Path, dir_okay=False), help="照哪份公开的报告（.docx）起草报告模板")
@click.option(
    "--answers",
    type=click.Path(path_type=Path, dir_okay=False),
    help="对问题的回答（YAML，上一次写在版本旁边的 问题.yaml）",
)
@click.option("--force", is_flag=True, help="输出文件已经存在时覆盖它")
def command(
    files: tuple[Path, ...],
    sheet: str | None,
    output: Path | None,
    form: str | None,
    edition: str | None,
    title: str,
    report: Path | None,
    answers: Path | None,
    force: bool,
) -> None:
    """由 FILES（官方空白表，.xlsx、.xls、.docx）起草表样定义：格子、合并、要填的格子、它的类型、公式和检查。

    一个文件里的表一次读完。只有人知道的地方写着“请确认”。加 --edition 时连版本、报告模板和汇总一起写成一个文件夹，
    用 xlsxeval --templates 文件夹 … 使用；放在任务的文件夹里叫“表样”就不用写 --templates。

    例：xlsxeval import-form 通知附件.docx --edition moumou-2025 -o 某某市2025/表样
    """
    if edition is not None:
        _edition(files, edition, output or Path(OWN_FORMS), title, report, answers, force=force)
        return
    if len(files) > 1:
        raise UsageError("几个文件要用 --edition 写成一个版本；只看一张表时一次读一个文件。")
    drafts = draft_form(files[0], sheet, output, form, force=force, templates=templates())
    if output is None:
        emit("\n".join(draft.text for draft in drafts))
    for draft in drafts:
        where = f"{output}：" if output else ""
        say(f"{where}起草了 {draft.rows} 行、{draft.columns} 列、{draft.fields} 个字段。")
        if draft.questions:
            say(f"有 {draft.questions} 处看不出来，文件里写着“请确认”。请逐处改好，再用 xlsxeval lint 检查。")


def _edition(
    files: tuple[Path, ...],
    name: str,
    folder: Path,
    title: str,
    report: Path | None,
    answers: Path | None,
    *,
    force: bool,
) -> None:
    drafted = draft_edition(files, name, title=title, answers=_answers(answers), report=report, templates=templates())
    problems = write_edition(drafted, folder, force=force)
    for note in drafted.left_out:
        say(note)
    for sheet in drafted.sheets:
        draft = sheet.draft
        say(f"{draft.form}（{sheet.key}）：{len(draft.fields)} 个字段，{len(draft.open_questions)} 个问题。")
    if drafted.questions:
        path = folder / "问题.yaml"
        path.write_text(drafted.question_text, encoding="utf-8")
        say(
            f"有 {drafted.questions} 个问题，列在 {path}。改好以后加 --answers {path} --force 再起草一次；不改就照列出的做。"
        )
    for problem in problems:
        say(str(problem))
    if problems:
        raise UsageError(f"{folder} 里的版本「{name}」有 {len(problems)} 处错误，见上面。")
    say(f"写好了：{folder}。看一看：xlsxeval --templates {folder} editions {name}")


def _answers(path: Path | None) -> Mapping[str, Mapping[str, str]]:
    """Answers by form and question. Raises DefinitionError where the file is none of ours."""
    if path is None:
        return {}
    data = YamlFile(path).data
    if not all(isinstance(one, dict) for one in data.values()):
        raise UsageError(f"{path} 不是回答的文件：每张表下面是“问题: 回答”。")
    return {str(form): {str(key): str(value) for key, value in one.items()} for form, one in data.items()}
