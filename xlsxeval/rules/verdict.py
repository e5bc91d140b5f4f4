"""A verdict: everything found in one file, and whose file it is."""

from __future__ import annotations

from dataclasses import dataclass

from xlsxeval.forms.settings import RuleSetting
from xlsxeval.model import Finding, Fixed
from xlsxeval.rules.facts import Facts


@dataclass(frozen=True, slots=True)
class Subject:
    """The unit and the campaign that a file belongs to, as its seal states them.

    ``forms`` are the worksheets of the unit's workbook. Where the forms were sent out in separate workbooks, ``part``
    is the one worksheet that the file holds.
    """

    code: str
    name: str
    campaign: str
    edition: str
    forms: tuple[str, ...]
    part: str | None
    seal_state: str

    @property
    def holds(self) -> tuple[str, ...]:
        """The worksheets that the file holds, by their names as they were sent out."""
        return self.forms if self.part is None else (self.part,)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result of judging one file; small enough to be passed between processes.

    ``subject`` is None where the file could not be read. ``status`` is ``clean``, ``findings`` or ``rejected``.
    ``settings`` are the rules to which the edition or the campaign gave another severity, or which it switched off.
    ``fixed`` are the findings of an earlier run of this unit's files that are no longer there. ``notes`` are
    remarks for whoever judges, and no findings: why a record of last year could not be used.
    """

    path: str
    sha256: str
    subject: Subject | None
    findings: tuple[Finding, ...]
    settings: tuple[RuleSetting, ...] = ()
    fixed: tuple[Fixed, ...] = ()
    facts: Facts | None = None
    notes: tuple[str, ...] = ()

    @property
    def open(self) -> tuple[Finding, ...]:
        """The findings that count: all but those accepted by an exception on record."""
        return tuple(finding for finding in self.findings if finding.waived is None)

    @property
    def status(self) -> str:
        """``rejected`` for an unreadable file, ``findings`` where any finding counts, else ``clean``."""
        if self.subject is None:
            return "rejected"
        return "findings" if self.open else "clean"
