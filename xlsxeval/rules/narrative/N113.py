from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from xlsxeval.intake.submission import Submission
from xlsxeval.model import Severity
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.prose import Prose, TextSection, text_hit
from xlsxeval.rules.registry import text_rule

_LEAST = 10
"""Characters; what is shorter is 无 or 没有变动, and may well be true in several places."""
_END = re.compile(r"[。！？；!?;\n\r]+")
_LEFT_OUT = re.compile(r"[\W_]")


@text_rule(
    "N113", "one-sentence-for-several-sections", severity=Severity.WARNING, basis="报告正文的各部分各有各的内容 [表]"
)
def check(submission: Submission, texts: Sequence[Prose]) -> Iterator[Hit]:
    """几节写的是同一句话。

    为什么：问题、措施、绩效是不同的内容；几节填同一句话，等于没有写。
    怎么改：按各节的标题，分别写本单位的情况。
    """
    for text in texts:
        seen: dict[frozenset[str], list[TextSection]] = {}
        for section in text.sections:
            said = frozenset(_LEFT_OUT.sub("", part) for part in _END.split(section.text)) - {""}
            if _must_say_something(section) and sum(map(len, said)) >= _LEAST:
                seen.setdefault(said, []).append(section)
        for same in seen.values():
            for section in same[1:]:
                first = same[0]
                assert first.slot is not None
                quote = section.text.strip()[:30]
                hit = text_hit(section, f"与“{first.slot.label}”写的是同一句话：“{quote}”")
                yield replace(hit, shown=quote, related=(first.passages[0].place,))


def _must_say_something(section: TextSection) -> bool:
    """Whether the section has to be written and is no line of a block, where two projects may well have the same use."""
    slot = section.slot
    return slot is not None and slot.field.required and slot.field.block is None
