"""Findings for the organiser: about which files came, not about what a unit wrote in one of them."""

from __future__ import annotations

from dataclasses import replace

from xlsxeval.fault_codes import FaultCode
from xlsxeval.rules.verdict import Verdict

OF_THE_ORGANISER = frozenset({FaultCode.SEVERAL_FILES_OF_ONE_UNIT, FaultCode.FILE_TWICE, FaultCode.PART_MISSING})
"""Rules that only say which files came: several of one unit, one of them twice, a part of its forms not at all.

``check`` reports them, for it knows nothing but the files that it was given. Where a campaign is collected, summed up or
shown, the standing of its units and files says the same better, so these findings count for no unit.
"""


def is_of_the_unit(code: str) -> bool:
    """Whether a finding of that rule is about what a unit wrote, and counts for it."""
    return code not in OF_THE_ORGANISER


def of_the_unit(verdict: Verdict) -> Verdict:
    """The verdict with the findings that are the unit's own."""
    kept = tuple(finding for finding in verdict.findings if is_of_the_unit(finding.code))
    return verdict if len(kept) == len(verdict.findings) else replace(verdict, findings=kept)
