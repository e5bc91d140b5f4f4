"""What is read for its own sake (recalc, fields, import-form, rosters) and single files have bounds of time."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import run
from tests.support.base import CAMPAIGNS, base
from xlsxeval.campaign import bounds, source
from xlsxeval.workers import Bounds

BRIEF = Bounds(seconds=0.2)


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workbook that is never read to its end, where a file may take a fifth of a second."""
    path = tmp_path / "名册.xlsx"
    path.write_bytes(base().data)

    def forever(*_: Any) -> Any:
        for _step in itertools.count():
            pass

    monkeypatch.setattr("xlsxeval.intake.package.read_directory", forever)
    for user in ("campaign.recalculated", "judging.judge", "campaign.bounds"):
        monkeypatch.setattr(f"xlsxeval.{user}.bounds_of", lambda limits: BRIEF)
    monkeypatch.setattr(source, "_ROSTER_SECONDS", 0)
    return path


@pytest.mark.parametrize("command", ["check", "recalc"])
def test_a_file_that_takes_too_long_is_a_finding_and_the_next_is_read(command: str, book: Path) -> None:
    other = book.with_name("另一份.xlsx")
    other.write_bytes(book.read_bytes())
    done = run(command, book, other)
    assert done.code == 1
    assert done.said.count("F050") >= 2


@pytest.mark.parametrize(
    "command", [("fields",), ("import-form",), ("lint",), ("generate", "-o", "下发")], ids=lambda command: command[0]
)
def test_what_is_no_return_is_told_with_its_name(command: tuple[str, ...], book: Path) -> None:
    done = run(*command, book)
    assert done.code == 2
    assert str(book) in done.said
    assert bounds.VARIABLE in done.said


def test_collect_goes_on(book: Path, tmp_path: Path) -> None:
    folder = tmp_path / "任务"
    folder.mkdir()
    (folder / "campaign.yaml").write_bytes((CAMPAIGNS / "hunan-2024" / "campaign.yaml").read_bytes())
    (folder / "收回").mkdir()
    for name in ("一.xlsx", "二.xlsx"):
        (folder / "收回" / name).write_bytes(book.read_bytes() + name.encode())
    done = run("collect", folder)
    assert done.code == 1
    assert done.said.count("F050") == 2
