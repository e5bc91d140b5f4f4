from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlsxeval.intake.submission import Submission
from xlsxeval.rules.claimed_cells import TOLERANCES, differences
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.prose import Prose
from xlsxeval.rules.registry import text_rule


@text_rule(
    "N101",
    "text-differs-from-field",
    basis="报告正文与附件的同一个数应当一致 [理]",
    parameters=tuple(TOLERANCES.values()),
)
def check(submission: Submission, texts: Sequence[Prose]) -> Iterator[Hit]:
    """正文里的数与表里的数不一致。

    为什么：正文和附件写的是同一个数，公开以后别人一对就能看出来；多半是表改过了，正文还是旧稿。
    怎么改：核对两处，改正错的一处；表里已有的数由程序写进报告，正文里可以不写。
    """
    yield from differences(submission, texts, sure=True)
