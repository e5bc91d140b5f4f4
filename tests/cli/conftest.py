"""A campaign to work on, and its workbooks sent out and filled in once for all tests of a process."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.collectdesk import Desk, Post, send_out
from tests.cli.running import CAMPAIGN, VALUES, run


@dataclass(frozen=True)
class Office:
    """A campaign's folder, the blank workbook of its unit and the same filled in without a fault. Not to be changed."""

    campaign: Path
    blank: Path
    filled: Path


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    folder = tmp_path_factory.mktemp("office")
    campaign = folder / "任务"
    campaign.mkdir()
    shutil.copy(CAMPAIGN / "campaign.yaml", campaign)
    made = run("generate", campaign, "-o", folder / "下发")
    assert made.code == 0, made.err
    blank = Path(made.out.strip())
    filled = folder / "填好的.xlsx"
    assert run("fill", blank, VALUES, "-o", filled).code == 0
    return Office(campaign, blank, filled)


@pytest.fixture
def task(tmp_path: Path) -> Path:
    """A campaign's folder of one's own."""
    folder = tmp_path / "任务"
    folder.mkdir()
    shutil.copy(CAMPAIGN / "campaign.yaml", folder)
    return folder


@pytest.fixture(scope="session")
def post(tmp_path_factory: pytest.TempPathFactory) -> Post:
    """The workbooks of a small campaign, sent out and filled in. Not to be changed."""
    return send_out(tmp_path_factory.mktemp("post"))


@pytest.fixture
def desk(post: Post, tmp_path: Path) -> Desk:
    """That campaign's folder with an empty inbox, of one's own."""
    return Desk(post, tmp_path)
