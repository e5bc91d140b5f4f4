from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.rules.batch import Batch
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import batch_rule


@batch_rule("I023", "not-on-roster", basis="任务的名册说明要收哪些单位的表 [理]")
def check(batch: Batch) -> Iterator[tuple[int, Hit]]:
    """单位不在任务的名册里。

    为什么：表是本任务发出去的，可名册里现在没有这个单位：可能移出了，也可能改了代码。不在名册里的不能算进汇总。
    怎么改：单位还要报的，请把它加回名册（代码要与发表时相同），再核对一次；已经移出的，把这份表移走。
    """
    if not batch.roster:  # no campaign was named
        return
    for number, file in enumerate(batch.files):
        subject = file.subject
        if subject is not None and subject.code not in batch.roster:
            yield number, Hit(f"单位 {subject.name}（{subject.code}）不在任务的名册里，可能已经移出或改了代码")
