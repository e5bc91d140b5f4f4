"""Workflows for a forge: valid by its schema, and nothing but make targets and Python lines that work here too.

They were not run: this only holds what can be held without the forge.
"""

from __future__ import annotations

import importlib.resources
import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
PYTHON = re.compile(r"(?:python|\.venv\\Scripts\\python|\.venv/bin/python) -m (\S+)")


def schema() -> Any:
    """The forge's own schema, as check-jsonschema brings it along."""
    folder = importlib.resources.files("check_jsonschema") / "builtin_schemas" / "vendor"
    return json.loads((folder / "github-workflows.json").read_text(encoding="utf-8"))


def steps() -> list[Any]:
    return [
        pytest.param(step, id=f"{path.stem}-{name}-{number}")
        for path in WORKFLOWS
        for name, job in yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"].items()
        for number, step in enumerate(job["steps"])
    ]


def targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def problems(document: Any) -> list[str]:
    return [error.message for error in jsonschema.Draft7Validator(schema()).iter_errors(document)]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_is_valid(path):
    document = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
    assert problems(_typed(document)) == []
    assert document["permissions"] == {"contents": "read"}


def _typed(document: Any) -> Any:
    """Numbers and booleans where the schema wants them, without YAML's own reading of ``on``."""
    if isinstance(document, dict):
        return {key: value if key == "env" else _typed(value) for key, value in document.items()}
    if isinstance(document, list):
        return [_typed(value) for value in document]
    return {"true": True, "false": False, "": None}.get(document, int(document) if document.isdigit() else document)


def test_a_mistake_would_be_found():
    assert problems({"on": {"push": None}, "jobs": {"x": {"runs-on": "ubuntu-latest", "steps": [{"runs": "make"}]}}})


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
