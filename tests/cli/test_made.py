"""The record of what was made from what."""

from __future__ import annotations

from pathlib import Path

import pytest

from xlsxeval.campaign.products import Made


@pytest.fixture
def output(tmp_path: Path) -> Path:
    path = tmp_path / "结果" / "汇总.xlsx"
    path.parent.mkdir()
    path.write_bytes(b"made")
    return path


def opened(folder: Path) -> Made:
    return Made(folder / ".xlsxeval" / "made.jsonl", folder)


def test_what_was_recorded_is_fresh_for_the_same_inputs_only(output: Path, tmp_path: Path) -> None:
    opened(tmp_path).record(output, "a")
    made = opened(tmp_path)
    assert (made.is_fresh(output, "a"), made.is_fresh(output, "b")) == (True, False)
    assert (made.is_ours(output), made.is_edited(output), made.news) == (True, False, 0)


def test_an_output_that_was_changed_is_fresh_and_no_longer_ours(output: Path, tmp_path: Path) -> None:
    opened(tmp_path).record(output, "a")
    output.write_bytes(b"changed")
    made = opened(tmp_path)
    assert (made.is_fresh(output, "a"), made.is_ours(output), made.is_edited(output)) == (True, False, True)


def test_an_output_that_is_gone_is_not_fresh(output: Path, tmp_path: Path) -> None:
    opened(tmp_path).record(output, "a")
    output.unlink()
    made = opened(tmp_path)
    assert (made.is_fresh(output, "a"), made.is_ours(output), made.is_edited(output)) == (False, False, False)
    assert made.paths(output.parent, ".xlsx") == []


def test_what_lies_there_and_was_never_made_is_somebodys(output: Path, tmp_path: Path) -> None:
    made = opened(tmp_path)
    assert (made.is_fresh(output, "a"), made.is_ours(output)) == (False, False)


def test_the_last_record_of_a_path_counts_and_the_file_does_not_grow_for_ever(output: Path, tmp_path: Path) -> None:
    made = opened(tmp_path)
    for number in range(300):
        made.record(output, str(number))
    made = opened(tmp_path)
    assert made.is_fresh(output, "299")
    assert len(made.file.read_bytes().splitlines()) == 1


@pytest.mark.parametrize("damage", [b'{"path": "x', b"\xff\xfe", b"null", b"[]", b'{"path": 1}'])
def test_a_spoiled_line_costs_no_more_than_itself(output: Path, tmp_path: Path, damage: bytes) -> None:
    made = opened(tmp_path)
    made.record(output, "a")
    with made.file.open("ab") as file:
        file.write(damage)
    made = opened(tmp_path)
    assert made.is_fresh(output, "a")
    made.record(output, "b")
    assert opened(tmp_path).is_fresh(output, "b")


def test_the_folder_may_be_moved_as_a_whole(output: Path, tmp_path: Path) -> None:
    opened(tmp_path).record(output, "a")
    moved = tmp_path.rename(tmp_path.with_name(f"{tmp_path.name} 搬走"))
    assert opened(moved).is_fresh(moved / "结果" / "汇总.xlsx", "a")
