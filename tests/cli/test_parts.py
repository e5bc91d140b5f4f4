"""Forms that were sent out apart: once all are there they stand for their unit as one workbook does."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from docx import Document

from tests.cli.conftest import Office
from tests.cli.running import VALUES, run
from tests.support.yaml_files import read_yaml, yaml_text
from xlsxeval.campaign.folders import RESULTS, RETURNED


@pytest.fixture(scope="module")
def parts(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The filled workbooks of the parts of the office's unit."""
    folder = tmp_path_factory.mktemp("parts")
    assert run("generate", office.campaign, "-o", folder / "out", "--split").code == 0
    values = read_yaml(VALUES)
    for blank in (folder / "out").rglob("*.xlsx"):
        sheet = blank.stem.rpartition(" ")[2]
        typed = folder / f"{sheet}.yaml"
        typed.write_text(yaml_text({sheet: values[sheet]}), encoding="utf-8")
        done = run("fill", blank, typed, "-o", folder / "filled" / blank.name)
        assert done.code == 0, done.err
    return folder / "filled"


def task_of(office: Office, folder: Path, *files: Path) -> Path:
    shutil.copytree(office.campaign, folder)
    (folder / RETURNED).mkdir(exist_ok=True)
    for file in files:
        shutil.copy(file, folder / RETURNED)
    return folder


def text_of(report: Path) -> list[str]:
    document = Document(str(report))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return [*(paragraph.text for paragraph in document.paragraphs), *cells]


def figures_of(summary: Path) -> Iterator[tuple[str, list[object]]]:
    book = openpyxl.load_workbook(summary, data_only=True)
    for name in ("单位", "项目", "资金", "指标"):
        if name in book.sheetnames:
            yield name, [cell.value for row in book[name].iter_rows() for cell in row]


def test_all_parts_give_the_report_and_the_figures_of_the_whole(office: Office, parts: Path, tmp_path: Path) -> None:
    whole = task_of(office, tmp_path / "整份", office.filled)
    apart = task_of(office, tmp_path / "分表", *sorted(parts.iterdir()))
    assert run("run", whole).code == 0
    done = run("run", apart)
    assert done.code == 0, done.err
    one, other = ((*(task / RESULTS).glob("*报告.docx"),)[0] for task in (whole, apart))
    assert text_of(other) == text_of(one)
    assert dict(figures_of(apart / RESULTS / "汇总.xlsx")) == dict(figures_of(whole / RESULTS / "汇总.xlsx"))
    assert "没有新的" in run("run", apart).err
    assert run("report", apart, "-o", tmp_path / "报告").code == 0
    (again,) = (tmp_path / "报告").glob("*报告.docx")
    assert text_of(again) == text_of(one)
    assert run("summary", apart, "-o", tmp_path / "汇总.xlsx").code == 0
    assert dict(figures_of(tmp_path / "汇总.xlsx")) == dict(figures_of(whole / RESULTS / "汇总.xlsx"))
    assert run("check", other, "--campaign", apart).code == 0


def test_of_a_part_that_is_missing_it_is_told_which(office: Office, parts: Path, tmp_path: Path) -> None:
    came = [path for path in sorted(parts.iterdir()) if not path.stem.endswith("附件2")]
    task = task_of(office, tmp_path / "分表", *came)
    assert run("collect", task).code == 0
    done = run("report", task, "-o", tmp_path / "报告")
    assert done.code == 1
    assert "还缺 附件2" in done.err
    assert not list((tmp_path / "报告").glob("*.docx"))
