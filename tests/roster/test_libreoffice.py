"""A roster that LibreOffice opened, typed into and saved says the same as campaign.yaml."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.roster.desk import library
from tests.roster.script import script
from tests.roster.typist import type_into
from xlsxeval.forms.campaign import load_campaign
from xlsxeval.resources import samples_directory
from xlsxeval.roster import load_roster, roster_bytes


@pytest.mark.libreoffice
def test_a_roster_typed_in_libreoffice_loads_as_the_yaml_does(tmp_path: Path) -> None:
    campaign, edition = load_campaign(samples_directory() / "zhuzhou-2024", library())
    empty = roster_bytes(edition, tuple(library().editions()), {"department": "某某市财政局"})
    path = tmp_path / "名册.xlsx"
    path.write_bytes(type_into(empty, script(campaign, edition)))
    assert load_roster(path, library())[0] == replace(campaign, directory=tmp_path)
