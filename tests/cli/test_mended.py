"""A mended 标注版 knows which file it answers: it takes that file's place on the same day, and orders nothing else."""

from __future__ import annotations

import hashlib
import io
from itertools import permutations
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.collectdesk import MONDAY, TUESDAY, Desk, filled, states
from tests.cli.running import run


def annotated(desk: Desk, data: bytes, folder: Path) -> Path:
    """The annotated copy of a return, as ``check`` writes it for the campaign."""
    folder.mkdir(parents=True)
    source = folder / "收到.xlsx"
    source.write_bytes(data)
    done = run(
        "--templates", desk.post.templates, "check", source, "--campaign", desk.task, "--annotate", folder / "标注"
    )
    assert done.code == 1, done.err
    (copy,) = (folder / "标注").glob("*.xlsx")
    return copy


def mended(desk: Desk, data: bytes, folder: Path, spent: float = 7) -> bytes:
    """What a unit makes of the annotated copy of its return."""
    return filled(annotated(desk, data, folder), {"附件1": {"spent": spent}}, folder, desk.post.templates)


@pytest.fixture
def answer(desk: Desk, tmp_path: Path) -> bytes:
    """A mended copy of the third unit's faulty return."""
    return mended(desk, desk.books["003 wrong"], tmp_path / "一")


def test_it_takes_the_place_of_what_it_answers_on_the_same_day(desk: Desk, answer: bytes) -> None:
    desk.put("一.xlsx", "003 wrong")
    desk.put("二.xlsx", answer)
    result = desk.collect()
    assert states(result) == {"一.xlsx": "superseded", "二.xlsx": "current"}
    assert result.conflicts == ()


def test_also_where_its_file_bears_an_earlier_day_or_came_first(desk: Desk, answer: bytes) -> None:
    """A unit's clock may be wrong, and of two mails the later may be read first."""
    desk.put("二.xlsx", answer, MONDAY)
    assert states(desk.collect()) == {"二.xlsx": "current"}
    desk.put("一.xlsx", "003 wrong", TUESDAY)
    assert states(desk.collect()) == {"二.xlsx": "current", "一.xlsx": "superseded"}


def test_a_mended_copy_of_a_mended_copy_answers_both(desk: Desk, answer: bytes, tmp_path: Path) -> None:
    again = mended(desk, mended(desk, desk.books["003 wrong"], tmp_path / "二", spent=8), tmp_path / "三")
    for number, names in enumerate(permutations(("一.xlsx", "二.xlsx"))):
        for name in names:
            desk.put(f"{number}/{name}", {"一.xlsx": desk.books["003 wrong"], "二.xlsx": again}[name])
        assert {one.state.value for one in desk.collect().files if one.receipt.source.endswith("二.xlsx")} <= {
            "current",
            "duplicate",
        }


def test_two_mends_of_one_file_are_for_a_person_to_choose_from(desk: Desk, answer: bytes, tmp_path: Path) -> None:
    desk.put("一.xlsx", "003 wrong")
    desk.put("二.xlsx", answer)
    desk.put("三.xlsx", mended(desk, desk.books["003 wrong"], tmp_path / "二", spent=8))
    assert states(desk.collect()) == {"一.xlsx": "superseded", "二.xlsx": "conflict", "三.xlsx": "conflict"}


def test_of_files_in_conflict_it_takes_the_place_of_its_own(desk: Desk, answer: bytes) -> None:
    desk.put("一.xlsx", "003 wrong")
    desk.put("甲.xlsx", "003a")
    assert set(states(desk.collect()).values()) == {"conflict"}
    desk.put("二.xlsx", answer)
    assert states(desk.collect()) == {"一.xlsx": "superseded", "甲.xlsx": "conflict", "二.xlsx": "conflict"}


@pytest.mark.parametrize("mark", ["unsigned", "of another file", "of another seal"])
def test_a_mark_that_is_not_the_campaigns_orders_nothing(desk: Desk, answer: bytes, tmp_path: Path, mark: str) -> None:
    book = load_workbook(io.BytesIO(answer))
    page = book["_seal"]
    if mark == "unsigned":
        page["B2"] = "0" * 64
    elif mark == "of another file":
        page["B3"] = hashlib.sha256(desk.books["003a"]).hexdigest()
    else:
        other = load_workbook(io.BytesIO(mended(desk, desk.books["003 wrong"], tmp_path / "二")))["_seal"]
        page["A2"] = str(page["A2"].value).translate(str.maketrans("0123456789abcdef", "123456789abcdef0"))
        page["B2"] = other["B2"].value
    buffer = io.BytesIO()
    book.save(buffer)
    desk.put("一.xlsx", "003 wrong" if mark != "of another file" else "003a")
    desk.put("二.xlsx", buffer.getvalue())
    assert set(states(desk.collect()).values()) == {"conflict"}


def test_without_a_campaign_nothing_is_signed(desk: Desk, tmp_path: Path) -> None:
    source = tmp_path / "收到.xlsx"
    source.write_bytes(desk.books["003 wrong"])
    run("--templates", desk.post.templates, "check", source, "--annotate", tmp_path / "标注")
    (copy,) = (tmp_path / "标注").glob("*.xlsx")
    assert load_workbook(copy)["_seal"]["B1"].value is None
