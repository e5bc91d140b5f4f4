"""``xlsxeval run``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from xlsxeval.cli.annotating import annotate, retire
from xlsxeval.cli.campaigns import generate, layouts, library, open_campaign, workbook_name
from xlsxeval.cli.check_command import exit_code
from xlsxeval.cli.console import CHECKED_EXIT_CODES, say, write_file
from xlsxeval.cli.folders import ANNOTATED, RESULTS, RETURNED, SENT, tables_in
from xlsxeval.cli.judging import Conclusion, Judge
from xlsxeval.cli.outputs import render
from xlsxeval.cli.reportfiles import write_reports
from xlsxeval.errors import UsageError
from xlsxeval.forms.campaign import Campaign
from xlsxeval.forms.definition import Edition
from xlsxeval.forms.keys import FOLDER as KEYS_FOLDER
from xlsxeval.forms.keys import campaign_keys, find_keys
from xlsxeval.model import Severity
from xlsxeval.rules.engine import Verdict


@click.command("run", epilog=CHECKED_EXIT_CODES)
@click.argument("campaign", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="有错误没改的单位也写报告（只供看样子，不能公开）")
def command(campaign: Path, force: bool) -> None:
    """把现在能做的都做完：没下发的表生成到“下发”，“收回”里的表逐份核对，结果和报告写到“结果”。

    例：xlsxeval run 任务
    """
    sys.exit(run_campaign(campaign, force=force))


def run_campaign(path: Path, *, force: bool = False) -> int:
    """Everything that can be done now; returns the exit code."""
    templates = library()
    campaign, edition = open_campaign(path, templates)
    folder = campaign.directory
    assert folder is not None
    _keys_in_place(folder)
    conclusion = Conclusion(campaign)
    made = _generate_missing(campaign, edition, folder)
    say(f"生成：{len(made)} 份新表写到 {folder / SENT}，{len(campaign.units) - len(made)} 份早已生成")
    returned = folder / RETURNED
    returned.mkdir(exist_ok=True)
    if not tables_in(returned):
        say(f"收回：还没有。下一步：把“{SENT}”里的表发给各单位，收回的放进 {returned}，再运行一次。")
        return 0
    judge = Judge(templates.directory, path)
    judged = conclusion.judged([judge.read(table) for table in tables_in(returned)])
    verdicts = [one.verdict for one in judged]
    results = folder / RESULTS
    write_file(results / "核对.txt", render(verdicts, "text", templates).encode("utf-8-sig"))
    write_file(results / "核对.json", render(verdicts, "json", templates).encode("utf-8"))
    say(f"核对：{len(verdicts)} 份，结果写到 {results / '核对.txt'}")
    to_mend = [verdict for verdict in verdicts if verdict.open]
    retire(results / ANNOTATED, annotate(to_mend, judge, results / ANNOTATED) if to_mend else [])
    held_back: list[str] = []
    if edition.report is not None:
        template = templates.directory / "reports" / edition.report
        held_back = write_reports(judged, template, results, force=force).held_back
    _next_steps(campaign, verdicts, held_back)
    return exit_code(verdicts, "error")


def _keys_in_place(folder: Path) -> None:
    """Raises UsageError where workbooks went out or came back and the key that signed them is gone.

    A new key would make every one of them look foreign.
    """
    used = [name for name in (SENT, RETURNED) if (folder / name).is_dir() and tables_in(folder / name)]
    if used and find_keys(folder) is None:
        raise UsageError(
            f"任务的密钥不见了（{folder / KEYS_FOLDER}），而“{'”“'.join(used)}”里已有表。请从备份恢复这个文件夹；"
            f"确实要重新开始，请先把这些表移到别处。"
        )


def _generate_missing(campaign: Campaign, edition: Edition, folder: Path) -> list[Path]:
    """Workbooks of the units that have none yet; what was sent out is never made again."""
    plans = layouts(campaign, list(campaign.units), edition)
    missing = [layout for layout in plans if not (folder / SENT / workbook_name(layout)).exists()]
    if not missing:
        return []
    keys = campaign_keys(folder)
    files = {folder / SENT / workbook_name(layout): generate(layout, keys) for layout in missing}
    for path, content in files.items():
        write_file(path, content)
    return list(files)


def _next_steps(campaign: Campaign, verdicts: list[Verdict], held_back: list[str]) -> None:
    came = {verdict.subject.code for verdict in verdicts if verdict.subject}
    absent = [unit for unit in campaign.units if unit.code not in came]
    if absent:
        names = "、".join(f"{unit.name}（{unit.code}）" for unit in absent[:10])
        say(f"还没有报的单位 {len(absent)} 个：{names}{' 等' if len(absent) > 10 else ''}")
    errors = sum(finding.severity is Severity.ERROR for verdict in verdicts for finding in verdict.open)
    if errors:
        say(
            f"还有 {errors} 处错误。下一步：把“{RESULTS}/{ANNOTATED}”里的标注版发回单位改正，收到新表后放进“{RETURNED}”"
            "（替换旧表），再运行一次。"
        )
    elif held_back:
        say(f"有 {len(held_back)} 份报告没有写，原因见上。下一步：按原因处理，再运行一次。")
    elif not absent:
        say("全部单位都报齐了，没有错误。")
