from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from xlsxeval.intake.submission import Submission
from xlsxeval.model import Severity
from xlsxeval.narrative.heading_numbers import Misnumbered, misnumbered
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.prose import Prose, text_hit
from xlsxeval.rules.registry import text_rule

_TOLD = 3


@text_rule("N106", "numbering", severity=Severity.WARNING, basis="标题和要点的序号应当连续，不重复 [理]")
def check(submission: Submission, texts: Sequence[Prose]) -> Iterator[Hit]:
    """标题或要点的序号不连续，或者写了两次。

    为什么：序号跳了或重复，多半是删改时漏了一段，或者同一段粘贴了两次。
    怎么改：看看有没有漏掉或重复的段落，再把序号改连续。
    """
    for text in texts:
        for section in text.sections:
            found = misnumbered(section.text)
            for place, at_place in groupby(found, key=lambda fault: section.place_at(_first_sign(section.text, fault))):
                faults = list(at_place)
                more = f"等 {len(faults)} 处" if len(faults) > _TOLD else ""
                what = f"{'；'.join(_told(section.text, fault) for fault in faults[:_TOLD])}{more}"
                yield replace(text_hit(section, what, place), shown=faults[0].mark.text)


def _first_sign(text: str, fault: Misnumbered) -> int:
    """Where the mark's own line has its first sign: the match may begin with the line end before it."""
    return fault.mark.start + len(text[fault.mark.start :]) - len(text[fault.mark.start :].lstrip())


def _told(text: str, fault: Misnumbered) -> str:
    line = text[fault.mark.start :].lstrip("\r\n").partition("\n")[0].strip()[:20]
    if fault.twice:
        return f"“{fault.mark.text}”写了两次（“{line}”）"
    return f"“{fault.before.text}”后面是“{fault.mark.text}”（“{line}”）"
