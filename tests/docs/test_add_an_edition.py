"""The tutorial, followed word by word: its files written, its commands run, in an empty folder and in its order."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from tests.cli.running import run
from tests.docs.city_form import PATH, make
from tests.docs.pages import ROOT, Example, examples

PAGE = ROOT / "docs" / "guide" / "add-an-edition.md"
_FILE = re.compile(r"# (?P<path>\S+\.yaml)\n")
_CODE = re.compile(r"# 退出码 (?P<code>\d)$")
_DRAFT = "# 由 city-form.xlsx"


@dataclass(frozen=True)
class Reader:
    """Somebody who does what the page says, in a folder that has ``templates`` and ``docs`` as the program's has."""

    folder: Path

    def follow(self, example: Example) -> None:
        if example.language == "sh":
            for line in example.text.splitlines():
                self.run(line)
        elif match := _FILE.match(example.text):
            path = self.folder / match["path"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(example.text, encoding="utf-8")
        else:
            assert example.text.startswith(_DRAFT), example.text
            drafted = self.folder / "某某市模板" / "forms" / "overall" / "moumou-2025.yaml"
            assert drafted.read_text(encoding="utf-8") == example.text

    def run(self, line: str) -> None:
        """One command; it must end as the page says, which is with 0 where it says nothing."""
        program, *arguments = shlex.split(line, comments=True)
        if program == "cp":
            subprocess.run([program, *arguments], cwd=self.folder, check=True)
            return
        assert program == "xlsxeval"
        done = run(*arguments)
        said = _CODE.search(line)
        assert done.code == (int(said["code"]) if said else 0), f"{line}\n{done.out}\n{done.err}"


@pytest.mark.skipif(shutil.which("cp") is None, reason="the page's cp is a hand's work on Windows")
def test_the_page_leads_from_a_blank_form_to_a_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("XLSXEVAL_TEMPLATES", raising=False)
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    shutil.copytree(PATH.parent, tmp_path / "docs" / "guide" / PATH.parent.name)
    reader = Reader(tmp_path)
    for example in examples(PAGE):
        reader.follow(example)
    (report,) = (tmp_path / "某某市2025" / "报告").glob("*.docx")
    text = "\n".join(paragraph.text for paragraph in Document(str(report)).paragraphs)
    assert "总支出490万元" in text
    assert "预算执行率98%" in text
    assert "自评得分：98.74分（满分100分），评价等级为“优秀”" in text


def test_every_command_of_the_page_stands_in_a_block_that_is_followed() -> None:
    assert {example.language for example in examples(PAGE)} == {"sh", "yaml"}
    commands = [line for example in examples(PAGE) if example.language == "sh" for line in example.text.splitlines()]
    wanted = {"import-form", "lint", "editions", "generate", "fill", "check", "report"}
    assert {word for line in commands for word in shlex.split(line)} >= wanted


def test_the_official_form_is_what_its_recipe_makes() -> None:
    kept, made = load_workbook(PATH).worksheets[0], make().worksheets[0]
    assert [[cell.value for cell in row] for row in kept.iter_rows()] == [
        [cell.value for cell in row] for row in made.iter_rows()
    ]
    assert {str(area) for area in kept.merged_cells.ranges} == {str(area) for area in made.merged_cells.ranges}
