"""A campaign as text and digest, so that a change after distribution shows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from xlsxeval.forms.campaign import Campaign, Unit, unit_to_data
from xlsxeval.forms.settings import settings_to_data


def definition_text(campaign: Campaign) -> str:
    """All that a campaign says, in one order whatever file it was read from; not where it stands."""
    data = {**_settings(campaign), "units": [unit_to_data(unit) for unit in campaign.units]}
    if campaign.levels:  # a campaign without any keeps the digest that it had before there were levels
        data["levels"] = [asdict(level) for level in campaign.levels]
    return _text(data)


def campaign_digest(campaign: Campaign) -> str:
    """The SHA-256 of what a campaign says, in hex."""
    return hashlib.sha256(definition_text(campaign).encode()).hexdigest()


def settings_digest(campaign: Campaign) -> str:
    """The SHA-256 of what a campaign says for all its units, in hex."""
    return hashlib.sha256(_text(_settings(campaign)).encode()).hexdigest()


def unit_digest(unit: Unit) -> str:
    """The SHA-256 of all that a campaign gives a unit, in hex."""
    return hashlib.sha256(_text(unit_to_data(unit)).encode()).hexdigest()


def _settings(campaign: Campaign) -> dict[str, Any]:
    return {
        "campaign": campaign.id,
        "edition": campaign.edition,
        "year": campaign.year,
        "department": campaign.department,
        "deadline": campaign.deadline,
        "rules": settings_to_data(campaign.settings),
    }


def _text(data: Mapping[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, sort_keys=True, default=str)
