"""Units whose forms were sent out and differ from those that the campaign would send today."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from xlsxeval.errors import DefinitionError
from xlsxeval.forms.campaign import Campaign, Unit, unit_from_data
from xlsxeval.forms.definition import Edition
from xlsxeval.judging.assessment import shape
from xlsxeval.judging.changes import unit_changes
from xlsxeval.layout.placing import build_layout
from xlsxeval.layout.shaping import Shapes
from xlsxeval.ledger import Distribution, Queries, campaign_digest


def form_changes(
    r: Queries, campaign: Campaign, edition: Edition, shapes: Shapes, lacking: Mapping[str, Sequence[str]]
) -> dict[str, tuple[str, ...]]:
    """Changes by unit since its workbook was last made, for those units only that need a new workbook.

    A unit that only got another name can keep its form. ``lacking`` are the worksheets that are missing in the whole
    workbooks that came back: they decide where it is not on record what was sent.
    """
    today = campaign_digest(campaign)
    last = {one.unit: one for one in r.distributions()}
    found = {}
    for unit in campaign.units:
        sent = last.get(unit.code)
        if sent is not None and (sent.campaign_digest, sent.edition_digest) == (today, edition.digest):
            continue
        then = None if sent is None else _then(r, sent)
        if then is not None:
            changes = _changes(then, unit, campaign, edition, shapes)
        else:
            sheets = lacking.get(unit.code)
            changes = (f"收回的表里没有 {'、'.join(sheets)}",) if sheets else ()
        if sent is not None and sent.edition_digest != edition.digest:
            changes = (*changes, "发表以后表样的定义改过")
        if changes:
            found[unit.code] = changes
    return found


def _then(r: Queries, sent: Distribution) -> Unit | None:
    """The unit as the campaign defined it when its workbook was made; None where that is not on record."""
    definition = r.definition(sent.campaign_digest)
    if definition is None:
        return None
    units = (unit_from_data(data) for data in json.loads(definition)["units"])
    return next((unit for unit in units if unit.code == sent.unit), None)


def _changes(then: Unit, now: Unit, campaign: Campaign, edition: Edition, shapes: Shapes) -> tuple[str, ...]:
    """Changes in the definition of a unit; none where its form stays the same."""
    changes = tuple(unit_changes(then, now))
    if not changes:
        return ()
    try:
        same = _filled(campaign, then, edition, shapes) == _filled(campaign, now, edition, shapes)
    except DefinitionError:
        return changes
    return () if same else changes


def _filled(campaign: Campaign, unit: Unit, edition: Edition, shapes: Shapes) -> object:
    """The fields of a unit's form with their places and given values, except for the unit's own, such as its name."""
    layout = build_layout(campaign, unit, edition, shapes=shapes)
    given = {
        (address, str(cell.value))
        for address, cell in layout.cells.items()
        if cell.slot is not None and cell.value is not None and not (cell.slot.field.given or "").startswith("unit.")
    }
    return shape(layout), given
