"""Digests of everything a verdict depends on besides the file. When one changes, the file is judged again."""

from __future__ import annotations

from xlsxeval.campaign.bounds import limits_for
from xlsxeval.campaign.digests import definitions_digest, digest, program_digest
from xlsxeval.campaign.exceptions import load_register
from xlsxeval.campaign.last_year_index import witness_digest
from xlsxeval.campaign.workspace import Workspace
from xlsxeval.forms.keys import find_keys
from xlsxeval.ledger import settings_digest, unit_digest
from xlsxeval.rules.waivers import line_text

_HALF = 32
"""Hex digits: so few are still never alike by chance."""


class Basis:
    """The digests of one campaign as it is today. Raises DefinitionError or UsageError for a spoiled register of exceptions."""

    def __init__(self, workspace: Workspace) -> None:
        campaign, library, directory = workspace.campaign, workspace.library, workspace.folder
        keys = find_keys(directory)
        self._all = digest(
            program_digest(),
            definitions_digest(library),
            settings_digest(campaign),
            repr(limits_for(campaign)),
            keys.key.hex() if keys else "",
            witness_digest(campaign, library, workspace.clock(), workspace.address),
        )
        self._units = {unit.code: unit_digest(unit) for unit in campaign.units}
        self._forms = workspace.sent_forms.traces()
        self._roster = digest(*(f"{unit.code} {unit.name}" for unit in campaign.units))
        self._waived: dict[str, list[str]] = {}
        for line in load_register(directory).waived:
            self._waived.setdefault(line.unit, []).append(line_text(line))

    def reading(self, code: str) -> str:
        """Of what is found in a file of that unit alone."""
        return digest(self._all, self._units.get(code, ""), self._forms.get(code, ""))

    def findings(self, code: str) -> str:
        """Of what is found in it beside the names of all units."""
        return digest(self.reading(code), self._roster)[:_HALF]

    def judgement(self, code: str) -> str:
        """Of what is told of it: that of its findings, then that of the exceptions on record."""
        return self.findings(code) + digest(*self._waived.get(code, ()))[:_HALF]

    @property
    def of_nobody(self) -> str:
        """Of what is told of a file that is no unit's: any change may make it somebody's."""
        return digest(self._all, *self._units.values(), *self._forms.values())
