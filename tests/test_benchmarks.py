"""Benchmarks still run and print their rows. How long anything takes is asserted nowhere."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from benchmarks.__main__ import BENCHMARKS
from benchmarks.harness import Contender, Table, Thoroughness, side_by_side
from benchmarks.material import CAMPAIGN, KEY, LIBRARY, made, returns
from benchmarks.printing import as_markdown, as_text, with_figures
from xlsxeval.intake.identity import Context, Layouts
from xlsxeval.intake.submission import read_returned
from xlsxeval.rules.engine import judge

ROOT = Path(__file__).resolve().parent.parent


LONG = {"start", "number", "collect", "receive", "large", "desk", "portal", "audit"}
"""They start servers and commands or make many files: mypy reads them, and ``make bench`` runs them."""


def test_they_end_and_print_their_rows(tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    names = [name for name in BENCHMARKS if name not in LONG]
    chosen = [word for name in names for word in ("--only", name)]
    command = [sys.executable, "-m", "benchmarks", "--quick", *chosen, "--json", str(out)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    data = json.loads(out.read_text(encoding="utf-8"))
    assert {"processor", "load average", "Python", "packages"} <= set(data["machine"])
    told = [name for table in data["tables"] for name in names if f"{table['name']}-".startswith(f"{name}-")]
    assert list(dict.fromkeys(told)) == names
    for table in data["tables"]:
        assert table["rows"]
        assert all(len(row) == len(table["columns"]) for row in table["rows"])
        assert f"## {table['name']}: {table['title']}" in done.stdout


@pytest.mark.parametrize("name", sorted(LONG))
def test_what_is_too_long_for_a_test_can_be_started(name: str) -> None:
    assert callable(import_module(f"benchmarks.{BENCHMARKS[name]}").benchmark)


def test_the_units_of_a_batch_differ_in_nothing_but_whose_they_are() -> None:
    context = Context(LIBRARY, CAMPAIGN, KEY)
    plain = judge(read_returned("x.xlsx", made(1).returned, context, Layouts()))
    found = [judge(read_returned(name, data, context, Layouts())) for name, data in returns(3, 1)]
    assert [one.subject.code for one in found if one.subject] == ["430200101", "430200102", "430200103"]
    assert {one.subject.seal_state for one in found if one.subject} == {"verified"}
    assert all(one.findings == plain.findings for one in found)


def test_contenders_take_turns_and_are_told_side_by_side() -> None:
    turns: list[str] = []
    contenders = [Contender("a", lambda: turns.append("a")), Contender("b", lambda: turns.append("b"), most=2)]
    table = side_by_side("x", "X", contenders, rounds=3)
    assert turns == ["a", "b", "a", "b", "a", "b", "a"]  # first both once, unmeasured
    assert [(row[0], row[1]) for row in table.rows] == [("a", 3), ("b", 2)]
    assert table.rows[0][-1] == 1


def test_tables_are_printed_with_three_digits_that_say_something() -> None:
    table = Table("x", "X", ("", "n"), [("a", 1234.5), ("b", 12.345), ("c", 0.12345), ("d", None)], ["note"])
    assert re.findall(r"[abcd] +(\S+)", as_text(table)) == ["1234", "12.3", "0.123", "-"]
    assert "| b | 12.3 |" in as_markdown(table).splitlines()
    assert "`python -m benchmarks --only x`: note." in as_markdown(table)


def test_figures_take_the_place_of_earlier_ones() -> None:
    page = (ROOT / "docs" / "internals" / "performance.md").read_text(encoding="utf-8")
    once = with_figures(page, "1 ms\n")
    assert once != page
    assert with_figures(with_figures(page, "2 ms\n"), "1 ms\n") == once
    with pytest.raises(ValueError, match="no place"):
        with_figures("text", "1 ms")


def test_quick_is_one_repetition() -> None:
    assert Thoroughness(quick=True).rounds == 1
    assert Thoroughness().rounds > 5
