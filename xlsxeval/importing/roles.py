"""Printed headings → names of fields as the editions use them, so that checks, rules, report and summary bind to them.

The words are data: ``templates/words/roles.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from xlsxeval.forms.yaml_file import YamlFile
from xlsxeval.importing.texts import brief, plain

FILE = "words/roles.yaml"
_LISTS = ("goals", "rows", "singles", "columns", "lines", "tops", "sections", "claims")


@dataclass(frozen=True, slots=True)
class KeyRole:
    """A heading with one cell: the field's name, its label, and what a definition says of it."""

    name: str
    says: str
    label: str = ""
    given: str = ""
    type: str = "text"
    long: bool = False


@dataclass(frozen=True, slots=True)
class Roles:
    """The words of ``roles.yaml``. ``sums`` and ``ratios`` are the rules that the usual forms imply."""

    keys: tuple[KeyRole, ...]
    lists: Mapping[str, Mapping[str, str]]
    sums: Mapping[str, tuple[str, ...]]
    ratios: Mapping[str, tuple[str, str]]
    types: Mapping[str, str]

    def key(self, heading: str) -> KeyRole | None:
        """The role of a heading with one cell beside it; None where it is not known."""
        names = _forms(heading)
        return next((key for key in self.keys if any(re.fullmatch(key.says, name) for name in names)), None)

    def find(self, table: str, *headings: str) -> str:
        """The name that a heading, or headings over two lines as one, has in a list; empty where it has none."""
        joined = "".join(map(plain, reversed(headings[:2]))) if table == "columns" else ""
        for heading in (*headings[:1], joined):
            names = _forms(heading)
            for role, says in self.lists[table].items():
                if any(re.fullmatch(says, name) for name in names):
                    return role
        return ""

    def type_of(self, name: str) -> str:
        """The type that a field's name, or its last part, fixes, or an empty text."""
        return self.types.get(name) or self.types.get(name.rpartition(".")[2], "")


def _forms(heading: str) -> tuple[str, str]:
    """A heading as printed, and without its remarks."""
    return plain(heading), brief(heading)


@cache
def read_roles(path: Path) -> Roles:
    """The words of a file. Raises DefinitionError where it cannot be read."""
    data: Any = YamlFile(path).data
    return Roles(
        tuple(KeyRole(name, **values) for name, values in data["keys"].items()),
        {table: data[table] for table in _LISTS},
        {name: tuple(parts) for name, parts in data["sums"].items()},
        {name: tuple(parts) for name, parts in data["ratios"].items()},
        {name: kind for kind, names in data["types"].items() for name in names},
    )
