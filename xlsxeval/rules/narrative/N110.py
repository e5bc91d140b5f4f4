from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from xlsxeval.intake.submission import Submission
from xlsxeval.model import Severity
from xlsxeval.narrative.money import fine_amounts, mixed_units
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.prose import Prose, quotations, text_hit
from xlsxeval.rules.registry import text_rule


@text_rule("N110", "units-of-money", severity=Severity.WARNING, basis="金额统一以万元为单位，保留两位小数 [表]")
def check(submission: Submission, texts: Sequence[Prose]) -> Iterator[Hit]:
    """金额的单位或小数位数不统一。

    为什么：同一段里元和万元混着写，容易看错一万倍；万元后面三位以上小数也没有必要。
    怎么改：统一用万元，保留两位小数。
    """
    for text in texts:
        for section in text.sections:
            for place, passages in section.by_place:
                mixed = [quote for passage in passages for quote in mixed_units(passage)]
                fine = [quote for passage in passages for quote in fine_amounts(passage)]
                told = [f"{quotations(mixed)}与万元混用"] if mixed else []
                told += [f"{quotations(fine)}多于两位小数"] if fine else []
                if told:
                    yield replace(text_hit(section, "；".join(told), place), shown=(mixed + fine)[0])
