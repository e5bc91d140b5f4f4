"""A submission of the sample campaign, and others made from it by changing values."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from xlsxeval.calc import Scalar
from xlsxeval.forms.campaign import Campaign, Unit, load_campaign
from xlsxeval.forms.definition import Edition
from xlsxeval.forms.library import Library
from xlsxeval.forms.seal import make_seal
from xlsxeval.intake.identity import Context, Layouts
from xlsxeval.intake.submission import Submission, read_returned
from xlsxeval.layout.placing import build_layout
from xlsxeval.layout.values_file import load_values
from xlsxeval.resources import samples_directory, templates_directory
from xlsxeval.workbook import workbook_bytes

Slot = tuple[str, int | None, str]
Make = Callable[..., Submission]

SAMPLE = samples_directory() / "zhuzhou-2024"
LIBRARY = Library(templates_directory())


@pytest.fixture(scope="session")
def template() -> Path:
    return templates_directory() / "reports" / "hunan-2024.docx"


@pytest.fixture(scope="session")
def sample() -> tuple[Campaign, Edition]:
    return load_campaign(SAMPLE, LIBRARY)


def returned(campaign: Campaign, unit: Unit, edition: Edition, values: Path | None) -> Submission:
    """The submission of a workbook of that unit, written and read back."""
    layout = build_layout(campaign, unit, edition)
    inputs = load_values(values, layout) if values else {}
    data = workbook_bytes(layout, make_seal(campaign, unit, edition, b"k" * 32), "pw", inputs=inputs)
    submission = read_returned("x.xlsx", data, Context(LIBRARY), Layouts()).submission
    assert submission is not None
    return submission


@pytest.fixture(scope="session")
def submission(sample: tuple[Campaign, Edition]) -> Submission:
    campaign, edition = sample
    return returned(campaign, campaign.units[0], edition, SAMPLE / "values" / "careful.yaml")


@pytest.fixture(scope="session")
def make(sample: tuple[Campaign, Edition], submission: Submission) -> Make:
    """The sample's submission with other values in single fields, or an empty one of a unit changed by keyword."""
    campaign, edition = sample

    def made(values: Mapping[Slot, Scalar] | None = None, **changes: Any) -> Submission:
        base = submission
        if changes:
            base = returned(campaign, dataclasses.replace(campaign.units[0], **changes), edition, None)
        slots = base.layout.slots
        typed = {slots[slot].address: value for slot, value in (values or {}).items()}
        other = dataclasses.replace(base)
        other.__dict__["inputs"] = {**base.inputs, **typed}  # a cached property: everything else follows from it
        return other

    return made
