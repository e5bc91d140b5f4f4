from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from xlsxeval.intake.submission import Submission
from xlsxeval.narrative.arithmetic import slips
from xlsxeval.rules.claimed_cells import rows, totals
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.prose import Prose, text_hit
from xlsxeval.rules.registry import text_rule


@text_rule("N102", "arithmetic-in-the-text", basis="合计等于各项之和，比例等于部分÷总数，增幅等于增减数÷上年数 [理]")
def check(submission: Submission, texts: Sequence[Prose]) -> Iterator[Hit]:
    """正文里的数自己算不拢。

    为什么：各项加起来不等于总数、占比和增幅与给出的数不符，说明至少有一个数写错了。
    怎么改：按正文里给出的数重新算一遍，改正错的那个数。
    """
    for text in texts:
        named: Counter[tuple[object, str]] = Counter()
        known = totals(submission, text), rows(submission, text)
        for slip in slips(text.passages, text.stated, text.claims, text.setting, *known):
            place = slip.passage.place
            named[place, slip.kind] += 1
            quote = slip.passage.quote(slip.start, slip.end)
            hit = text_hit(text.section_at(place), f"“{quote}”：{slip.shown}{slip.what}", place)
            number = named[place, slip.kind]
            aspect = slip.kind if number == 1 else f"{slip.kind} {number}"
            yield replace(hit, shown=slip.shown, expected=slip.expected, working=slip.working, aspect=aspect)
