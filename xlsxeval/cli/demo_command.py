"""``xlsxeval demo``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from xlsxeval import api
from xlsxeval.campaign.folders import ANNOTATED, RESULTS, RETURNED, SENT
from xlsxeval.cli.console import CHECKED_EXIT_CODES, say
from xlsxeval.cli.options import campaign_of, now, templates
from xlsxeval.cli.run_command import run
from xlsxeval.errors import UsageError
from xlsxeval.fault_codes import FaultCode
from xlsxeval.forms.campaign import FILE_NAME
from xlsxeval.results.check_plan import CheckPlan

_AS_PRINTED = "照印报送的核对.txt"


@click.command("demo", epilog=CHECKED_EXIT_CODES)
@click.argument("directory", type=click.Path(path_type=Path, file_okay=False), default=Path("xlsxeval-demo"))
@click.option("--sample", default="zhuzhou-2024", show_default=True, help="用哪个样例")
def command(directory: Path, sample: str) -> None:
    """用自带的真实样例走一遍：生成锁定的表 → 填写 → 收回核对 → 写 Word 报告，最后说该打开哪些文件。

    样例取自公开的自评报告，默认是株洲市医疗保障局 2024 年度的。文件写到这个文件夹（默认 xlsxeval-demo）。

    例：xlsxeval demo out
    """
    source, target = api.sample(sample), directory / sample
    if target.exists() and not (target / FILE_NAME).is_file():
        raise UsageError(f"{target} 已经存在，却不是样例任务。请换一个目录。")
    say(f"一、样例任务写到 {target}")
    target.mkdir(parents=True, exist_ok=True)
    (target / FILE_NAME).write_bytes((source / FILE_NAME).read_bytes())
    campaign = campaign_of(target)
    run(campaign)

    say("二、扮演填报单位：把公开报告里的数填进收到的表")
    for workbook in sorted((target / SENT).glob("*.xlsx")):
        filled = target / RETURNED / workbook.name
        api.fill(workbook, source / "values" / "careful.yaml", filled, force=True, templates=templates())

    say("三、收回、核对、写报告（样例里真有几处问题，所以用 --force 先看报告的样子）")
    run(campaign, force=True)

    say("四、再看一份把公开报告上印的数打在公式格子上的表：每一格算错的数都应当被指出")
    printed, told = source / "submitted" / "as-printed.xlsx", target / RESULTS / _AS_PRINTED
    plan = CheckPlan((str(printed),), output=told, force=True)
    with api.check_files(plan, today=now().astimezone().date(), templates=templates()) as checked:
        checked.write()
        found = [finding for verdict in checked.verdicts for finding in verdict.findings]
    for finding in found:
        if finding.code == FaultCode.EXECUTION_RATE:
            say(
                f"    {finding.place.sheet}!{finding.place.cell} {finding.label}：现为 {finding.shown}，应为 {finding.expected}"
            )
    say(f"    共 {len(found)} 处，全文在 {told}")

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
    click.echo(f"在工作台（浏览器）里打开它：{_program()} desk {_quoted(target)}")


def _quoted(path: Path) -> str:
    """A path as it is typed at a terminal, of Windows as of others."""
    return f'"{path}"' if " " in str(path) else str(path)


def _program() -> str:
    """The program as it was called, so that the line can be typed again."""
    called = Path(sys.argv[0])
    return str(called) if called.suffix in {"", ".exe"} and called.name.startswith("xlsxeval") else "xlsxeval"
