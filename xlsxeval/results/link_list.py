"""Links of units, made and listed in a workbook with their QR codes for the organiser to pass on."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxeval.campaign.workbooks import chosen_units
from xlsxeval.campaign.workspace import Workspace
from xlsxeval.collection.unit_links import NewLink, link_address, make_links
from xlsxeval.results.board import state_of
from xlsxeval.results.own_workbook import send_own


def links_made(workspace: Workspace, codes: Sequence[str] = (), *, renew: bool = False) -> list[NewLink]:
    """Makes a link for each of these units, once the workbook behind it was generated where it never was, or is another today.

    Raises UsageError for an unknown unit; DefinitionError where the campaign has faults.
    """
    units = [unit.code for unit in chosen_units(workspace.campaign, tuple(codes))]
    lines = {line.code: line for line in state_of(workspace, None, 1).units}
    send_own(workspace, [code for code in units if not lines[code].sent or lines[code].form_changes])
    return make_links(workspace, units, renew=renew)


def link_list_bytes(workspace: Workspace, links: Sequence[NewLink], base: str) -> bytes:
    """The list as xlsx. Raises UsageError where ``base`` is no address."""
    from xlsxeval.workbook.link_list import ListedLink, link_list  # XlsxWriter only where a workbook is written

    link_address(base, "")
    campaign = workspace.campaign
    title = f"{campaign.department} {campaign.year}年度绩效自评 上报链接"
    return link_list(title, [ListedLink(one.code, one.unit, link_address(base, one.token)) for one in links])
