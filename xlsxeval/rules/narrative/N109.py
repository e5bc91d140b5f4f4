from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlsxeval.intake.submission import Submission
from xlsxeval.model import Severity
from xlsxeval.narrative.answers import only_asks_for_money, unanswered
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.prose import Prose, text_hit
from xlsxeval.rules.registry import text_rule

_PROBLEMS, _MEASURES = "problems", "measures"


@text_rule("N109", "problems-and-measures", severity=Severity.WARNING, basis="问题要具体，建议要针对问题 [评分表]")
def check(submission: Submission, texts: Sequence[Prose]) -> Iterator[Hit]:
    """问题只是要钱，或者改进措施没有对应问题。

    为什么：自评要找出管理和绩效上的问题；只说经费不够，或者措施与问题各说各的，自评就没有起作用。
    怎么改：写出本单位工作和管理上的具体问题和原因，每个问题写一条对应的措施。
    """
    for text in texts:
        problems, measures = text.section(_PROBLEMS), text.section(_MEASURES)
        if problems is not None and only_asks_for_money(problems.text):
            yield text_hit(problems, "只说了要增加资金，没有写出其他问题")
        if problems is not None and measures is not None and unanswered(problems.text, measures.text):
            yield text_hit(measures, "没有一条说到上面的问题")
