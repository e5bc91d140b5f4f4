"""Levels in a campaign, and the keys that they are known by: faults at their places, and keys that are kept."""

from __future__ import annotations

import os
import re
import stat
import sys
from pathlib import Path

import pytest

from tests.levels.ladder import Ladder, Office
from xlsxeval.errors import DefinitionError
from xlsxeval.forms.campaign import load_campaign
from xlsxeval.forms.library import Library
from xlsxeval.forms.public_keys import fingerprint, key_bytes, key_text

KEY, OTHER = key_text(b"\1" * 32), key_text(b"\2" * 32)
LEVEL = f'{{code: "1", name: 东县, key: "{KEY}", campaign: east}}'


def problems(office: Office, levels: str) -> list[tuple[int, str]]:
    """The lines and messages of the faults of a campaign that lists these levels."""
    path = office.task / "campaign.yaml"
    path.write_text(
        f"campaign: city\nedition: small\nyear: 2024\ndepartment: 某某局\nlevels:\n{levels}\n", encoding="utf-8"
    )
    with pytest.raises(DefinitionError) as error:
        load_campaign(path, Library(office.templates))
    return [(problem.line, problem.message) for problem in error.value.problems]


@pytest.mark.parametrize(
    ("second", "word"),
    [
        (LEVEL.replace('"1"', '"2"'), "公钥与第 1 个下级相同"),
        (LEVEL.replace(KEY, OTHER), "代码与第 1 个下级相同"),
        (LEVEL.replace('"1"', '"甲"').replace(KEY, OTHER), "下级代码「甲」"),
        (LEVEL.replace('"1"', '"2"').replace(KEY, "ed25519:abc"), "公钥抄得不对"),
        (LEVEL.replace('"1"', '"2"').replace(KEY, KEY[:-4]), "公钥不完整"),
        (LEVEL.replace('"1"', '"2"').replace(KEY, "abc"), "公钥应以 ed25519: 开头"),
        (
            LEVEL.replace('"1"', '"2"').replace(KEY, OTHER).replace("campaign: east", "campaign: city"),
            "自己不能是自己的下级",
        ),
        (LEVEL.replace('"1"', '"2"').replace(KEY, OTHER).replace("}", ", edition: smal}"), "是不是「small」"),
        (LEVEL.replace('"1"', '"2"').replace(KEY, OTHER).replace("}", ", colour: red}"), "不认识的项"),
        (LEVEL.replace('"1"', '"2"').replace(KEY, OTHER).replace("东县", '" "'), "下级名称不能为空"),
    ],
)
def test_each_fault_is_told_at_its_line(city: Office, second: str, word: str) -> None:
    found = problems(city, f"  - {LEVEL}\n  - {second}")
    assert [line for line, _ in found] == [7]
    assert word in found[0][1]


def test_a_campaign_without_units_needs_levels(city: Office) -> None:
    assert [message for _, message in problems(city, "  []")] == ["没有列出任何单位"]


def test_a_key_is_passed_on_as_one_line_and_compared_by_sixteen_digits() -> None:
    assert key_bytes(f" {KEY}\n") == b"\1" * 32
    assert re.fullmatch(r"([0-9a-f]{4} ){3}[0-9a-f]{4}", fingerprint(KEY))
    assert fingerprint(KEY) != fingerprint(OTHER)


def test_the_private_key_is_made_once_and_is_its_owners_only(east: Office) -> None:
    first = east.key()
    assert east.key() == first
    path = east.task / ".xlsxeval" / "signing-key"
    if os.name != "nt":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    done = east.run("submit", "--public-key")
    assert path.read_text(encoding="ascii").strip() not in done.said
    assert fingerprint(first) in done.err


@pytest.mark.parametrize("content", ["", "zz", "abcd"])
def test_a_damaged_key_is_told_and_never_replaced(east: Office, content: str) -> None:
    path = east.task / ".xlsxeval" / "signing-key"
    path.chmod(0o600)
    path.write_text(content, encoding="ascii")
    done = east.run("submit")
    assert (done.code, str(path) in done.err) == (2, True)
    assert path.read_text(encoding="ascii") == content


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="an owner's rights do not bind root or Windows"
)
def test_a_key_without_the_right_to_read_it(east: Office) -> None:
    path = east.task / ".xlsxeval" / "signing-key"
    path.chmod(0)
    assert east.run("submit").code == 2


def test_a_roster_has_no_place_for_levels_and_says_so(ladder: Ladder, tmp_path: Path) -> None:
    done = ladder.office("city").run("status")
    assert done.code == 0
    from tests.cli.running import run

    made = run(
        "--templates", ladder.folder / "templates", "new", tmp_path / "名册", "--from", ladder.office("city").task
    )
    assert made.code == 2
    assert "东县" in made.err
