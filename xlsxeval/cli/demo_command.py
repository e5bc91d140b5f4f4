"""``xlsxeval demo``."""

from __future__ import annotations

from pathlib import Path

import click

from xlsxeval.campaign.files import write_file
from xlsxeval.campaign.filling import filled, open_our_workbook
from xlsxeval.campaign.folders import ANNOTATED, RESULTS, RETURNED, SENT
from xlsxeval.cli.console import CHECKED_EXIT_CODES, say
from xlsxeval.cli.options import library, now, workspace_of
from xlsxeval.cli.run_command import run
from xlsxeval.errors import UsageError
from xlsxeval.fault_codes import FaultCode
from xlsxeval.forms.campaign import FILE_NAME
from xlsxeval.judging.judge import Judge
from xlsxeval.layout.values_file import load_values
from xlsxeval.output import OutputSources, format_for
from xlsxeval.resources import samples_directory
from xlsxeval.results.output_files import write_output

_AS_PRINTED = "照印报送的核对.txt"


@click.command("demo", epilog=CHECKED_EXIT_CODES)
@click.argument("directory", type=click.Path(path_type=Path, file_okay=False), default=Path("xlsxeval-demo"))
@click.option("--sample", default="zhuzhou-2024", show_default=True, help="用哪个样例")
def command(directory: Path, sample: str) -> None:
    """用自带的真实样例走一遍：生成锁定的表 → 填写 → 收回核对 → 写 Word 报告，最后说该打开哪些文件。

    样例取自公开的自评报告，默认是株洲市医疗保障局 2024 年度的。文件写到 DIRECTORY（默认 xlsxeval-demo）。

    例：xlsxeval demo out
    """
    templates = library()
    source = samples_directory() / sample
    if not (source / FILE_NAME).is_file():
        known = sorted(path.parent.name for path in samples_directory().glob(f"*/{FILE_NAME}"))
        raise UsageError(f"没有「{sample}」这个样例（现有：{'、'.join(known)}）。")
    target = directory / sample
    if target.exists() and not (target / FILE_NAME).is_file():
        raise UsageError(f"{target} 已经存在，却不是样例任务。请换一个目录。")
    say(f"一、样例任务写到 {target}")
    write_file(target / FILE_NAME, (source / FILE_NAME).read_bytes())
    run(workspace_of(target))

    say("二、扮演填报单位：把公开报告里的数填进收到的表")
    for workbook in sorted((target / SENT).glob("*.xlsx")):
        submission = open_our_workbook(workbook, templates)
        typed = load_values(source / "values" / "careful.yaml", submission.layout)
        write_file(target / RETURNED / workbook.name, filled(workbook.read_bytes(), submission, typed))

    say("三、收回、核对、写报告（样例里真有几处问题，所以用 --force 先看报告的样子）")
    run(workspace_of(target), force=True)

    say("四、再看一份把公开报告上印的数打在公式格子上的表：每一格算错的数都应当被指出")
    printed = [Judge(templates.directory, None)(source / "submitted" / "as-printed.xlsx")]
    chosen = format_for(None, Path(_AS_PRINTED))
    pieces = chosen.render(printed, OutputSources(templates, now().astimezone().date()))
    write_output(target / RESULTS / _AS_PRINTED, pieces, chosen)
    found = [finding for verdict in printed for finding in verdict.findings]
    for finding in found:
        if finding.code == FaultCode.EXECUTION_RATE:
            say(
                f"    {finding.place.sheet}!{finding.place.cell} {finding.label}：现为 {finding.shown}，应为 {finding.expected}"
            )
    say(f"    共 {len(found)} 处，全文在 {target / RESULTS / _AS_PRINTED}")

    say("做完了。请打开看看：")
    for title, pattern in (
        ("锁定的空表", f"{SENT}/*.xlsx"),
        ("填好的表", f"{RETURNED}/*.xlsx"),
        ("核对结果", f"{RESULTS}/核对.html"),
        ("照印报送的核对结果", f"{RESULTS}/{_AS_PRINTED}"),
        ("发回单位的标注版", f"{RESULTS}/{ANNOTATED}/*.xlsx"),
        ("汇总", f"{RESULTS}/汇总.xlsx"),
        ("看板", f"{RESULTS}/看板.html"),
        ("Word 报告", f"{RESULTS}/*.docx"),
    ):
        for path in sorted(target.glob(pattern)):
            click.echo(f"{title}：{path}")
