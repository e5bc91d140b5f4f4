"""Questions that decisions ask about archived files: how two versions differ, and what the parts of a unit show together.

Reading a workbook takes time, and a hostile one takes all there is; the ledger never waits for it. A decision that
lacks an answer is rolled back, the answer is found outside the transaction, and the decision is made again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from xlsxeval.campaign.listener import Listener
from xlsxeval.campaign.workspace import Author
from xlsxeval.collection.differences import differences, told
from xlsxeval.judging.assessment import ArchivedFile, Assessed, Assessor
from xlsxeval.judging.judge import Judge
from xlsxeval.judging.lone_files import LoneFile, lost_on, verdict_on
from xlsxeval.layout.placing import build_layout, parts_of
from xlsxeval.ledger import Ledger, Writer
from xlsxeval.rules.verdict import Verdict
from xlsxeval.workers import Lost
from xlsxeval.workers.pool import Hands, each

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Comparison:
    """Question how two versions of one return differ."""

    old: ArchivedFile
    new: ArchivedFile


@dataclass(frozen=True, slots=True)
class PartsTogether:
    """Question what all parts of a unit show together; each part is given with its worksheet."""

    unit: str
    parts: tuple[tuple[str, ArchivedFile], ...]


class Chore:
    """Work on a received file for something else than a decision: it brings along what is to be done.

    A worker has one examiner open at a time, with all that it has read and laid out. What the same worker does for a page
    is handed to that examiner as a chore, so that none has to be started anew.
    """

    def done(self, judge: Judge) -> object:
        """The result; ``judge`` reads files of the campaign."""
        raise NotImplementedError

    def lost(self, lost: Lost, judge: Judge) -> object:
        """The result where the work did not finish."""
        raise NotImplementedError


AskedInDecisions = ArchivedFile | Comparison | PartsTogether
Question = ArchivedFile | LoneFile | Comparison | PartsTogether | Chore


class Examiner(Assessor):
    """Answers questions about archived files, in this process or another; given a single file, it assesses it.

    Judges single files that are not archived as well.
    """

    def __call__(self, task: Question) -> Any:
        match task:
            case LoneFile():
                return verdict_on(task, self.judge)
            case Comparison():
                return self._difference(task)
            case PartsTogether():
                return self._together(task)
            case Chore():
                return task.done(self.judge)
        return super().__call__(task)

    def lost(self, task: Question, lost: Lost) -> Any:
        """The answer to a question whose examination did not finish."""
        match task:
            case LoneFile():
                return lost_on(task, lost, self.judge)
            case Comparison():
                return _UNREADABLE
            case PartsTogether():
                return lost
            case Chore():
                return task.lost(lost, self.judge)
        return super().lost(task, lost)

    def _difference(self, asked: Comparison) -> str:
        """Differences between two files in a short line; empty where there are none."""
        one, two = self.read(asked.old), self.read(asked.new)
        if one.submission is None or two.submission is None:
            return _UNREADABLE
        found = differences(one, two)
        return told(found) if found else ""

    def _together(self, asked: PartsTogether) -> Mapping[str, Verdict]:
        """Verdict by part, with findings that only all parts show; without them where a part is missing or does not fit."""
        from xlsxeval.judging.assembly import assembled, between  # XlsxWriter only where a workbook is written

        campaign, library = self.judge.context.campaign, self.judge.context.library
        assert campaign is not None
        unit = campaign.unit(asked.unit)
        assert unit is not None
        whole = build_layout(campaign, unit, library.edition(campaign.edition), shapes=self.judge.shapes)
        parts = {part: self.read(file) for part, file in asked.parts}
        alone = {part: judged.verdict for part, judged in parts.items()}
        together = assembled(self.judge, whole, parts) if set(parts_of(whole)) == parts.keys() else None
        return alone if together is None else between(whole, together.verdict, alone)


_UNREADABLE = "其中一份现在读不了"


Peek = Callable[[str, ArchivedFile], Assessed | None]
"""Returns what is remembered of a unit's file; None where nothing is."""


def _unknown(unit: str, file: ArchivedFile) -> Assessed | None:
    return None


class Answers:
    """Answers found so far in one run; ``hands`` find further ones, ``peek`` remembers what earlier runs found."""

    def __init__(self, examiner: Examiner, hands: Hands, listener: Listener, peek: Peek = _unknown) -> None:
        self._examiner = examiner
        self._hands = hands
        self._listener = listener
        self._peek = peek
        self._known: dict[AskedInDecisions, Any] = {}

    def answered(self, unit: str, file: ArchivedFile) -> tuple[str, ...]:
        """The SHA-256 of the files that a unit's file answers, by the mark in it."""
        kept = self._peek(unit, file)
        found: Assessed = self._answer(file) if kept is None else kept
        return found.answers

    def difference(self, old: ArchivedFile, new: ArchivedFile) -> str:
        """Differences between two versions in a short line; empty where there are none."""
        found: str = self._answer(Comparison(old, new))
        return found

    def together(self, unit: str, parts: Mapping[str, ArchivedFile]) -> Mapping[str, Verdict]:
        """Verdict by part, with findings that only all parts show; empty where the examination did not finish."""
        found = self._answer(PartsTogether(unit, tuple(parts.items())))
        if isinstance(found, Lost):
            self._listener.tell(f"单位 {unit} 的分表没有合在一起核对完（{found.detail}），分表之间的检查没有做。")
            return {}
        known: Mapping[str, Verdict] = found
        return known

    def settle(self, ledger: Ledger, author: Author, act: Callable[[Writer], Result]) -> Result:
        """Runs ``act`` in one transaction, again until all its questions are answered; returns its result."""
        while True:
            try:
                with ledger.write(*author.acts()) as w:
                    return act(w)
            except _Unanswered as lacking:
                (self._known[lacking.question],) = each(self._examiner, [lacking.question], self._hands)

    def _answer(self, question: AskedInDecisions) -> Any:
        if question not in self._known:
            raise _Unanswered(question)
        return self._known[question]


class _Unanswered(Exception):  # noqa: N818 - it never leaves this module
    def __init__(self, question: AskedInDecisions) -> None:
        super().__init__(question)
        self.question = question
