"""``xlsxeval run``."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from xlsxeval.board import CampaignState, SheetPoints
from xlsxeval.campaign.folders import ANNOTATED, RESULTS, RETURNED, SENT, tables_in
from xlsxeval.campaign.products import FILE_NAME, Made
from xlsxeval.campaign.storage import now, open_ledger, user
from xlsxeval.campaign.workbooks import layouts, library, open_campaign
from xlsxeval.cli.console import CHECKED_EXIT_CODES, say
from xlsxeval.collection.collect import collect, open_memory
from xlsxeval.collection.result import CollectResult
from xlsxeval.collection.text import collect_text, fresh_lines
from xlsxeval.errors import UsageError
from xlsxeval.forms.campaign import Campaign
from xlsxeval.forms.definition import Edition
from xlsxeval.forms.keys import FOLDER as KEYS_FOLDER
from xlsxeval.forms.keys import find_keys
from xlsxeval.forms.library import Library
from xlsxeval.judging.judge import Conclusion
from xlsxeval.judging.units import Joiner
from xlsxeval.ledger import Distribution, Ledger
from xlsxeval.levels import is_export
from xlsxeval.results.board import sent_files, standing_of
from xlsxeval.results.counted import Counter, UnitReturn
from xlsxeval.results.current import left_out
from xlsxeval.results.distribution import Distributor, Sent, distribute, record_sent
from xlsxeval.results.folder import Results
from xlsxeval.results.report_notes import note_report
from xlsxeval.rules.verdict import Verdict
from xlsxeval.workers.pool import AUTO, jobs_option

_WHAT = "run"


@click.command("run", epilog=CHECKED_EXIT_CODES)
@click.argument("campaign", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="有错误没改的单位也写报告（只供看样子，不能公开）")
@click.option("--by", help="谁做的（默认：登录本机的用户名）")
@jobs_option
def command(campaign: Path, force: bool, by: str | None, jobs: int) -> None:
    """把现在能做的都做完：生成没下发的表，收“收回”里的表，逐份核对，写标注版、汇总、看板和报告到“结果”。

    再运行一次，只做新的：没有变的不再核对，也不再写。

    例：xlsxeval run 任务
    """
    sys.exit(run_campaign(campaign, force=force, by=user(by), jobs=jobs))


def run_campaign(path: Path, *, force: bool = False, by: str, jobs: int = AUTO) -> int:
    """Everything that can be done now; returns the exit code."""
    templates = library()
    campaign, edition = open_campaign(path, templates)
    folder = campaign.directory
    assert folder is not None
    _keys_in_place(folder)
    with open_ledger(campaign) as ledger:
        with ledger.run(by, now(), _WHAT):
            new = _generate_missing(path, campaign, edition, templates, ledger, by, jobs)
        result = collect(path, [], templates, by=by, now=now(), jobs=jobs)
        for line in fresh_lines(result):
            say(line)
        with ledger.run(by, now(), _WHAT):
            made, held_back = _results(path, campaign, edition, templates, ledger, result, by, jobs, force=force)
    if not (new or made or result.judged_again or result.brought_anything):
        say("没有新的：没有新收到的文件，任务、表样、例外和程序也都没有变，结果照旧。")
    return _next_steps(result, held_back, folder)


def _results(
    path: Path,
    campaign: Campaign,
    edition: Edition,
    templates: Library,
    ledger: Ledger,
    result: CollectResult,
    by: str,
    jobs: int,
    *,
    force: bool,
) -> tuple[int, list[str]]:
    """Writes all that follows from what counts; how many files that were, and why reports were held back."""
    folder = campaign.directory
    assert folder is not None
    conclude, memory = Conclusion(campaign), open_memory(path, campaign, templates)
    counter = Counter(memory, conclude, Joiner(campaign, edition, memory.assessor.judge, conclude))
    with ledger.read() as r:
        files, left = counter.files(r, jobs), left_out(r)
    text = collect_text(result, str(path), folder / RESULTS / ANNOTATED)
    say(text)
    files, returns = counter.units(files)
    made = Made(folder / KEYS_FOLDER / FILE_NAME, folder)
    results = Results(folder / RESULTS, made, campaign, edition, templates)
    results.tidy()

    def note(verdict: Verdict, report: Path) -> None:
        note_report(ledger, folder, verdict, report, by=by, what=_WHAT)

    held_back: list[str] = []
    if files or result.files or result.exports:
        results.collected(text)
        results.checked(files)
        results.annotated(files, counter, memory.assessor.judge, jobs)
        results.summary(returns, left, dt.date.today())
        held_back += results.reports(returns, counter, force=force, note=note).held_back
    state = _state(path, templates, returns)
    results.board(state, str(path))
    for unit in state.units:
        if unit.form_changes:
            say(
                f"{unit.code} {unit.name} 发的表要换：{'；'.join(unit.form_changes)}。请重新生成（generate --unit）再发。"
            )
    memory.shelf.keep_only({*(one.key for one in files), *(one.key for one in returns), *_waiting(ledger, counter)})
    return made.news, held_back


def _waiting(ledger: Ledger, counter: Counter) -> set[str]:
    """The keys of what waits for a choice: it may count tomorrow."""
    from xlsxeval.collection.rejudged import wanted_of

    with ledger.read() as r:
        return {counter.memory.key(wanted_of(r, one)) for conflict in r.open_conflicts().values() for one in conflict}


def _state(path: Path, templates: Library, returns: Sequence[UnitReturn]) -> CampaignState:
    """The state with the points of what counts, which are known from judging."""
    state = standing_of(path, templates, None, dt.date.today()).state
    points: dict[str, tuple[SheetPoints, ...]] = {}
    for one in returns:
        code = one.files[0].wanted.unit
        points[code] = (*points.get(code, ()), *one.assessed.points)
    return replace(state, units=tuple(replace(unit, figures=points.get(unit.code, ())) for unit in state.units))


def _keys_in_place(folder: Path) -> None:
    """Raises UsageError where workbooks went out or came back and the key that signed them is gone.

    A new key would make every one of them look foreign.
    """
    if find_keys(folder) is not None:
        return
    used = [
        name for name in (SENT, RETURNED) if (folder / name).is_dir() and any(map(_is_form, tables_in(folder / name)))
    ]
    if used:
        raise UsageError(
            f"任务的密钥不见了（{folder / KEYS_FOLDER}），而“{'”“'.join(used)}”里已有表。请从备份恢复这个文件夹；"
            f"确实要重新开始，请先把这些表移到别处。"
        )


def _is_form(path: Path) -> bool:
    """Whether a file is one that units send; what lower levels hand up has nothing to do with this campaign's key."""
    return path.suffix.lower() != ".zip" or not is_export(path.read_bytes())


