"""``new`` writes both files; every command takes a folder or either file, and never guesses between two."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from tests.roster.desk import Desk
from xlsxeval.cli import cli
from xlsxeval.errors import DefinitionError, UsageError

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
    book["任务"]["B5"] = "某某市卫生局"
    book.save(folder / "名册.xlsx")


def fill_yaml(folder: Path) -> None:
    path = folder / "campaign.yaml"
    text = path.read_text(encoding="utf-8")
    text = text.replace("某某市财政局", "某某市卫生局")
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


@pytest.mark.parametrize("act", ["lint", "generate", "run"])
def test_an_untouched_template_is_no_campaign(folder: Path, tmp_path: Path, act: str) -> None:
    before = set(tmp_path.rglob("*"))
    more = ["-o", tmp_path / "out"] if act == "generate" else []
    result = run(act, folder, *more)
    assert result.exit_code != 0 or result.exception is not None
    assert set(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("act", ["collect", "status"])
def test_what_looks_at_an_untouched_template_says_so(folder: Path, act: str) -> None:
    assert "是模板里的例子" in run(act, folder).stderr


def test_the_templates_department_alone_is_told_at_its_place(folder: Path, tmp_path: Path) -> None:
    fill_yaml(folder)
    path = folder / "campaign.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("某某市卫生局", "某某市财政局"), encoding="utf-8")
    result = run("lint", path)
    assert result.exit_code == 1
    assert result.stdout.startswith(f"{path}:6:")
    assert isinstance(run("generate", path, "-o", tmp_path / "out").exception, DefinitionError)
    assert not (tmp_path / "out").exists()


def test_two_campaigns_with_chinese_names_have_ids_of_their_own(tmp_path: Path) -> None:
    ids = set()
    for name in ("自评甲", "自评乙"):
        assert run("new", tmp_path / name, "--edition", "hunan-2024").exit_code == 0
        ids.add((tmp_path / name / "campaign.yaml").read_text(encoding="utf-8").splitlines()[2])
    assert len(ids) == 2


def test_a_roster_in_another_format_beside_an_untouched_yaml_is_told(folder: Path) -> None:
    (folder / "名册.xlsx").rename(folder / "名册.xls")
    for act in ("lint", "run", "status"):
        result = run(act, folder)
        assert isinstance(result.exception, UsageError)
        assert "名册.xls " in str(result.exception)
    fill_yaml(folder)
    assert run("lint", folder).exit_code == 0


def test_lint_tells_one_cause_once_and_what_it_read(folder: Path) -> None:
    fill_roster(folder)
    assert "1 个单位，0 个项目，0 条指标" in run("lint", folder).stderr
    book = load_workbook(folder / "名册.xlsx")
    for row in range(3, 39):
        book["指标"].cell(row, 1).value, book["指标"].cell(row, 3).value = "001", "乱写的指标"
    book.save(folder / "名册.xlsx")
    result = run("lint", folder)
    assert len([line for line in result.stdout.splitlines() if "乱写的指标" in line]) == 1
    assert "另有 35 处：C4、C5、C6 …" in result.stdout


def test_a_unit_with_nothing_to_fill_in_and_twins_are_told(tmp_path: Path) -> None:
    path = tmp_path / "campaign.yaml"
    path.write_text(
        "campaign: c\nedition: mof-2020\nyear: 2024\ndepartment: 某某市卫生局\nunits:\n"
        '  - {code: "001", name: 某某局, projects: [{name: 某某专项}]}\n'
        '  - {code: "002", name: " 某某局", projects: [{name: 某某专项}]}\n'
        '  - {code: "003", name: 某某站}\n'
        '  - {code: "004", name: "某\u200b某局（本级）", projects: [{name: 某某专项}]}\n'
        '  - {code: "005", name: "某某局(本级)", projects: [{name: 某某专项}]}\n',
        encoding="utf-8",
    )
    result = run("lint", path)
    assert [line.split(": ")[0] for line in result.stdout.splitlines()] == [
        f"{path}:7:19",
        f"{path}:8:5",
        f"{path}:10:19",
    ]
    assert isinstance(run("generate", path, "-o", tmp_path / "out").exception, DefinitionError)
