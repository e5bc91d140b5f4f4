from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlsxeval.intake.submission import Submission
from xlsxeval.model import Severity
from xlsxeval.rules.claimed_cells import TOLERANCES, differences
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.prose import Prose
from xlsxeval.rules.registry import text_rule


@text_rule(
    "N114",
    "text-may-differ-from-field",
    severity=Severity.WARNING,
    basis="报告正文与附件的同一个数应当一致 [理]",
    parameters=tuple(TOLERANCES.values()),
)
def check(submission: Submission, texts: Sequence[Prose]) -> Iterator[Hit]:
    """正文里的数与表里的数不同，但说的可能不是同一个数。

    为什么：同一句前面说到了年中的某个时候、计划、一部分资金或者别的单位；后面的数若说的是本单位全年，就与表里的不一致。
    怎么改：说的是全年的，改正错的一处；说的是别的数，写明是什么时候、哪一部分的。
    """
    yield from differences(submission, texts, sure=False)
