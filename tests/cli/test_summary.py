"""``summary``: every unit has its line, whatever came; a workbook that somebody went on with is never lost."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest

from tests.cli.conftest import Office
from tests.cli.running import run


@pytest.fixture
def returned(task: Path, office: Office) -> Path:
    """A campaign whose only unit returned its workbook."""
    shutil.copytree(office.campaign / ".xlsxeval", task / ".xlsxeval")
    (task / "收回").mkdir()
    shutil.copy(office.filled, task / "收回" / "表.xlsx")
    return task


def _status(path: Path) -> list[object]:
    sheet = openpyxl.load_workbook(path, data_only=True)["汇总"]
    heading = next(row for row in range(1, 9) if sheet.cell(row, 1).value == "序号")
    return [sheet.cell(row, 4).value for row in range(heading + 1, sheet.max_row)]


def test_it_sums_up_what_came_back(returned: Path, tmp_path: Path) -> None:
    output = tmp_path / "结果" / "汇总.xlsx"
    ran = run("summary", returned, "-o", output, "--date", "2025-06-01")
    assert (ran.code, ran.out.strip()) == (0, str(output)), ran.err
    assert _status(output) == ["已报"]
    assert "2025-06-01" in str(openpyxl.load_workbook(output)["汇总"]["A2"].value)


def test_without_returns_every_unit_is_absent(task: Path, tmp_path: Path) -> None:
    output = tmp_path / "汇总.xlsx"
    assert run("summary", task, "-o", output).code == 0
    assert _status(output) == ["未报"]


def test_a_file_that_cannot_be_read_is_told_and_the_rest_summed_up(returned: Path, tmp_path: Path) -> None:
    (returned / "收回" / "坏.xlsx").write_bytes(b"no workbook")
    output = tmp_path / "汇总.xlsx"
    assert run("summary", returned, "-o", output).code == 1
    assert _status(output) == ["已报"]
    files = [row[12].value for row in openpyxl.load_workbook(output)["问题"].iter_rows(min_row=4)]
    assert "坏.xlsx" in files


def test_a_workbook_that_somebody_went_on_with_is_set_aside(returned: Path, tmp_path: Path) -> None:
    output = tmp_path / "汇总.xlsx"
    command = ("summary", returned, "-o", output, "--date", "2025-06-01")
    assert run(*command).code == 0
    made = output.read_bytes()
    assert run(*command).code == 0
    assert [path.name for path in tmp_path.glob("*.xlsx")] == ["汇总.xlsx"], "the same content leaves nothing behind"
    output.write_bytes(b"somebody's work")
    ran = run(*command)
    kept = [path for path in tmp_path.glob("*.xlsx") if path != output]
    assert [path.read_bytes() for path in kept] == [b"somebody's work"]
    assert kept[0].name in ran.err
    assert output.read_bytes() == made


def test_it_never_writes_over_a_return(returned: Path) -> None:
    target = returned / "收回" / "表.xlsx"
    before = target.read_bytes()
    assert run("summary", returned, "-o", target).code == 2
    assert target.read_bytes() == before


def test_another_kind_of_file_is_refused(returned: Path, tmp_path: Path) -> None:
    ran = run("summary", returned, "-o", tmp_path / "汇总.xls")
    assert ran.code == 2
    assert ".xlsx" in ran.err


def test_several_processes_find_the_same(returned: Path, office: Office, tmp_path: Path) -> None:
    (returned / "收回" / "坏.xlsx").write_bytes(b"no workbook")
    one, two = tmp_path / "一.xlsx", tmp_path / "二.xlsx"
    for output, jobs in ((one, "1"), (two, "2")):
        run("summary", returned, "-o", output, "--date", "2025-06-01", "-j", jobs)
    assert one.read_bytes() == two.read_bytes()


def test_what_was_collected_counts_and_what_lies_beside_is_told(returned: Path, tmp_path: Path) -> None:
    assert run("collect", returned).code == 0
    output = tmp_path / "汇总.xlsx"
    shutil.move(returned / "收回" / "表.xlsx", tmp_path / "别处.xlsx")
    (returned / "收回" / "新来.xlsx").write_bytes(b"no workbook")
    ran = run("summary", returned, "-o", output)
    assert ran.code == 0, ran.err
    assert _status(output) == ["已报"]
    assert "xlsxeval collect" in ran.err
