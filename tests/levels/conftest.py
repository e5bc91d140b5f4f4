"""Three levels of offices, made once a process; a test that changes them takes a copy."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.levels.ladder import Ladder, Office, build, copied


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Ladder:
    """Nobody handed anything up yet. Not to be changed."""
    return build(tmp_path_factory.mktemp("ladder"))


@pytest.fixture
def ladder(made: Ladder, tmp_path: Path) -> Ladder:
    return copied(made, tmp_path / "ladder")


@pytest.fixture
def city(ladder: Ladder) -> Office:
    return ladder.office("city")


@pytest.fixture
def east(ladder: Ladder) -> Office:
    return ladder.office("east")
