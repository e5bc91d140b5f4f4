"""A portal over a copy of a campaign that was sent out."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.web.conftest import Posted

if TYPE_CHECKING:
    from tests.web.portal.portals import Portal


@pytest.fixture(autouse=True)
def _cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hash that costs nothing; the real one takes a tenth of a second each time, as it should."""
    from xlsxeval.web.portal import passwords

    monkeypatch.setattr(passwords, "_METHOD", "scrypt:1024:8:1")


@pytest.fixture
def portal(posted: Posted, tmp_path: Path) -> Iterator[Portal]:
    from tests.web.portal.portals import Portal  # Flask only for these tests

    folder = tmp_path / posted.campaign.name
    shutil.copytree(posted.campaign, folder)
    made = Portal(folder)
    yield made
    made.close()
