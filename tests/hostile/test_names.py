"""Whatever a received file is called, what is written from it is named by its unit."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import run
from tests.hostile.places import SPOTS, Spot
from tests.support.base import base


@pytest.mark.parametrize("spot", [one for one in SPOTS if one.possible and one.code is None], ids=lambda one: one.name)
def test_the_annotated_workbook_is_named_by_the_unit(spot: Spot, tmp_path: Path) -> None:
    inbox, output = tmp_path / "收", tmp_path / "标注版"
    inbox.mkdir()
    path = spot.put(inbox)
    path.write_bytes(base().data)
    done = run("check", path, "--annotate", output)
    assert done.code == 0, done.said
    unit = base().unit
    assert [made.name for made in output.iterdir()] == [f"{unit.code} {unit.name}（标注版）.xlsx"]
    assert not set(done.said) & set("\x1b\u202e")
