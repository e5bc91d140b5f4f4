"""Commands in the documents: all are named, none is invented, and marked examples run."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.cli.running import run
from tests.docs.pages import READMES, ROOT, examples, name, pages
from xlsxeval.cli import COMMANDS

_NAMED = re.compile(r"(?:^|[`\s\\/])xlsxeval (?:--templates \S+ )?([a-z]+(?:-[a-z]+)*)\b(?!:)", re.MULTILINE)
_IN_CODE = re.compile(r"`([^`\n]+)`")


def _runnable(page: Path) -> list[str]:
    return [line for example in examples(page) if example.runs for line in example.text.splitlines() if line.strip()]


@pytest.mark.parametrize("page", READMES, ids=name)
def test_every_command_is_named(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert [command for command in COMMANDS if f"| `{command}` |" not in text] == []


@pytest.mark.parametrize("page", pages(), ids=name)
def test_no_command_is_invented(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    code = [*_IN_CODE.findall(text), *(line for line in text.splitlines() if line.startswith("    "))]
    code += [line for example in examples(page) if example.language == "sh" for line in example.text.splitlines()]
    named = {command for line in code for command in _NAMED.findall(line.strip())}
    assert named - set(COMMANDS) == set()


def test_both_readmes_have_the_same_examples() -> None:
    english, chinese = (_runnable(page) for page in READMES)
    assert english == chinese
    assert english


def test_marked_examples_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In order, in one folder beside the samples; ``check`` finds errors in the samples, the rest ends clean."""
    (tmp_path / "samples").symlink_to(ROOT / "samples", target_is_directory=True)
    monkeypatch.chdir(tmp_path)
    for line in _runnable(READMES[0]):
        program, *arguments = shlex.split(line)
        assert program == "xlsxeval"
        done = run(*arguments)
        assert done.code == int(arguments[0] == "check"), f"{line}\n{done.out}\n{done.err}"
