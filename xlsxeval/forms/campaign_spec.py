"""A campaign as it was written down, before anything is known of its edition: one shape for YAML and for a workbook."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from xlsxeval.forms.schema import RuleSettings, Strict, Text

CODE = r"^[0-9A-Za-z][0-9A-Za-z_-]{0,31}$"
"""What the id of a campaign and the code of a unit or a level may be made of."""


class ProjectSpec(Strict):
    """One project of a unit; ``indicators`` is short for ``given: {indicators: …}``."""

    name: Text
    department: Text | None = None
    unit: Text | None = None
    indicators: list[dict[str, Any]] | None = None
    given: dict[str, Any] = Field(default_factory=dict)


class UnitSpec(Strict):
    """One unit; ``given`` holds values by form and field; ``contact`` and ``email`` are for notices."""

    code: Text
    name: Text
    forms: list[str] | None = None
    projects: list[ProjectSpec] = Field(default_factory=list)
    given: dict[str, dict[str, Any]] = Field(default_factory=dict)
    contact: Annotated[str, Field(max_length=100)] = ""
    email: Annotated[str, Field(max_length=254)] = ""


class LevelSpec(Strict):
    """A lower level that hands up its own campaign; ``units`` is how many units it has, where that is to be checked."""

    code: Text
    name: Text
    key: Text
    campaign: Text
    edition: Text | None = None
    units: Annotated[int, Field(ge=0, le=100_000)] | None = None


def _no_serial(value: object) -> object:
    if isinstance(value, (int, float)):
        raise ValueError("应为日期，例如 2025-05-31")
    return value


class CampaignSpec(Strict):
    """The whole of ``campaign.yaml``, or of 名册.xlsx."""

    campaign: Text
    edition: Text
    year: Annotated[int, Field(ge=2000, le=2100)]
    department: Text
    deadline: Annotated[dt.date | None, BeforeValidator(_no_serial)] = None
    last_year: Text | None = None
    rules: RuleSettings = Field(default_factory=dict)
    limits: dict[str, Any] = Field(default_factory=dict)
    levels: list[LevelSpec] = Field(default_factory=list)
    units: list[UnitSpec] = Field(default_factory=list)
