"""Campaigns as earlier programs left them: this program, and later ones, find in them what was found then.

Each folder beside this file is one; ``tools/keep_campaign.py`` makes another when the program has changed enough.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.support import later_program
from tests.support.kept import KEPT, KeptDesk, unpacked

FOLDERS = sorted(path.parent for path in KEPT.glob("*/expected.json"))
LATER = "002 后来.xlsx"
NOTE = "按下发时的表样核对"


def expected(kept: Path) -> dict[str, dict[str, object]]:
    told: dict[str, dict[str, object]] = json.loads((kept / "expected.json").read_text(encoding="utf-8"))
    return told


@pytest.fixture(params=FOLDERS, ids=lambda path: path.name)
def kept(request: pytest.FixtureRequest) -> Path:
    folder: Path = request.param
    return folder


def goes_on(desk: KeptDesk, kept: Path) -> None:
    """The campaign is collected again, checked, and one more file comes: what is found is what was found then."""
    then = expected(kept)
    assert desk.collect() == then["errors"]
    one_more = then["findings"].pop(LATER)
    assert desk.check() == then["findings"]
    desk.arrive(desk.folder / "后来" / LATER, LATER)
    assert desk.collect()[LATER] == 1
    assert desk.check(desk.returned / LATER) == {LATER: one_more}


def test_this_program_finds_what_was_found_then(kept: Path, tmp_path: Path) -> None:
    goes_on(unpacked(kept, tmp_path / "desk"), kept)


def test_a_later_program_finds_it_though_no_form_was_kept(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = unpacked(kept, tmp_path / "desk")
    later_program.install(monkeypatch)
    goes_on(desk, kept)


def test_a_later_program_finds_it_in_what_this_one_kept(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = unpacked(kept, tmp_path / "desk")
    first = desk.collect()
    shutil.rmtree(desk.task / "下发")
    later_program.install(monkeypatch)
    told = desk.run("collect", desk.task, "--by", "王会计")
    assert told.err.count(NOTE) == 1
    assert NOTE not in desk.run("collect", desk.task, "--by", "王会计").err
    assert desk.collect() == first
    goes_on(desk, kept)


def test_a_kept_campaign_is_small(kept: Path) -> None:
    assert sum(path.stat().st_size for path in kept.iterdir()) < 300_000
