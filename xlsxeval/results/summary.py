"""The summary (汇总) of a campaign: judges counting files together and writes the workbook."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from xlsxeval.campaign.files import set_aside, write_file
from xlsxeval.campaign.folders import RESULTS
from xlsxeval.campaign.listener import Listener
from xlsxeval.campaign.workspace import Workspace
from xlsxeval.collection.lower_levels import lower_of
from xlsxeval.durable import real
from xlsxeval.errors import UsageError
from xlsxeval.judging.counted import Counter
from xlsxeval.judging.judge import Conclusion, Judge, UsesJudge, with_notes_told
from xlsxeval.judging.memory import Memory
from xlsxeval.judging.units import FileGroup, Joiner
from xlsxeval.results.current import HeldFile, HeldFiles, collected, left_out, lying
from xlsxeval.rollup import (
    Figures,
    Return,
    Summary,
    SummaryDefinition,
    figures_of,
    load_definition,
    summarise,
    summary_bytes,
)
from xlsxeval.rollup.summary import SummaryStatus
from xlsxeval.rules.verdict import Verdict
from xlsxeval.workers import Lost
from xlsxeval.workers.pool import each

if TYPE_CHECKING:
    from xlsxeval.ledger import CollectionStanding


class Reader(UsesJudge):
    """Judges a file and extracts the figures for a summary: little enough to send from another process."""

    def __init__(self, judge: Judge, definition: SummaryDefinition) -> None:
        self.judge = judge
        self.definition = definition

    def __call__(self, path: Path) -> tuple[Verdict, Figures | None]:
        verdict, submission = self.judge.read(path)
        return verdict, None if submission is None else figures_of(submission, self.definition)

    def lost(self, path: Path, lost: Lost) -> tuple[Verdict, None]:
        return self.judge.lost(path, lost), None


def summary_of(workspace: Workspace, counting: HeldFiles, made: dt.date, jobs: int = 1) -> Summary:
    """Sums up these files, judged together; ``made`` is the date of the summary."""
    campaign, edition = workspace.campaign, workspace.edition
    definition = _definition(workspace)
    held, conclude = counting.files, Conclusion(campaign)
    judge = Judge.of(workspace)
    reader = Reader(judge, definition)
    work = each(reader, [one.path for one in held], jobs)
    read = list(workspace.listener.counted(work, len(held), "汇总"))
    for _ in with_notes_told((verdict for verdict, _ in read), workspace.listener):
        pass
    told = conclude([replace(verdict, path=one.source) for (verdict, _), one in zip(read, held, strict=True)])
    joiner = Joiner(campaign, edition, judge, conclude, counting.standings)
    returns, days = list[Return](), dict[str, dt.date]()
    for group in joiner.groups(told):
        parts = [told[number] for number in group.numbers]
        one = _together(joiner, group, parts, held, definition)
        alone = [Return(told[number], read[number][1]) for number in group.numbers]
        for back in alone if one is None else [one]:
            returns.append(back)
            days[back.verdict.path] = max(held[number].day for number in group.numbers)
    return summarise(returns, campaign, edition, definition, made, days, counting.left)


def summary_by_ledger(workspace: Workspace, standing: CollectionStanding, made: dt.date, jobs: int = 1) -> Summary:
    """Sums up the files that count by the ledger; those that were judged on today's basis are not opened again."""
    campaign, edition = workspace.campaign, workspace.edition
    memory, conclude = Memory.of_campaign(workspace), Conclusion(campaign)
    joiner = Joiner(campaign, edition, memory.assessor.judge, conclude, standing.units)
    counter = Counter(memory, conclude, joiner)
    _, counted = counter.units(counter.files(standing, jobs, "汇总"))
    returns = [Return(one.verdict, one.assessed.numbers) for one in counted]
    days = {one.verdict.path: one.day for one in counted}
    return summarise(returns, campaign, edition, _definition(workspace), made, days, left_out(standing))


def _definition(workspace: Workspace) -> SummaryDefinition:
    """The edition's definition of the summary; an empty one, which is reported, where the edition has none."""
    templates, edition = workspace.library, workspace.edition
    definition = load_definition(templates, edition)
    if definition is None:
        workspace.listener.tell(
            f"版本「{edition.id}」没有写汇总取哪些数（{templates.directory / 'summaries' / edition.id}.yaml），"
            "所以没有金额和得分；写法见 docs/internals/forms.md。"
        )
    return definition or SummaryDefinition()


def _together(
    joiner: Joiner, group: FileGroup, parts: Sequence[Verdict], held: Sequence[HeldFile], definition: SummaryDefinition
) -> Return | None:
    """All parts of a unit as one return; None for files that are no parts, or do not fit together."""
    if group.whole is None:
        return None
    made = joiner.made(group.whole, [joiner.judge.read(held[number].path) for number in group.numbers])
    if made is None or made.submission is None:
        return None
    verdict, _ = joiner.told(group.whole, made.verdict, parts)
    return Return(verdict, figures_of(made.submission, definition))


@dataclass(frozen=True, slots=True)
class WrittenSummary:
    """A written summary; ``aside`` is the new name of an earlier file."""

    summary: Summary
    path: Path
    aside: Path | None = None

    @property
    def is_clean(self) -> bool:
        """Whether no unit has errors or waits for a choice, and every file is readable and from a unit on the roster."""
        is_open = any(one.status is SummaryStatus.ERRORS or one.waits for one in self.summary.units)
        return not is_open and not self.summary.unread + self.summary.strange


def write_summary(
    workspace: Workspace,
    output: Path | None = None,
    sources: Sequence[Path] = (),
    made: dt.date | None = None,
    jobs: int = 1,
) -> WrittenSummary:
    """Sums up counting files, or the named ones, and writes the workbook, by default into 结果.

    ``made`` is its date, by default the present day. Exports of lower levels are included, by the ledger. A different
    existing workbook, in which people may have worked, is set aside. Raises UsageError where the name does not end
    in .xlsx, or is that of a returned file.
    """
    path = output or workspace.folder / RESULTS / "汇总.xlsx"
    if path.suffix.lower() != ".xlsx":
        raise UsageError(f"{path} 不是 .xlsx 文件名。请写成 汇总.xlsx 这样的名字。")
    made = made or workspace.today
    standing = None if sources else collected(workspace)
    if standing is not None:
        _refuse_returned(path, (one.receipt.source for one in standing.counting))
        summary = summary_by_ledger(workspace, standing, made, jobs)
    else:
        counting = lying(workspace, sources)
        _refuse_returned(path, (one.source for one in counting.files))
        summary = summary_of(workspace, counting, made, jobs)
    summary = replace(summary, lower=lower_of(workspace))
    content = summary_bytes(summary)
    aside = set_aside(path, content)
    if aside is not None:
        workspace.listener.tell(f"原来的汇总表改名为 {aside}")
    write_file(path, content)
    tell_summary(summary, workspace.listener)
    return WrittenSummary(summary, path, aside)


def _refuse_returned(path: Path, returned: Iterable[str]) -> None:
    if real(path) in {real(Path(one)) for one in returned}:
        raise UsageError(f"{path} 是收回的表，不能写在上面。请给 -o 换一个文件名。")


def tell_summary(summary: Summary, listener: Listener) -> None:
    """Reports the numbers of units in a summary and of those that are missing."""
    count = len(summary.units)
    absent = sum(unit.status is SummaryStatus.ABSENT for unit in summary.units)
    listener.tell(f"汇总：{count} 个单位，已报 {count - absent} 个，未报 {absent} 个")
