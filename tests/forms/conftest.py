"""A desk with an edition of one form and a campaign of one unit; a test writes what differs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.forms.inline import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    desk.edition()
    desk.campaign()
    return desk
