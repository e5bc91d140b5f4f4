"""A roster with one unit in line 3."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.roster.desk import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    desk.unit()
    return desk
