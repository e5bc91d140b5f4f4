"""docs/internals/portal.md: every test that its table of threats names is there, and every test of the guards is named."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "internals" / "portal.md").read_text(encoding="utf-8")
FOLDER = ROOT / "tests" / "web" / "portal"


def test_every_test_that_is_named_is_there() -> None:
    named = set(re.findall(r"`(test_\w+)`", TEXT))
    there = {
        name for path in FOLDER.glob("test_*.py") for name in re.findall(r"^def (test_\w+)", path.read_text(), re.M)
    }
    assert len(named) > 35
    assert named <= there


def test_every_threat_has_its_test() -> None:
    section = TEXT.split("## 威胁 · Threats\n")[1].split("\n## ")[0]
    rows = [line for line in section.splitlines() if line.startswith("| ")][1:]
    assert len(rows) > 20
    assert [row for row in rows if "`test" not in row.rsplit("|", 2)[1]] == []
