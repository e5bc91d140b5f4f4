"""The worksheets that a unit has not yet returned."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxeval.forms.campaign import Campaign, Unit
from xlsxeval.forms.definition import Edition
from xlsxeval.layout.placing import part_names
from xlsxeval.rules.verdict import Verdict


def lacking(campaign: Campaign, unit: Unit, edition: Edition, verdicts: Sequence[Verdict]) -> tuple[str, ...]:
    """The names of the worksheets that the campaign asks of the unit today and that none of its files holds.

    Empty where the unit has returned no file, or where the worksheets of one of its files are unknown. Raises
    DefinitionError where a name is not possible for a worksheet.
    """
    held = [one.subject.holds for one in verdicts if one.subject is not None]
    if not all(held) or not held:
        return ()
    return tuple(sheet for sheet in part_names(campaign, unit, edition) if not any(sheet in one for one in held))
