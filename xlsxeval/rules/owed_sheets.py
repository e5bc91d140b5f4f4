"""What a unit still owes: the worksheets that the campaign asks of it today, and that no file of it holds."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxeval.forms.campaign import Campaign, Unit
from xlsxeval.forms.definition import Edition
from xlsxeval.layout.placing import part_names
from xlsxeval.rules.verdict import Verdict


def lacking(campaign: Campaign, unit: Unit, edition: Edition, verdicts: Sequence[Verdict]) -> tuple[str, ...]:
    """Their names. A form that was asked for when the workbooks went out, and no longer is, is owed by nobody.

    Nothing where nothing came, or where nobody knows what a file holds. Raises DefinitionError where the names of the
    worksheets are not possible.
    """
    held = [one.subject.holds for one in verdicts if one.subject is not None]
    if not all(held) or not held:
        return ()
    return tuple(sheet for sheet in part_names(campaign, unit, edition) if not any(sheet in one for one in held))
