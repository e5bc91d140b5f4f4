"""``check --annotate`` and ``run``: which files are written where, under which names, and what is never touched."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.running import CAMPAIGN, VALUES, files_below, run
from tests.support.base import base
from tests.workbook.annotating import typed_over
from tests.workbook.opened import Opened
from xlsxeval.campaign.folders import ANNOTATED, RESULTS, RETURNED, SENT
from xlsxeval.forms.sheet_names import FINDINGS_SHEET
from xlsxeval.results.annotated import tasks
from xlsxeval.rules.verdict import Subject, Verdict

NAME = "001 某某局（标注版）.xlsx"
SCORE = "附件2!indicators[1].score"


@pytest.fixture
def came(tmp_path: Path) -> Path:
    """A folder with one return that has a score above its weight, under a name that says nothing."""
    folder = tmp_path / "来的表"
    folder.mkdir()
    (folder / "表(2)最终版.xlsx").write_bytes(typed_over(base(), {SCORE: 9.0}))
    return folder


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_copy_is_named_after_the_unit_and_the_received_file_is_not_touched(came: Path, tmp_path: Path) -> None:
    before = files_below(came)
    plain = run("check", came, "--format", "concise")
    ran = run("check", came, "--annotate", tmp_path / "标注", "--format", "concise")
    assert (ran.code, ran.out) == (plain.code, plain.out)
    assert ran.code == 1
    assert names(tmp_path / "标注") == [NAME]
    assert files_below(came) == before
    head = Opened((tmp_path / "标注" / NAME).read_bytes()).sheet(FINDINGS_SHEET)
    assert any("表(2)最终版.xlsx" in str(head.cell(row, 1).value) for row in range(1, 6))


def test_the_copy_that_comes_back_is_found_to_be_what_it_was(came: Path, tmp_path: Path) -> None:
    out = tmp_path / "标注"
    run("check", came, "--annotate", out)
    first = run("check", came, "--format", "concise").out.replace(str(came / "表(2)最终版.xlsx"), "")
    again = run("check", out, "--format", "concise").out.replace(str(out / NAME), "")
    assert again == first
    assert "S101" in again


def test_two_different_files_of_a_unit_get_two_copies_and_the_same_file_twice_gets_one(
    came: Path, tmp_path: Path
) -> None:
    (came / "又一份.xlsx").write_bytes(typed_over(base(), {SCORE: 8.0}))
    (came / "同一份.xlsx").write_bytes((came / "又一份.xlsx").read_bytes())
    run("check", came, "--annotate", tmp_path / "标注", "-j", "2")
    stem = NAME.removesuffix("（标注版）.xlsx")
    assert names(tmp_path / "标注") == [f"{stem}（标注版，第{number}份）.xlsx" for number in (1, 2)]


def test_a_rejected_file_gets_none_and_is_named(came: Path, tmp_path: Path) -> None:
    (came / "坏的.xlsx").write_bytes(b"PK\x03\x04 broken")
    ran = run("check", came, "--annotate", tmp_path / "标注", "--format", "json")
    assert names(tmp_path / "标注") == [NAME]
    assert str(came / "坏的.xlsx") in ran.err


def test_what_was_there_is_set_aside_and_the_same_again_changes_nothing(came: Path, tmp_path: Path) -> None:
    out = tmp_path / "标注"
    run("check", came, "--annotate", out)
    first = files_below(out)
    run("check", came, "--annotate", out)
    assert files_below(out) == first
    (out / NAME).write_bytes(b"somebody worked on it")
    run("check", came, "--annotate", out)
    kept = files_below(out)
    assert kept.pop(NAME.replace(".xlsx", "（旧1）.xlsx")) == b"somebody worked on it"
    assert kept == first


def test_parts_of_a_unit_are_told_apart_and_stay_parts(tmp_path: Path) -> None:
    task = tmp_path / "任务"
    shutil.copytree(CAMPAIGN, task)
    run("generate", task, "-o", tmp_path / "下发", "--split")
    parts = {"附件1", "附件2"}
    paths = [path for path in (tmp_path / "下发").rglob("*.xlsx") if path.stem.rpartition(" ")[2] in parts]
    run("check", *paths, "--campaign", task, "--annotate", tmp_path / "标注", "--format", "concise")
    stem = NAME.removesuffix("（标注版）.xlsx")
    assert set(names(tmp_path / "标注")) == {f"{stem} {part}（标注版）.xlsx" for part in parts}
    again = json.loads(run("check", tmp_path / "标注", "--campaign", task, "--format", "json").out)
    assert {file["seal"] for file in again["files"]} == {"verified"}
    assert not [finding for file in again["files"] for finding in file["findings"] if finding["code"][0] == "T"]


def test_a_seal_that_does_not_fit_does_not_come_to_fit(came: Path, tmp_path: Path) -> None:
    task = tmp_path / "任务"
    shutil.copytree(CAMPAIGN, task)
    run(
        "generate", task, "-o", tmp_path / "下发"
    )  # the task has a key of its own, with which the return was not sealed
    run("check", came, "--campaign", task, "--annotate", tmp_path / "标注")
    again = json.loads(run("check", tmp_path / "标注", "--campaign", task, "--format", "json").out)
    assert [file["seal"] for file in again["files"]] == ["broken"]
    assert "I020" in again["summary"]["by_code"]


def test_long_names_leave_room_for_part_mark_and_suffix() -> None:
    unit = Subject("4302", "很长的名字" * 40, "c", "e", (), "附" * 31, "verified")
    one, other = (Verdict(path, path, unit, ()) for path in "ab")
    made = [task.name for task in tasks([one, other, one])]
    assert len(set(made)) == len(made) == 2
    assert all(len(name.encode()) <= 244 for name in made)  # 255 less （旧1）


@pytest.mark.parametrize("where", [".", "里面", "里面/更里面"])
def test_copies_never_fall_among_the_received_files(came: Path, where: str) -> None:
    before = files_below(came)
    assert run("check", came, "--annotate", came / where).code == 2
    assert run("check", came / "表(2)最终版.xlsx", "--annotate", came).code == 2
    assert files_below(came) == before


def test_run_puts_them_into_the_results_while_something_is_open(tmp_path: Path) -> None:
    task = tmp_path / "任务"
    shutil.copytree(CAMPAIGN, task)
    run("run", task)
    sent = next((task / SENT).glob(f"{base().unit.code} *.xlsx"))
    filled, wrong = tmp_path / "填好.xlsx", tmp_path / "错.xlsx"
    assert run("fill", sent, VALUES, "-o", filled).code == 0
    values = tmp_path / "错.yaml"
    values.write_text("附件2:\n  indicators:\n    - {score: 9}\n", encoding="utf-8")
    assert run("fill", filled, values, "-o", wrong).code == 0
    back = task / RETURNED / "表.xlsx"
    shutil.copy(wrong, back)
    assert run("run", task).code == 1
    folder = task / RESULTS / ANNOTATED
    assert names(folder) == [NAME]
    assert not run("check", folder / NAME, "--campaign", task, "--format", "concise").out.count(": I0")
    shutil.copy(filled, back)
    done = run("run", task)
    assert NAME.replace(".xlsx", "（旧1）.xlsx") in names(folder)
    assert (NAME in names(folder)) == ("标注版：1 份" in done.err)
