from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePath

from xlsxeval.model import Severity
from xlsxeval.rules.batch import Batch
from xlsxeval.rules.names import spelled
from xlsxeval.rules.registry import Hit, batch_rule

_LEAST_CODE, _LEAST_NAME = 6, 3
"""Shorter codes and names stand in file names by chance."""


@batch_rule(
    "I022",
    "file-named-after-another-unit",
    severity=Severity.WARNING,
    basis="文件名由单位起，印章才说明是发给谁的表 [理]",
)
def check(batch: Batch) -> Iterator[tuple[int, Hit]]:
    """文件名写的是另一个单位。

    为什么：文件名写着甲单位，里面却是发给乙单位的表：可能拿错了表，也可能只是存错了名字。
    怎么改：问清是哪个单位填的；拿错了表的，请在发给本单位的那份表上重填；只是名字不对的，改文件名。
    """
    for number, verdict in enumerate(batch.verdicts):
        if verdict.subject is None:
            continue
        named = _named(PurePath(verdict.path).stem, batch.units)
        if named and verdict.subject.code not in named:
            others = "、".join(f"{batch.units[code]}（{code}）" for code in sorted(named))
            yield number, Hit(f"文件名写的是 {others}，表是发给 {verdict.subject.name}（{verdict.subject.code}）的")


def _named(stem: str, units: Mapping[str, str]) -> set[str]:
    """The units that a file name names by code or name; a name that stands inside a longer one's is not meant."""
    text = spelled(stem)
    found = set()
    for code, name in sorted(units.items(), key=lambda unit: -len(spelled(unit[1]))):
        plain = spelled(name)
        if len(plain) >= _LEAST_NAME and plain in text:
            found.add(code)
            text = text.replace(plain, "\0")
    for code in units:
        edge = rf"(?<![0-9a-z_-]){re.escape(spelled(code))}(?![0-9a-z_-])"
        if len(code) >= _LEAST_CODE and re.search(edge, text):
            found.add(code)
    return found
