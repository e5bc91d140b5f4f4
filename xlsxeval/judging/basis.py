"""What a judgement follows from besides the file, as digests: one that is no longer today's is made again."""

from __future__ import annotations

from xlsxeval.campaign.bounds import limits_for
from xlsxeval.campaign.digests import definitions_digest, digest, program_digest
from xlsxeval.campaign.exceptions import load_register
from xlsxeval.campaign.last_year_index import witness_digest
from xlsxeval.forms.campaign import Campaign
from xlsxeval.forms.keys import find_keys
from xlsxeval.forms.library import Library
from xlsxeval.ledger import settings_digest, unit_digest
from xlsxeval.rules.waivers import line_text

_HALF = 32
"""Hex digits: so few are still never alike by chance."""


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
