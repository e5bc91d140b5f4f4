from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePath

from xlsxeval.model import Severity
from xlsxeval.rules.batch import Batch
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.names import spelled
from xlsxeval.rules.registry import batch_rule

_LEAST_CODE, _LEAST_NAME = 6, 3
"""Shorter codes and names stand in file names by chance."""
_WORDS = re.compile(r"[0-9a-z]+"), re.compile(r"(?<![0-9a-z])[0-9a-z]+(?:[_-][0-9a-z]+)+")


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
    units = _Units(batch.units)
    for number, file in enumerate(batch.files):
        if file.subject is None:
            continue
        named = units.named_in(PurePath(file.path).stem)
        if named and file.subject.code not in named:
            others = "、".join(f"{batch.units[code]}（{code}）" for code in sorted(named))
            yield number, Hit(f"文件名写的是 {others}，表是发给 {file.subject.name}（{file.subject.code}）的")


class _Units:
    """The units by their names and codes, to be looked for in many file names."""

    def __init__(self, units: Mapping[str, str]) -> None:
        self._names: dict[str, set[str]] = {}
        for code, name in units.items():
            if len(spelled(name)) >= _LEAST_NAME:
                self._names.setdefault(spelled(name), set()).add(code)
        self._codes = {spelled(code): code for code in units if len(code) >= _LEAST_CODE}
        self._lengths = sorted({len(name) for name in self._names}, reverse=True)

    def named_in(self, stem: str) -> set[str]:
        """The codes of the units that a file name names; a name that stands inside a longer one's is not meant."""
        text = spelled(stem)
        found = {self._codes[word] for words in _WORDS for word in words.findall(text) if word in self._codes}
        start = 0
        while start < len(text):
            length = next((n for n in self._lengths if text[start : start + n] in self._names), None)
            if length is None:
                start += 1
                continue
            found |= self._names[text[start : start + length]]
            start += length
        return found
