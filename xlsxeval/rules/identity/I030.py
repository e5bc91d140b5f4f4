from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.rules.batch import Batch, BatchFile
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import batch_rule
from xlsxeval.rules.verdict import Subject


@batch_rule("I030", "several-files-of-one-unit", basis="一个单位的同一张表只能有一份为准 [理]")
def check(batch: Batch) -> Iterator[tuple[int, Hit]]:
    """同一个单位有几份不同的表。

    为什么：两份表的数不一样，程序不知道以哪一份为准；用错一份，汇总和报告就跟着错。
    怎么改：问清单位以哪一份为准，把别的移出这个文件夹，再核对一次。
    """
    of_unit: dict[tuple[str, str], list[BatchFile]] = {}
    for file in batch.files:
        if file.subject is not None:
            of_unit.setdefault((file.subject.campaign, file.subject.code), []).append(file)
    for number, file in enumerate(batch.files):
        subject = file.subject
        if subject is None:
            continue
        others: dict[str, str] = {}
        for other in of_unit[subject.campaign, subject.code]:
            if other.subject is not None and other.sha256 != file.sha256 and _same_form(subject, other.subject):
                others.setdefault(other.sha256, other.path)
        if others:
            what = f"单位 {subject.code} 的「{subject.part}」" if subject.part else f"单位 {subject.code} 的表"
            yield number, Hit(f"{what}另有不同的 {len(others)} 份：{'、'.join(others.values())}")


def _same_form(one: Subject, other: Subject) -> bool:
    """Whether two files of a unit hold the same form: one is the whole workbook, or both are the same part of it."""
    return one.part == other.part or None in (one.part, other.part)
