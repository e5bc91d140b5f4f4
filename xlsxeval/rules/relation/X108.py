from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.model import Severity
from xlsxeval.rules.batch import Batch
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import batch_rule


@batch_rule("X108", "part-missing", severity=Severity.WARNING, basis="分开下发的附件应当一个不少地收回 [评分表]；[理]")
def check(batch: Batch) -> Iterator[tuple[int, Hit]]:
    """分开下发的附件没有收齐。

    为什么：附件是分开下发的，缺一个，附件之间就没法核对，报告也写不成。
    怎么改：请单位把缺的附件报来，和已收到的放在一起再核对。
    """
    if len(batch.files) < 2:  # a single file was named: nobody said that it is all
        return
    came: dict[tuple[str, str], set[str | None]] = {}
    for file in batch.files:
        if file.subject is not None:
            came.setdefault((file.subject.campaign, file.subject.code), set()).add(file.subject.part)
    told: set[tuple[str, str]] = set()
    for number, file in enumerate(batch.files):
        subject = file.subject
        if subject is None or file.facts is None or (subject.campaign, subject.code) in told:
            continue
        whose = (subject.campaign, subject.code)
        told.add(whose)
        missing = [name for name in file.facts.parts if name not in came[whose]]
        if missing and None not in came[whose]:
            yield number, Hit(f"{subject.name}（{subject.code}）还差 {len(missing)} 个附件：{'、'.join(missing)}")
