"""Digests of everything a verdict depends on besides the file. When one changes, the file is judged again."""

from __future__ import annotations

from functools import cached_property

from xlsxeval.campaign.bounds import limits_for
from xlsxeval.campaign.digests import definitions_digest, digest, program_digest
from xlsxeval.campaign.exceptions import load_register
from xlsxeval.campaign.last_year_index import witness_digest
from xlsxeval.campaign.workspace import Workspace
from xlsxeval.forms.campaign import Campaign
from xlsxeval.forms.keys import find_keys
from xlsxeval.forms.library import Library
from xlsxeval.ledger import settings_digest, unit_digest
from xlsxeval.office import office_program
from xlsxeval.rules.waivers import line_text

_HALF = 32
"""Number of hex digits of half a judgement's digest: enough to exclude equal digests by chance."""


class Basis:
    """The digests of a campaign as it is today. Raises DefinitionError or UsageError for a damaged register of exceptions."""

    def __init__(self, workspace: Workspace, witness: str | None = None) -> None:
        """Takes the digest of last year's record as ``witness`` where it is known, else makes it."""
        campaign, library, directory = workspace.campaign, workspace.library, workspace.folder
        keys = find_keys(directory)
        if witness is None:
            witness = witness_digest(campaign, library, workspace.clock(), workspace.address)
        self.shared = digest(
            program_digest(),
            definitions_digest(library),
            settings_digest(campaign),
            repr(limits_for(campaign)),
            keys.key.hex() if keys else "",
            witness,
        )
        """Digest of everything that all units have in common."""
        self._units = {unit.code: unit for unit in campaign.units}
        self._readings: dict[str, str] = {}
        self._forms = workspace.sent_forms.traces()
        self._roster = digest(*(f"{unit.code} {unit.name}" for unit in campaign.units))
        self._waived: dict[str, list[str]] = {}
        for line in load_register(directory).waived:
            self._waived.setdefault(line.unit, []).append(line_text(line))

    def reading(self, code: str) -> str:
        """Digest of everything that the findings in a single file of this unit depend on."""
        if code not in self._readings:
            unit = self._units.get(code)
            self._readings[code] = digest(
                self.shared, "" if unit is None else unit_digest(unit), self._forms.get(code, "")
            )
        return self._readings[code]

    def judgement(self, code: str) -> str:
        """Digest of everything that a unit's judgement depends on: one half for the findings, one for recorded exceptions."""
        return self._findings(code) + digest(*self._waived.get(code, ()))[:_HALF]

    def holds(self, code: str, under: str | None) -> bool:
        """Whether a judgement made ``under`` this digest still holds today."""
        return under == self.judgement(code)

    def findings_hold(self, code: str, under: str | None) -> bool:
        """Whether the findings still hold today, regardless of exceptions recorded since."""
        return (under or "").startswith(self._findings(code))

    @cached_property
    def of_nobody(self) -> str:
        """Digest for files that belong to no unit. It covers all units: any change may assign the file to one.

        With LibreOffice more files can be read than without it.
        """
        return digest(
            self.shared, office_program() or "", *map(unit_digest, self._units.values()), *self._forms.values()
        )

    def _findings(self, code: str) -> str:
        """Digest of everything that a unit's findings depend on, with the names of all units."""
        return digest(self.reading(code), self._roster)[:_HALF]


def basis_of_exports(campaign: Campaign, library: Library, own_key: str | None) -> str:
    """Digest of everything that verdicts on lower levels' exports depend on besides their content.

    ``own_key`` is the campaign's own public key.
    """
    return digest(
        program_digest(),
        definitions_digest(library),
        own_key or "",
        *(repr(level) for level in campaign.levels),
        *(f"{unit.code} {unit.name}" for unit in campaign.units),
    )
