"""``xlsxeval run``."""

from __future__ import annotations

import datetime as dt
import hashlib
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from xlsxeval.cli.annotating import annotate, retire
from xlsxeval.cli.boards import standing_of, with_figures
from xlsxeval.cli.campaigns import generate, layouts, library, open_campaign, workbook_name
from xlsxeval.cli.collecting import collect
from xlsxeval.cli.collectresult import CollectResult
from xlsxeval.cli.collectwords import collect_text, fresh_lines
from xlsxeval.cli.console import CHECKED_EXIT_CODES, say, utf8, write_file
from xlsxeval.cli.current import Held, current_files
from xlsxeval.cli.folders import ANNOTATED, RESULTS, RETURNED, SENT, tables_in
from xlsxeval.cli.judging import Conclusion, Judge, Judged
from xlsxeval.cli.ledgers import now, open_archive, open_ledger, user
from xlsxeval.cli.outputs import render
from xlsxeval.cli.reportfiles import write_reports
from xlsxeval.cli.summary_command import write_summary
from xlsxeval.errors import UsageError
from xlsxeval.forms.campaign import Campaign
from xlsxeval.forms.definition import Edition
from xlsxeval.forms.keys import FOLDER as KEYS_FOLDER
from xlsxeval.forms.keys import campaign_keys, find_keys
from xlsxeval.forms.library import Library
from xlsxeval.resources import page_templates
from xlsxeval.rules.catalogue import catalogue

_WHAT = "run"


@click.command("run", epilog=CHECKED_EXIT_CODES)
@click.argument("campaign", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="有错误没改的单位也写报告（只供看样子，不能公开）")
@click.option("--by", help="谁做的（默认：登录本机的用户名）")
def command(campaign: Path, force: bool, by: str | None) -> None:
    """把现在能做的都做完：生成没下发的表，收“收回”里的表，逐份核对，写标注版、汇总、看板和报告到“结果”。

    例：xlsxeval run 任务
    """
    sys.exit(run_campaign(campaign, force=force, by=user(by)))


def run_campaign(path: Path, *, force: bool = False, by: str) -> int:
    """Everything that can be done now; returns the exit code."""
    templates = library()
    campaign, edition = open_campaign(path, templates)
    folder = campaign.directory
    assert folder is not None
    _keys_in_place(folder)
    made = _generate_missing(campaign, edition, folder, by)
    say(f"生成：{len(made)} 份新表写到 {folder / SENT}，{len(campaign.units) - len(made)} 份早已生成")
    result = collect(path, [], templates, by=by, now=now())
    for line in fresh_lines(result):
        say(line)
    if not result.files and not result.unread:
        say(f"收回：还没有。下一步：把“{SENT}”里的表发给各单位，收回的放进 {folder / RETURNED}，再运行一次。")
        return 0
    results = folder / RESULTS
    text = collect_text(result, str(path))
    write_file(results / "收表.txt", utf8("\ufeff" + text))
    held_back = _results(path, campaign, edition, templates, results, force=force)
    _board(path, templates, results / "看板.html")
    say(text)
    return _next_steps(result, held_back)


def _results(
    path: Path, campaign: Campaign, edition: Edition, templates: Library, results: Path, *, force: bool
) -> list[str]:
    """Judges what counts and writes all that follows from it; returns why reports were held back."""
    with TemporaryDirectory(prefix="xlsxeval-") as place:
        with open_ledger(campaign) as ledger, ledger.read() as r:
            held = current_files(r, open_archive(campaign), Path(place))
        judge = Judge(templates.directory, path)
        judged = Conclusion(campaign).judged([judge.read(one.path) for one in held])
        told = [file.told(one) for one, file in zip(judged, held, strict=True)]
        verdicts = [one.verdict for one in told]
        write_file(results / "核对.txt", utf8("\ufeff" + render(verdicts, "text", templates)))
        write_file(results / "核对.json", utf8(render(verdicts, "json", templates)))
        write_file(results / "核对.html", utf8(render(verdicts, "html", templates)))
        say(f"核对：{len(verdicts)} 份，结果写到 {results / '核对.html'}")
        to_mend = [one.verdict for one in judged if one.verdict.open]
        retire(results / ANNOTATED, annotate(to_mend, judge, results / ANNOTATED) if to_mend else [])
    _summary(told, held, campaign, edition, templates, results / "汇总.xlsx")
    if edition.report is None:
        return []
    return write_reports(told, templates.directory / "reports" / edition.report, results, force=force).held_back


def _summary(
    judged: Sequence[Judged], held: Sequence[Held], campaign: Campaign, edition: Edition, templates: Library, path: Path
) -> None:
    from xlsxeval.rollup import Return, SummaryDefinition, figures_of, load_definition, summarise

    definition = load_definition(templates, edition) or SummaryDefinition()
    returns = [
        Return(verdict, None if submission is None else figures_of(submission, definition))
        for verdict, submission in judged
    ]
    days = {one.source: one.day for one in held}
    write_summary(summarise(returns, campaign, edition, definition, dt.date.today(), days), path)


def _board(path: Path, templates: Library, page: Path) -> None:
    from xlsxeval.board.page import board_html

    standing = standing_of(path, templates, None, dt.date.today())
    state = with_figures(standing)
    pages = catalogue(templates, [state.edition])
    write_file(page, utf8(board_html(state, page_templates(templates.directory), str(path), pages)))
    say(f"看板写到 {page}")


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


def _generate_missing(campaign: Campaign, edition: Edition, folder: Path, by: str) -> list[Path]:
    """Workbooks of the units that have none yet, noted in the ledger; what was sent out is never made again."""
    from xlsxeval.ledger import campaign_digest

    plans = layouts(campaign, list(campaign.units), edition)
    missing = [layout for layout in plans if not (folder / SENT / workbook_name(layout)).exists()]
    if not missing:
        return []
    keys = campaign_keys(folder)
    files = {folder / SENT / workbook_name(layout): generate(layout, keys) for layout in missing}
    for path, content in files.items():
        write_file(path, content)
    with open_ledger(campaign) as ledger, ledger.write(by, now(), _WHAT) as w:
        w.campaign_version(campaign, edition.digest)
        for layout, (path, content) in zip(missing, files.items(), strict=True):
            digest = hashlib.sha256(content).hexdigest()
            w.distribution(layout.unit.code, None, path.name, digest, campaign_digest(campaign), edition.digest)
    return list(files)


def _next_steps(result: CollectResult, held_back: Sequence[str]) -> int:
    """Says what to do next and returns the exit code."""
    if any(one.errors for one in result.files):
        say(
            f"还有错误没有改。下一步：把“{RESULTS}/{ANNOTATED}”里的标注版发回单位改正，新表放进“{RETURNED}”"
            "（可以替换旧表），再运行一次。"
        )
    elif result.needs_somebody:
        say("有的文件要人处理，见上。下一步：按提示处理，再运行一次。")
    elif held_back:
        say(f"有 {len(held_back)} 份报告没有写，原因见上。下一步：按原因处理，再运行一次。")
    elif not result.missing:
        say("全部单位都报齐了，没有错误。")
    return int(result.needs_somebody or bool(held_back))
