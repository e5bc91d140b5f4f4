"""The limits bound memory and time by themselves: a process with little of both reads every bomb to its answer."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hostile import RECIPES

resource = pytest.importorskip("resource", reason="limits of a process are a matter of POSIX")

MEMORY = 700 * 1024 * 1024
SECONDS = 60
BOMBS = (
    "bomb_in_sheet",
    "bomb_in_one_string",
    "bomb_over_several_parts",
    "header_lies_about_size",
    "overlapping_members",
    "seventy_thousand_members",
    "billion_laughs_in_sheet",
    "billion_laughs_in_strings",
    "deep_nesting",
    "too_many_cells",
    "too_many_elements",
    "one_endless_tag",
    "too_many_merges",
    "too_many_names",
    "too_many_ranges",
    "references_without_end",
    "too_many_relations",
    "too_many_cell_formats",
    "rows_without_end",
    "too_many_shared_strings",
    "shared_formula_blown_up",
    "five_megabytes_of_rich_text",
    "cell_in_the_last_corner",
)
CHILD = f"""
import json, resource, sys
resource.setrlimit(resource.RLIMIT_AS, ({MEMORY}, {MEMORY}))
resource.setrlimit(resource.RLIMIT_CPU, ({SECONDS}, {SECONDS}))
from pathlib import Path
from xlsxeval.intake.reader import Rejected, read_file, read_workbook
answers = {{}}
for path in map(Path, sys.argv[1:]):
    try:
        faults = read_workbook(read_file(path)).faults
    except Rejected as rejection:
        faults = (rejection.fault,)
    answers[path.stem] = sorted({{fault.code for fault in faults}})
print(json.dumps(answers))
"""


def test_bombs_are_answered_with_little_memory_and_time(tmp_path: Path) -> None:
    recipes = {recipe.name: recipe for recipe in RECIPES if recipe.name in BOMBS}
    for name, recipe in recipes.items():
        (tmp_path / f"{name}.xlsx").write_bytes(recipe.make())
    files = [str(path) for path in sorted(tmp_path.glob("*.xlsx"))]
    child = subprocess.run([sys.executable, "-c", CHILD, *files], capture_output=True, text=True, check=False)
    assert child.returncode == 0, child.stderr[-2000:]
    assert json.loads(child.stdout) == {name: [recipe.code] * bool(recipe.code) for name, recipe in recipes.items()}
    assert set(recipes) == set(BOMBS)
