from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from xlsxeval.intake.submission import Submission
from xlsxeval.model import Severity
from xlsxeval.rules.display import display
from xlsxeval.rules.entries import entry_hit
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import form_rule
from xlsxeval.rules.shown_figures import tells


@form_rule("T138", "shown-as-another", severity=Severity.WARNING, basis="打印出来的数应是格子里的数 [理]")
def check(submission: Submission) -> Iterator[Hit]:
    """填报格的数字格式让人看到的不是填的内容。

    为什么：格式里写死了别的字、缩小了千倍、隐去了数，或者把数显示成日期，打印出来签字的就不是汇总时用的数。只是少几位小数不算。
    怎么改：看清这一格该填多少，把数字格式改回“常规”或“数值”；最简单的办法是在收到的原表上重新填写。
    """
    for entry in submission.entries.values():
        if entry.raw is None or entry.raw.formula is not None or entry.cell.slot is None:
            continue
        number_format = submission.raw.style(entry.raw).number_format
        if number_format in ("General", "@", entry.cell.look.number_format):
            continue
        seen = display(entry.raw.value, number_format)
        if not tells(seen, entry.raw.value, number=entry.cell.slot.field.type.kind == "number"):
            hit = entry_hit(submission, entry, f"数字格式“{number_format}”显示出来的不是填的内容", entry.text)
            yield replace(hit, shown=seen)
