"""Writes the outputs of ``run`` into 结果: each file that is missing, or whose inputs have changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from xlsxeval.board import CampaignState
from xlsxeval.board.json_form import status_json
from xlsxeval.board.page import board_html
from xlsxeval.board.steps import StepWording, next_steps
from xlsxeval.campaign.digests import definitions_digest, digest, file_digest, folders_digest, program_digest
from xlsxeval.campaign.files import file_name, set_aside, write_file
from xlsxeval.campaign.folders import ANNOTATED, RESULTS
from xlsxeval.campaign.products import Made
from xlsxeval.campaign.workspace import Workspace
from xlsxeval.collection.lower_levels import lower_of
from xlsxeval.forms.keys import find_keys
from xlsxeval.judging.counted import CountedFile, Counter, UnitReturn
from xlsxeval.judging.judge import Judge
from xlsxeval.judging.units import Joined
from xlsxeval.ledger import campaign_digest
from xlsxeval.output import OutputFormat, OutputSources, output_formats
from xlsxeval.output.characters import utf8
from xlsxeval.resources import page_templates
from xlsxeval.results.annotated import retire, tasks, write_annotated
from xlsxeval.results.documents import document_name
from xlsxeval.results.reports import WrittenReports, kind_of, numbering, reason_against, report_title, write_reports
from xlsxeval.results.summary import tell_summary
from xlsxeval.rollup import LeftOut, Return, SummaryDefinition, load_definition, summarise, summary_bytes
from xlsxeval.rules.catalogue import catalogue
from xlsxeval.rules.verdict import Verdict

_CHECKED = ("text", "json", "html")
"""Formats of 核对, for people and for programs."""


class Results:
    """The results folder of a campaign."""

    def __init__(self, workspace: Workspace, made: Made) -> None:
        templates, campaign = workspace.library, workspace.campaign
        self.workspace = workspace
        self.folder = workspace.folder / RESULTS
        self.made = made
        self.campaign = campaign
        self.edition = workspace.edition
        self.templates = templates
        self.listener = workspace.listener
        self.base = digest(program_digest(), definitions_digest(templates), campaign_digest(campaign))

    def tidy(self) -> None:
        """Removes unfinished files of a killed run; only for the process that holds the campaign's run."""
        for path in self.folder.rglob(".xlsxeval-*.tmp"):
            path.unlink(missing_ok=True)

    def put(self, name: str, inputs: str, content: Callable[[], bytes]) -> bool:
        """Writes a file unless it is fresh; returns whether it was written. A user's changes are set aside, never lost."""
        path = self.folder / name
        if self.is_fresh(path, inputs):
            return False
        data = content()
        if not self.made.is_ours(path):
            aside = set_aside(path, data)
            if aside is not None:
                self.listener.tell(f"原来的 {name} 改名为 {aside}")
        write_file(path, data)
        self.made.record(path, inputs)
        return True

    def is_fresh(self, path: Path, inputs: str) -> bool:
        """Whether the output exists and was made from exactly these inputs. Reports it where a user changed it since."""
        if not self.made.is_fresh(path, inputs):
            return False
        if self.made.is_edited(path):
            self.listener.tell(f"{path} 有人改过，照原样留着。要重新生成，请把它改名或移走，再运行一次。")
        return True

    def collected(self, text: str) -> None:
        """Writes 收表.txt."""
        self.put("收表.txt", digest(text), lambda: utf8("\ufeff" + text))

    def checked(self, files: Sequence[CountedFile]) -> None:
        """Writes 核对 in its formats."""
        verdicts = [one.verdict for one in files]
        pages = folders_digest([page_templates(self.templates.directory)])
        inputs = digest(self.base, pages, *map(verdict_digest, verdicts))
        chosen = [output_formats()[name] for name in _CHECKED]
        made = [self.put(f"核对{one.suffixes[0]}", inputs, partial(self._checked, verdicts, one)) for one in chosen]
        if any(made):
            self.listener.tell(f"核对：{len(verdicts)} 份，结果写到 {self.folder / '核对.html'}")

    def _checked(self, verdicts: Sequence[Verdict], chosen: OutputFormat) -> bytes:
        pieces = chosen.render(verdicts, OutputSources(self.templates, self.workspace.today))
        return b"".join(chosen.encoded(pieces))

    def summary(self, returns: Sequence[UnitReturn], left: LeftOut) -> None:
        """Writes 汇总.xlsx. It carries the day on which it is made; a new day alone does not make it outdated."""
        today = self.workspace.today
        days = {one.verdict.path: one.day for one in returns}
        lower = lower_of(self.workspace)
        inputs = digest(
            self.base,
            repr(lower),
            repr(left),
            folders_digest(self.templates.folder("summaries")),
            *(text for one in returns for text in (one.key, verdict_digest(one.verdict), str(one.day))),
        )

        def content() -> bytes:
            definition = load_definition(self.templates, self.edition) or SummaryDefinition()
            counted = [Return(one.verdict, one.assessed.numbers) for one in returns]
            summary = summarise(counted, self.campaign, self.edition, definition, today, days, left)
            summary = replace(summary, lower=lower)
            tell_summary(summary, self.listener)
            return summary_bytes(summary)

        self.put("汇总.xlsx", inputs, content)

    def board(self, state: CampaignState, wording: StepWording) -> None:
        """Writes 看板.html, which shows the state on one day and is written anew on another."""
        pages = page_templates(self.templates.directory)
        inputs = digest(self.base, *map(wording, next_steps(state)), folders_digest([pages]), status_json(state))

        def content() -> bytes:
            return utf8(board_html(state, pages, wording, catalogue(self.templates, [state.edition])))

        if self.put("看板.html", inputs, content):
            self.listener.tell(f"看板写到 {self.folder / '看板.html'}")

    def annotated(self, files: Sequence[CountedFile], counter: Counter, judge: Judge, jobs: int) -> None:
        """Writes annotated workbooks of files with open findings; sets aside earlier ones that have none left."""
        folder = self.folder / ANNOTATED
        directory = self.campaign.directory
        keys = find_keys(directory) if directory is not None else None
        open_ones = {one.verdict.path: one for one in files if one.verdict.open and one.verdict.subject is not None}
        planned = tasks([one.verdict for one in open_ones.values()])
        due = {}
        for task in planned:
            one = open_ones[task.verdict.path]
            inputs = digest(one.key, verdict_digest(one.verdict), keys.password if keys else "")
            if not self.is_fresh(folder / task.name, inputs):
                due[task.name] = (task, one, inputs)
        with TemporaryDirectory(prefix="xlsxeval-") as place:
            again = []
            for number, (task, one, _) in enumerate(due.values()):
                if self.made.is_ours(folder / task.name):
                    (folder / task.name).unlink()  # made again at once, and no one's work
                path = Path(place) / str(number) / f"{file_name(Path(one.wanted.name).stem)}.xlsx"
                write_file(path, counter.content(one))
                again.append(replace(task, verdict=replace(task.verdict, path=str(path))))
            for path in write_annotated(again, judge, folder, jobs, self.listener):
                self.made.record(path, due[path.name][2])
        if due:
            self.listener.tell(f"标注版：{len(due)} 份写到 {folder}。")
        retire(folder, [folder / task.name for task in planned], self.listener)

    def reports(
        self,
        outcome: WrittenReports,
        returns: Sequence[UnitReturn],
        counter: Counter,
        *,
        force: bool,
        note: Callable[[Verdict, Path], None],
    ) -> None:
        """Writes the reports that nothing prevents, and adds them to ``outcome``; calls ``note`` for each written one."""
        if self.edition.report is None:
            return
        template = self.templates.find(f"reports/{self.edition.report}")
        units = [one.verdict.subject.code for one in returns if one.verdict.subject is not None]
        due: dict[Path, tuple[UnitReturn, str]] = {}
        wanted = set()
        for one in returns:
            reason = reason_against(Joined(one.verdict, None, one.doubt), units, written_anyway=force)
            if reason is not None:
                outcome.hold(reason)
                continue
            assert one.verdict.subject is not None
            title = report_title(one.verdict.subject.code, one.verdict.subject.name, self.campaign.year)
            path = self.folder / document_name(title, kind_of(one.verdict))
            wanted.add(path)
            inputs = digest(program_digest(), one.key, verdict_digest(one.verdict), file_digest(template) or "")
            if not self.is_fresh(path, inputs):
                due[path] = one, inputs
        number = numbering(len(due), self.listener)
        for one, inputs in due.values():
            opened = counter.opened(one)
            made = write_reports(
                [opened], template, self.folder, force=force, number=number, note=note, listener=self.listener
            )
            outcome.held_back += made.held_back
            for written in made.written:
                outcome.put(written)
                self.made.record(written, inputs)
        for path in self.made.paths(self.folder, ".docx"):
            if path not in wanted:
                self.listener.tell(f"{path.name} 已经不是现在的结果，改名为 {set_aside(path, b'')}")


def verdict_digest(verdict: Verdict) -> str:
    """Digest of everything in a verdict."""
    return digest(repr(verdict))
