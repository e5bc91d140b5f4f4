"""Help: what a command does, an example, the exit codes; and how little is imported for it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import run
from xlsxeval.cli import COMMANDS

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_every_command_has_an_example_and_the_exit_codes(name: str) -> None:
    done = run(name, "--help")
    assert done.code == 0
    assert f"xlsxeval {name}" in done.out.replace(f"Usage: xlsxeval {name}", "")
    assert "退出码：" in done.out
    for code in "012":
        assert code in done.out.split("退出码：")[1]


@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_the_help_names_every_command(flag: str) -> None:
    done = run(flag)
    assert done.code == 0
    assert [
        line.split()[0] for line in done.out.split("命令:")[1].splitlines() if line.startswith("  ") and line[2] != " "
    ][: len(COMMANDS)] == list(COMMANDS)


@pytest.mark.parametrize("arguments", [["--help"], ["explain", "L101"], ["explain", "--help"], ["editions"]])
def test_what_answers_at_once_imports_nothing_heavy(arguments: list[str]) -> None:
    code = (
        "import sys\n"
        "from xlsxeval.cli import main\n"
        "try:\n    main(sys.argv[1:])\nexcept SystemExit:\n    pass\n"
        "heavy = {'xlsxwriter', 'docx', 'openpyxl', 'sqlalchemy'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
    assert done.stderr.splitlines()[-1] == "[]"


def test_the_version_is_the_packages() -> None:
    from xlsxeval import __version__

    assert run("--version").out.strip() == f"xlsxeval {__version__}"


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_readmes_name_every_command(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert [command for command in COMMANDS if not re.search(rf"(xlsxeval |`){command}\b", text)] == []
