"""Which words of a table name which quantity: ``templates/audit/roles.yaml``, patterns for whole cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from xlsxeval.forms.schema import Strict
from xlsxeval.forms.yaml_file import YamlFile
from xlsxeval.proofreading.plain_text import plain

Words = Mapping[str, re.Pattern[str]]
"""Role → the pattern of its labels."""

_LEAD = re.compile(
    r"^(?:其中[:,]?|(?:[一二三四五六七八九十]{1,3}|\d{1,2})[、.]|\((?:[一二三四五六七八九十]{1,3}|\d{1,2})\)|[①-⑳])+"
)
_ASIDE = re.compile(r"\([^()]{0,20}\)")


class RolesFile(Strict):
    """The file's keys; each group maps roles to patterns."""

    amounts: dict[str, list[str]]
    funds: dict[str, list[str]]
    values: dict[str, list[str]]
    parts: list[str]
    indicators: dict[str, list[str]]
    total: list[str]
    staff: dict[str, list[str]]
    building: dict[str, list[str]]
    years: dict[str, list[str]]
    spending: dict[str, list[str]]
    open_rows: dict[str, str]
    ends: list[str]
    titles: dict[str, list[str]]
    local_rules: list[str]
    not_of_reports: list[str]
    may_lack: list[str]
    sums: list[str]


@dataclass(frozen=True)
class Vocabulary:
    """The patterns of the file, compiled."""

    amounts: Words
    funds: Words
    values: Words
    parts: re.Pattern[str]
    indicators: Words
    total: re.Pattern[str]
    staff: Words
    building: Words
    years: Words
    spending: Words
    open_rows: Mapping[str, str]
    ends: re.Pattern[str]
    titles: Words
    local_rules: frozenset[str]
    not_of_reports: frozenset[str]
    may_lack: frozenset[str]
    sums: frozenset[str]


@lru_cache(maxsize=4)
def load_vocabulary(templates: Path) -> Vocabulary:
    """The vocabulary of a templates folder. Raises DefinitionError at the place of a fault."""
    spec = YamlFile(templates / "audit" / "roles.yaml").parse(RolesFile)
    groups = ("amounts", "funds", "values", "indicators", "staff", "building", "years", "spending", "titles")
    words = {name: {role: _any(of) for role, of in getattr(spec, name).items()} for name in groups}
    lists = {name: _any(getattr(spec, name)) for name in ("parts", "total", "ends")}
    return Vocabulary(
        **words,  # type: ignore[arg-type]
        **lists,  # type: ignore[arg-type]
        open_rows=spec.open_rows,
        **{name: frozenset(getattr(spec, name)) for name in _SETS},  # type: ignore[arg-type]
    )


@lru_cache(maxsize=8192)
def label_of(text: str) -> str:
    """The words of a cell without numbering, 其中, colons, units and points in brackets."""
    words = plain(text)
    asides = _ASIDE.sub("", words)
    words = _LEAD.sub("", asides if asides else words)
    return words.rstrip(":").strip("-*")


def role_of(text: str, words: Words) -> str | None:
    """The role that a cell's words name, or None."""
    label = label_of(text)
    if not label or len(label) > _LONGEST:
        return None
    for part in dict.fromkeys((label, label.rpartition(":")[2])):  # 资金来源：财政拨款
        role = next((role for role, pattern in words.items() if pattern.fullmatch(part)), None)
        if role is not None:
            return role
    return None


_LONGEST = 30
_SETS = ("local_rules", "not_of_reports", "may_lack", "sums")


def _any(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))
