"""``new`` writes both files; every command takes a folder or either file, and never guesses between two."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from tests.roster.desk import Desk
from xlsxeval.cli import cli
from xlsxeval.errors import UsageError

UNIT = 'units:\n  - code: "002"\n    name: 另一局\n'


def run(*args: object) -> Result:
    return CliRunner().invoke(cli, [str(arg) for arg in args])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder as ``new`` leaves it."""
    made = tmp_path / "自评"
    assert run("new", made, "--edition", "hunan-2024").exit_code == 0
    return made


def fill_roster(folder: Path) -> None:
    book = load_workbook(folder / "名册.xlsx")
    book["单位"]["A3"], book["单位"]["B3"] = "001", "某某局"
    book.save(folder / "名册.xlsx")


def fill_yaml(folder: Path) -> None:
    path = folder / "campaign.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: text.index("units:")] + UNIT, encoding="utf-8")


def generated(source: Path, out: Path) -> list[str]:
    """The codes of the units whose workbooks ``generate`` writes."""
    result = run("generate", source, "-o", out)
    assert result.exit_code == 0, result.output
    return sorted(path.name.split()[0] for path in out.glob("*.xlsx"))


def test_new_writes_a_roster_with_the_task_filled_in(folder: Path) -> None:
    assert sorted(path.name for path in folder.iterdir()) == ["campaign.yaml", "名册.xlsx"]
    task = load_workbook(folder / "名册.xlsx")["任务"]
    assert [task[f"B{row}"].value for row in (3, 4)] == ["hunan-2024", 2024]


def test_new_overwrites_neither_file(folder: Path) -> None:
    (folder / "campaign.yaml").unlink()
    before = (folder / "名册.xlsx").read_bytes()
    assert isinstance(run("new", folder, "--edition", "hunan-2024").exception, UsageError)
    assert (folder / "名册.xlsx").read_bytes() == before
    assert not (folder / "campaign.yaml").exists()


def test_an_untouched_roster_leaves_the_yaml_in_force(folder: Path, tmp_path: Path) -> None:
    fill_yaml(folder)
    assert generated(folder, tmp_path / "out") == ["002"]


def test_a_filled_roster_is_taken_before_an_untouched_yaml(folder: Path, tmp_path: Path) -> None:
    fill_roster(folder)
    result = run("generate", folder, "-o", tmp_path / "out")
    assert result.stderr.count("任务读自") == 1
    assert "名册.xlsx" in result.stderr
    assert [path.name.split()[0] for path in (tmp_path / "out").glob("*.xlsx")] == ["001"]


def test_two_filled_files_have_to_be_told_apart(folder: Path, tmp_path: Path) -> None:
    fill_roster(folder)
    fill_yaml(folder)
    result = run("generate", folder, "-o", tmp_path / "out")
    assert isinstance(result.exception, UsageError)
    assert not (tmp_path / "out").exists()
    assert generated(folder / "名册.xlsx", tmp_path / "a") == ["001"]
    assert generated(folder / "campaign.yaml", tmp_path / "b") == ["002"]


def test_a_roster_alone_is_enough(folder: Path, tmp_path: Path) -> None:
    fill_roster(folder)
    (folder / "campaign.yaml").unlink()
    assert generated(folder, tmp_path / "out") == ["001"]


def test_a_roster_under_another_name_is_a_roster(folder: Path, tmp_path: Path) -> None:
    fill_roster(folder)
    shutil.move(folder / "名册.xlsx", tmp_path / "某某市 2024.xlsx")
    assert generated(tmp_path / "某某市 2024.xlsx", tmp_path / "out") == ["001"]


def test_lint_tells_every_fault_at_its_cell_and_generate_writes_nothing(desk: Desk, tmp_path: Path) -> None:
    desk.unit(row=4)
    desk.project(code="009")
    path = desk.save()
    result = run("lint", path)
    assert result.exit_code == 1
    told = [line.split(": ")[0] for line in result.stdout.splitlines()]
    assert told == [f"{path} 项目!A3", f"{path} 单位!A4"]
    assert run("generate", path, "-o", tmp_path / "out").exit_code != 0
    assert not (tmp_path / "out").exists()
