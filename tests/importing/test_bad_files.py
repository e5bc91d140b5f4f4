"""Files that no draft can be made of: told at their place, with exit code 2, and nothing written."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.running import Ran, run
from tests.hostile import RECIPES, Recipe
from tests.importing.forms import write_form

ROWS = [["项目", "预算数"], ["工资", None], ["津贴", None]]


_COSTLY = ("too_many_", "bomb_", "five_megabytes_", "shared_formula_blown_up", "rows_without_end")
_HOSTILE = [recipe for recipe in RECIPES if not recipe.name.startswith(_COSTLY)]
"""The guard's bounds have tests of their own; here all that can get past them counts."""


@pytest.fixture
def form(tmp_path: Path) -> Path:
    return write_form(tmp_path / "表.xlsx", ROWS)


def refused(*arguments: str | Path) -> str:
    """What is said where nothing can be done; never a fault of the program."""
    done: Ran = run("import-form", *arguments)
    assert done.code == 2, done.said
    assert done.out == ""
    assert "程序内部错误" not in done.err
    return done.err


@pytest.mark.parametrize("recipe", _HOSTILE, ids=lambda recipe: recipe.name)
def test_hostile_files_are_told_or_read_and_never_crash(recipe: Recipe, tmp_path: Path) -> None:
    path = tmp_path / "f.xlsx"
    path.write_bytes(recipe.make())
    done = run("import-form", path)
    assert done.code == 2 if recipe.outcome == "rejected" else done.code in (0, 2)
    assert "程序内部错误" not in done.err


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"a,b,c\n", "项目".encode("gbk")])
def test_what_is_no_workbook_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes(content)
    assert str(path) in refused(path)


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    assert "不存在" in refused(tmp_path / "没有.xlsx")
    assert "文件夹" in refused(tmp_path)


def test_several_worksheets_are_listed_and_one_can_be_named(form: Path) -> None:
    book = load_workbook(form)
    book.create_sheet("另一张")["A1"] = "甲"
    book.create_sheet("空的")
    book.save(form)
    both = run("import-form", form)
    assert both.code == 0
    assert both.out.count("\ngrid:") == 2
    said = refused(form, "-o", form.with_suffix(".yaml"))
    assert "表、另一张" in said
    assert "--sheet" in said
    assert run("import-form", form, "--sheet", "另一张").out.count("\ngrid:") == 1
    assert "表、另一张" in refused(form, "--sheet", "空的")


def test_an_empty_workbook_is_told(tmp_path: Path) -> None:
    assert "空的" in refused(write_form(tmp_path / "f.xlsx", []))


def test_hidden_lines_and_columns_are_read_and_told_once(form: Path) -> None:
    book = load_workbook(form)
    book["表"].row_dimensions[2].hidden = True
    book["表"].column_dimensions["B"].hidden = True
    book.save(form)
    text = run("import-form", form).out
    assert text.count("隐藏") == 2
    assert "$工资.预算数" in text


def test_merged_areas_that_overlap_are_mended_and_told_once(form: Path) -> None:
    book = load_workbook(form)
    book["表"].merge_cells("A1:B2")
    book["表"].merge_cells("B2:C3")
    book.save(form)
    text = run("import-form", form).out
    assert text.count("重叠") == 1
    assert "B2:C3" in text


@pytest.mark.parametrize("far", ["A5000", "ZZ1"])
def test_a_huge_form_is_told(form: Path, far: str) -> None:
    book = load_workbook(form)
    book["表"][far] = "远"
    book.save(form)
    assert "最多读 300 行、40 列" in refused(form)


def test_no_file_is_written_over_without_force(form: Path, tmp_path: Path) -> None:
    output = tmp_path / "写好的.yaml"
    output.write_text("人写的\n", encoding="utf-8")
    assert "--force" in refused(form, "-o", output)
    assert output.read_text(encoding="utf-8") == "人写的\n"
    assert run("import-form", form, "-o", output, "--force").code == 0
    assert "form: " in output.read_text(encoding="utf-8")


def test_the_form_is_called_as_its_folder(form: Path, tmp_path: Path) -> None:
    output = tmp_path / "forms" / "income" / "city.yaml"
    assert "income" in refused(form, "-o", output, "--form", "spending")
    assert "3x" in refused(form, "--form", "3x")
    assert run("import-form", form, "-o", output).code == 0
    assert "\nform: income\n" in output.read_text(encoding="utf-8")
