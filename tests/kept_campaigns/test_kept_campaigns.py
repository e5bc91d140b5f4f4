"""Campaigns as earlier programs left them: this program, and later ones, find in them what was found then.

Each folder beside this file is one; ``tools/keep_campaign.py`` makes another when the program has changed enough.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.support import later_program
from tests.support.kept import KEPT, LATER, KeptDesk, unpacked

FOLDERS = sorted(path.parent for path in KEPT.glob("*/expected.json"))
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
    later = f"{LATER}.xlsx"
    one_more = then["findings"].pop(later)
    assert desk.check() == then["findings"]
    desk.arrive(desk.later / later)
    assert desk.collect()[later] == 1
    assert desk.check(desk.returned / later) == {later: one_more}


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
    told = desk.run("collect", desk.task, "--by", "王会计", fails=True)
    assert told.err.count(NOTE) == 1
    assert NOTE not in desk.run("collect", desk.task, "--by", "王会计", fails=True).err
    assert desk.collect() == first
    goes_on(desk, kept)


def test_new_forms_of_the_same_units_say_nothing_of_those_that_were_sent_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = unpacked(KEPT / "2026-11", tmp_path / "desk")
    later_program.install(monkeypatch)
    desk.run("generate", desk.task, "-o", desk.sent, "--force", "--unit", "001", "--unit", "003")
    goes_on(desk, KEPT / "2026-11")


def test_without_the_campaign_no_one_knows_what_the_seals_of_then_do_not_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Seals of 2026-11 do not name the form: what the later program writes otherwise looks like tampering."""
    desk = unpacked(KEPT / "2026-11", tmp_path / "desk")
    untouched = desk.returned / "001.xlsx"
    assert desk.check(untouched, campaign=False) == {"001.xlsx": []}
    later_program.install(monkeypatch)
    assert {"T102", "T132"} <= {one[0] for one in desk.check(untouched, campaign=False)["001.xlsx"]}
    assert desk.check(untouched) == {"001.xlsx": []}


def test_a_kept_campaign_is_small(kept: Path) -> None:
    assert sum(path.stat().st_size for path in kept.iterdir()) < 300_000
