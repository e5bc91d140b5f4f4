"""Made campaigns as a careful unit returned them: generated, filled in and read back once for all tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from xlsxeval.calc import Scalar
from xlsxeval.forms.campaign import Campaign, Unit, load_campaign
from xlsxeval.forms.definition import Edition
from xlsxeval.forms.library import Library
from xlsxeval.forms.seal import Seal, make_seal
from xlsxeval.intake.cells import RawWorkbook
from xlsxeval.intake.identity import Context, Layouts, identify
from xlsxeval.intake.reader import read_workbook
from xlsxeval.intake.rejected import Rejected
from xlsxeval.intake.submission import Returned, submission_of
from xlsxeval.layout.layout import Layout
from xlsxeval.layout.placing import build_layout
from xlsxeval.layout.values_file import load_values
from xlsxeval.model import Address
from xlsxeval.resources import templates_directory
from xlsxeval.workbook import fill_workbook, workbook_bytes

CAMPAIGNS = Path(__file__).parent / "campaigns"
SHEETS = ("填报说明", "附件1", "附件2", "附件3-1", "附件3-2", "附件4", "附件5", "附件6", "报告正文", "自查")
"""The worksheets of the campaign that is made where none is named; ``tests/workbook/test_locked.py`` holds them."""
KEY = b"a key for tests, of 32 bytes ..."


@dataclass(frozen=True)
class Base:
    """Everything about one filled workbook: what it was made from, its bytes, and what was read from them."""

    library: Library
    campaign: Campaign
    unit: Unit
    edition: Edition
    layout: Layout
    seal: Seal
    values: Mapping[Address, Scalar]
    data: bytes
    raw: RawWorkbook
    layouts: Layouts

    @property
    def context(self) -> Context:
        """The organiser's desk: the campaign is named and its key is at hand."""
        return Context(self.library, self.campaign, KEY)


def base(name: str = "hunan-2024") -> Base:
    """The made campaign in ``tests/support/campaigns/<name>``: its campaign.yaml, and values.yaml of a careful unit."""
    return _made(name)


@cache
def _made(name: str) -> Base:
    folder = CAMPAIGNS / name
    return make_base(folder, folder / "values.yaml")


def make_base(campaign_path: Path, values_path: Path) -> Base:
    """The first unit's workbook of a campaign with these values."""
    library = Library(templates_directory())
    campaign, edition = load_campaign(campaign_path, library)
    unit = campaign.units[0]
    layouts = Layouts()
    layout = build_layout(campaign, unit, edition, shapes=layouts.shapes)
    seal = make_seal(campaign, unit, edition, KEY)
    values = load_values(values_path, layout)
    data = fill_workbook(workbook_bytes(layout, seal, "password"), layout, values, layout.compute(values))
    return Base(library, campaign, unit, edition, layout, seal, values, data, read_workbook(data), layouts)


def returned(raw: RawWorkbook, context: Context, layouts: Layouts) -> Returned:
    """A workbook that was changed after reading, taken further as the intake takes what it read."""
    try:
        identity = identify(raw, context, layouts)
    except Rejected as error:
        return Returned("case.xlsx", "0" * 64, 0, (*raw.faults, error.fault))
    submission = submission_of(raw, identity, context)
    return Returned("case.xlsx", "0" * 64, 0, (*raw.faults, *identity.faults), submission)
