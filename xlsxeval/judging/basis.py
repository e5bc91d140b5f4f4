"""What a judgement follows from besides the file, as digests: one that is no longer today's is made again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import xlsxeval
from xlsxeval.campaign.bounds import limits_for
from xlsxeval.campaign.exceptions import load_register
from xlsxeval.campaign.last_year_index import witness_digest
from xlsxeval.forms.campaign import Campaign
from xlsxeval.forms.keys import find_keys
from xlsxeval.forms.library import Library
from xlsxeval.ledger import settings_digest, unit_digest
from xlsxeval.rules.waivers import line_text

_HALF = 32
"""Hex digits: so few are still never alike by chance."""
_DEFINITIONS = ("editions", "forms", "checks", "summaries")
"""The folders of the templates that say what is asked, checked and summed up."""


class Basis:
    """Of one campaign as it is today. Raises DefinitionError or UsageError where its exceptions on record are spoiled."""

    def __init__(self, campaign: Campaign, library: Library) -> None:
        directory = campaign.directory
        assert directory is not None
        keys = find_keys(directory)
        self._all = digest(
            program_digest(),
            definitions_digest(library),
            settings_digest(campaign),
            repr(limits_for(campaign)),
            keys.key.hex() if keys else "",
            witness_digest(campaign, library),
        )
        self._units = {unit.code: unit_digest(unit) for unit in campaign.units}
        self._roster = digest(*(f"{unit.code} {unit.name}" for unit in campaign.units))
        self._waived: dict[str, list[str]] = {}
        for line in load_register(directory).waived:
            self._waived.setdefault(line.unit, []).append(line_text(line))

    def reading(self, code: str) -> str:
        """Of what is found in a file of that unit alone."""
        return digest(self._all, self._units.get(code, ""))

    def findings(self, code: str) -> str:
        """Of what is found in it beside the names of all units."""
        return digest(self.reading(code), self._roster)[:_HALF]

    def judgement(self, code: str) -> str:
        """Of what is told of it: that of its findings, then that of the exceptions on record."""
        return self.findings(code) + digest(*self._waived.get(code, ()))[:_HALF]

    @property
    def of_nobody(self) -> str:
        """Of what is told of a file that is no unit's: any change may make it somebody's."""
        return digest(self._all, *self._units.values())


def digest(*parts: str) -> str:
    """The SHA-256 of texts in their order, in hex; where one ends and the next begins counts."""
    whole = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        whole.update(len(data).to_bytes(8))
        whole.update(data)
    return whole.hexdigest()


@cache
def program_digest() -> str:
    """Of this program: its version and, as far as it has one, its source, which is changed without a new version too."""
    package = Path(xlsxeval.__file__).parent
    return digest(xlsxeval.__version__, *_contents(package, "*.py"))


def definitions_digest(library: Library) -> str:
    """Of all that the templates say of forms, checks and summaries: of every edition, for a return may be of any."""
    return folders_digest(library.directory / name for name in _DEFINITIONS)


def folders_digest(folders: Iterable[Path]) -> str:
    """Of the names and bytes of all files in these folders."""
    return digest(*(text for folder in folders for text in (folder.name, *_contents(folder, "*"))))


def file_digest(path: Path) -> str | None:
    """The SHA-256 of a file; None where there is none."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        return None


def _contents(folder: Path, pattern: str) -> Iterable[str]:
    for path in sorted(folder.rglob(pattern)):
        if path.is_file() and not path.name.startswith("."):
            yield path.relative_to(folder).as_posix()
            yield file_digest(path) or ""
