"""Names of a unit's distributed files."""

from __future__ import annotations

from xlsxeval.campaign.files import file_name
from xlsxeval.forms.campaign import Campaign, Unit
from xlsxeval.layout.layout import Layout


def distribution_name(campaign: Campaign, unit: Unit) -> str:
    """Name of what a unit is sent, such as ``430200101 某某局 2024年度绩效自评``; never taken from a received file."""
    return file_name(f"{unit.code} {unit.name} {campaign.year}年度绩效自评")


def workbook_name(layout: Layout) -> str:
    """File name of a unit's workbook, or of a part of it, which includes the part's worksheet."""
    part = f" {file_name(layout.part)}" if layout.part else ""
    return f"{distribution_name(layout.campaign, layout.unit)}{part}.xlsx"
