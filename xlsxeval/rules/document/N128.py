from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.model import Severity
from xlsxeval.proofreading import Proof
from xlsxeval.rules.edits import figure_changes, quoted
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import document_rule


@document_rule("N128", "report-figure-edited", severity=Severity.WARNING, basis="报告里的数取自收回的表 [理]")
def check(proof: Proof) -> Iterator[Hit]:
    """正文里的数在 Word 里改过。

    为什么：写报告时这里的数取自表里；改过以后与表里的、与正文别处的都可能不一致。
    怎么改：核对是不是有意改的；表里的数错了，请单位改表重报，再重新写报告。
    """
    for old, new, change in figure_changes(proof):
        yield Hit(
            f"“{quoted(new.text, change.new)}”：原为 {change.old}，现为 {change.new}",
            sheet=new.place.sheet,
            spot=new.place.cell,
            shown=change.new,
            expected=change.old,
            working=f"写报告时这一段是“{quoted(old.text, change.old)}”",
        )
