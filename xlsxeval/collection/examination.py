"""What decisions ask of archived files: how two versions of a return differ, and what a unit's parts show only together.

Reading a workbook takes time, and a hostile one all that there is; so the ledger never waits for it. A decision that lacks
an answer is given up with all that it wrote, the answer is found outside the transaction, and the decision is made again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from xlsxeval.campaign.listener import Listener
from xlsxeval.campaign.workspace import Author
from xlsxeval.collection.differences import differences, told
from xlsxeval.judging.assessment import ArchivedFile, Assessor
from xlsxeval.judging.lone_files import LoneFile, lost_on, verdict_on
from xlsxeval.layout.placing import build_layout, parts_of
from xlsxeval.ledger import Ledger, Writer
from xlsxeval.rules.verdict import Verdict
from xlsxeval.workers import Lost
from xlsxeval.workers.pool import Hands, each

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Comparison:
    """Asks how two versions of one return differ."""

    old: ArchivedFile
    new: ArchivedFile


@dataclass(frozen=True, slots=True)
class PartsTogether:
    """Asks what all parts of a unit show together, each with its worksheet."""

    unit: str
    parts: tuple[tuple[str, ArchivedFile], ...]


Question = ArchivedFile | LoneFile | Comparison | PartsTogether


class Examiner(Assessor):
    """Answers questions about archived files, in this process or another; asked for one alone, it assesses the file.

    A file that nobody archived it judges as well.
    """

    def __call__(self, task: Question) -> Any:
        match task:
            case LoneFile():
                return verdict_on(task, self.judge)
            case Comparison():
                return self._difference(task)
            case PartsTogether():
                return self._together(task)
        return super().__call__(task)

    def lost(self, task: Question, lost: Lost) -> Any:
        """What stands for an answer that did not come."""
        match task:
            case LoneFile():
                return lost_on(task, lost, self.judge)
            case Comparison():
                return _UNREADABLE
            case PartsTogether():
                return lost
        return super().lost(task, lost)

    def _difference(self, asked: Comparison) -> str:
        """In a short line; empty where nothing differs."""
        one, two = self.read(asked.old), self.read(asked.new)
        if one.submission is None or two.submission is None:
            return _UNREADABLE
        found = differences(one, two)
        return told(found) if found else ""

    def _together(self, asked: PartsTogether) -> Mapping[str, Verdict]:
        """By part, its verdict with what only all of them show; alone where one is missing or was made from other forms."""
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


class Answers:
    """The answers that were found so far in one run; ``hands`` find those that are lacking."""

    def __init__(self, examiner: Examiner, hands: Hands, listener: Listener) -> None:
        self._examiner = examiner
        self._hands = hands
        self._listener = listener
        self._known: dict[Comparison | PartsTogether, Any] = {}

    def difference(self, old: ArchivedFile, new: ArchivedFile) -> str:
        """How two versions differ, in a short line; empty where nothing does."""
        found: str = self._answer(Comparison(old, new))
        return found

    def together(self, unit: str, parts: Mapping[str, ArchivedFile]) -> Mapping[str, Verdict]:
        """By part, its verdict with what only all parts of the unit show; empty where they do not fit together."""
        found = self._answer(PartsTogether(unit, tuple(parts.items())))
        if isinstance(found, Lost):
            self._listener.tell(f"单位 {unit} 的分表没有合在一起核对完（{found.detail}），分表之间的检查没有做。")
            return {}
        known: Mapping[str, Verdict] = found
        return known

    def settle(self, ledger: Ledger, author: Author, act: Callable[[Writer], Result]) -> Result:
        """What ``act`` gives back, its events written in one transaction once all that it asks is known."""
        while True:
            try:
                with ledger.write(*author.acts()) as w:
                    return act(w)
            except _Unanswered as lacking:
                (self._known[lacking.question],) = each(self._examiner, [lacking.question], self._hands)

    def _answer(self, question: Comparison | PartsTogether) -> Any:
        if question not in self._known:
            raise _Unanswered(question)
        return self._known[question]


class _Unanswered(Exception):  # noqa: N818 - it never leaves this module
    def __init__(self, question: Comparison | PartsTogether) -> None:
        super().__init__(question)
        self.question = question
