"""Compares edited Word reports with the returned workbooks that they were made from, for ``check REPORT.docx``."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from xlsxeval.campaign.folders import RETURNED
from xlsxeval.campaign.workspace import Workspace
from xlsxeval.errors import UsageError
from xlsxeval.fault_codes import FaultCode
from xlsxeval.forms.campaign import Unit
from xlsxeval.intake.files import read_file
from xlsxeval.intake.rejected import Rejected
from xlsxeval.intake.submission import Submission
from xlsxeval.judging.judge import Conclusion, Judge, JudgedFile, UsesJudge
from xlsxeval.judging.units import Joiner
from xlsxeval.layout.unit_standing import UnitStanding
from xlsxeval.model import Fault
from xlsxeval.proofreading import Document, Paragraph, Proof, read_document
from xlsxeval.results.current import HeldFile, what_counts
from xlsxeval.results.fresh_report import made_afresh
from xlsxeval.rules.documents import judge_document
from xlsxeval.rules.verdict import Verdict
from xlsxeval.workers import Lost

_ON_THE_COVER = 12
"""Number of first paragraphs that are searched for the unit's name."""


class Proofreader(UsesJudge):
    """Compares one report after another with the returned workbooks, which are examined once, in this process."""

    def __init__(self, workspace: Workspace | None, judge: Judge, code: str | None = None) -> None:
        """Takes the ``code`` of the unit for reports that do not name theirs. Raises UsageError without a campaign."""
        if workspace is None:
            raise UsageError("核对 Word 报告要知道是哪个任务的：请加 --campaign 任务文件夹。")
        self.workspace = workspace
        self.judge = judge
        self.code = code
        self.campaign = workspace.campaign
        self._place = TemporaryDirectory(prefix="xlsxeval-")
        self._files: dict[str, dict[str, HeldFile]] | None = None
        self._standings: Mapping[str, UnitStanding] | None = None

    def __call__(self, path: Path) -> Verdict:
        return judge_document(self.proof(path))

    def lost(self, path: Path, lost: Lost) -> Verdict:
        return self.judge.lost(path, lost)

    def proof(self, path: Path) -> Proof:
        """The report beside the one that its unit's figures give today, or the reason why they cannot be compared."""
        digest = ""
        try:
            data = read_file(path)
            digest = hashlib.sha256(data).hexdigest()
            document = read_document(data)
            unit = self._unit(document)
            submission, stale = self._submission(unit, document)
        except Rejected as error:
            code = error.fault.code if error.fault.code.startswith("N") else FaultCode.DOCUMENT_UNREADABLE
            return Proof(str(path), digest, (Fault(code, error.fault.detail),))
        proof = Proof(str(path), digest, stale, document, made_afresh(submission, self.judge.templates))
        if proof.is_ours:
            return proof
        detail = f"文档里没有一个标题、一个附件与“{unit.name}”的报告相同，不是本程序写的报告"
        return Proof(str(path), digest, (Fault(FaultCode.NOT_OUR_REPORT, detail),))

    def _unit(self, document: Document) -> Unit:
        """The unit by the document's properties, by ``--unit``, or by its name on the cover. Raises Rejected."""
        said = document.properties
        campaign = said.get("xlsxeval.campaign", self.campaign.id)
        if campaign != self.campaign.id:
            raise _foreign(f"这份报告属于任务「{campaign}」，不是「{self.campaign.id}」")
        code = said.get("xlsxeval.unit") or self.code
        if self.code is not None and code != self.code:
            raise _foreign(f"这份报告是单位 {code} 的，不是 --unit 写的 {self.code}：请换报告，或改 --unit")
        if code is not None:
            unit = self.campaign.unit(code)
            if unit is None:
                raise _foreign(f"任务「{self.campaign.id}」里没有单位「{code}」")
            return unit
        cover = [block.text for block in document.blocks if isinstance(block, Paragraph)][:_ON_THE_COVER]
        named = [unit for unit in self.campaign.units if any(unit.name in text for text in cover)]
        longest = [unit for unit in named if not any(unit.name in other.name for other in named if other is not unit)]
        if len(longest) != 1:
            what = (
                f"开头写着 {len(longest)} 个单位的名称，请用 --unit 写明是哪一个"
                if longest
                else "开头没有本任务单位的名称，请用 --unit 写明单位代码"
            )
            raise _foreign(f"认不出是哪个单位的报告：{what}")
        return longest[0]

    def _submission(self, unit: Unit, document: Document) -> tuple[Submission, tuple[Fault, ...]]:
        """The unit's return, preferably the file that the report was made from. Raises Rejected."""
        files = self._by_unit().get(unit.code, {})
        made_from = document.properties.get("xlsxeval.sha256", "")
        whole = self._whole(files) if len(files) > 1 else None
        if whole is not None and whole.submission is not None:
            names = "、".join(held.name for held in files.values())
            stale = Fault(FaultCode.REPORT_OUT_OF_DATE, f"写这份报告用的表不是现在收回的 {names}")
            return whole.submission, (stale,) if made_from not in ("", whole.verdict.sha256) else ()
        held = files.get(made_from) or (next(iter(files.values())) if len(files) == 1 else None)
        if held is None:
            waits = self._standings is not None and self._standings[unit.code].waiting
            what = "有几份不同的表" if waits else f"有 {len(files)} 份不同的表" if files else "没有能读的表"
            raise _foreign(f"“{RETURNED}”里单位 {unit.code} {unit.name} {what}，不知道与哪份核对")
        submission = self.judge.open(held.path).submission
        assert submission is not None
        if made_from and made_from not in files:
            return submission, (Fault(FaultCode.REPORT_OUT_OF_DATE, f"写这份报告用的表不是现在收回的 {held.name}"),)
        others = [other.name for digest, other in files.items() if made_from and digest != made_from]
        return submission, (
            Fault(FaultCode.REPORT_OUT_OF_DATE, f"写这份报告用的是 {held.name}，还收到过 {'、'.join(others)}"),
        ) if others else ()

    def _whole(self, files: Mapping[str, HeldFile]) -> JudgedFile | None:
        """The parts of a unit put together; None where they are no parts, or incomplete."""
        judged = [self.judge.read(held.path) for held in files.values()]
        edition = self.judge.context.library.edition(self.campaign.edition)
        joiner = Joiner(self.campaign, edition, self.judge, Conclusion(None), self._standings)
        groups = list(joiner.groups([one.verdict for one in judged]))
        return joiner.made(groups[0].whole, judged) if len(groups) == 1 and groups[0].whole is not None else None

    def _by_unit(self) -> dict[str, dict[str, HeldFile]]:
        """Readable files that count by the ledger, or came back, by unit and SHA-256."""
        if self._files is None:
            self._files = {}
            counting = what_counts(self.workspace, (), Path(self._place.name))
            self._standings = counting.standings
            for held in counting.files:
                returned = self.judge.open(held.path)
                if returned.submission is not None:
                    self._files.setdefault(returned.submission.unit.code, {}).setdefault(returned.sha256, held)
        return self._files


def _foreign(detail: str) -> Rejected:
    return Rejected(Fault(FaultCode.NOT_OUR_REPORT, detail))