def _generate_missing(
    path: Path, campaign: Campaign, edition: Edition, templates: Library, ledger: Ledger, by: str, jobs: int
) -> list[Sent]:
    """Workbooks of the units that have none yet, noted in the ledger; what was sent out is never made again."""
    folder = campaign.directory
    assert folder is not None
    with ledger.read() as r:
        sent_before = {one.unit for one in r.distributions() if _is_out(one, folder / SENT)}
    missing = [unit for unit in campaign.units if unit.code not in sent_before and not sent_files(campaign, unit)]
    if not missing:
        return []
    layouts(campaign, missing, edition)  # all faults of the definition at once, before anything is made

    def distributor(place: Path) -> Distributor:
        return Distributor(templates.directory, path, place, split=False, archive=False)

    def record(sent: Sequence[Sent]) -> None:
        record_sent(campaign, edition, sent, by, _WHAT)

    codes = [unit.code for unit in missing]
    sent = distribute(distributor, codes, folder / SENT, record, jobs=jobs, force=False)
    say(f"生成：{len(sent)} 份新表写到 {folder / SENT}，{len(campaign.units) - len(sent)} 份早已生成")
    return sent


def _is_out(one: Distribution, folder: Path) -> bool:
    """Whether a unit needs no workbook: its forms were sent apart, or lie there still, under the name that it had then."""
    path = folder / one.file_name
    return one.part is not None or path.is_file() or path.with_suffix(".zip").is_file()


def _next_steps(result: CollectResult, held_back: Sequence[str], folder: Path) -> int:
    """Says what to do next and returns the exit code."""
    if not (result.files or result.exports or result.unread) and len(result.missing) == len(result.units):
        say(f"收回：还没有。下一步：把“{SENT}”里的表发给各单位，收回的放进 {folder / RETURNED}，再运行一次。")
    elif any(one.errors for one in result.files):
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
