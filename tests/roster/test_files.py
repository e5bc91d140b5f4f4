"""Whatever stands in the place of the roster: a message that names the file, never a traceback."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.hostile.bombs import comments_without_end
from tests.roster.desk import empty_roster, library
from xlsxeval.errors import DefinitionError
from xlsxeval.roster import book, is_untouched, load_roster


def _without(part: str) -> bytes:
    return _with(part, None)


def _with(part: str, content: bytes | None) -> bytes:
    """The empty roster with a part replaced, or left out."""
    old, buffer = zipfile.ZipFile(io.BytesIO(empty_roster("hunan-2024"))), io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
            elif content is not None:
                new.writestr(name, content)
    return buffer.getvalue()


def _zip_of(name: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        file.writestr(name, b"x")
    return buffer.getvalue()


BROKEN = {
    "empty": b"",
    "text": "单位代码,名称\n001,某某局\n".encode("gb18030"),
    "cut off": empty_roster("hunan-2024")[:5000],
    "old Excel": bytes.fromhex("d0cf11e0a1b11ae1") + bytes(2000),
    "zip of a workbook": _zip_of("名册.xlsx"),
    "without its workbook": _without("xl/workbook.xml"),
    "without styles": _with("xl/styles.xml", b"<nothing/>"),
    "a worksheet that is no XML": _with("xl/worksheets/sheet2.xml", b"<worksheet"),
    "a document type": _with("xl/worksheets/sheet2.xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><worksheet/>"),
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_file_is_told_by_its_name(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "名册.xlsx"
    path.write_bytes(content)
    with pytest.raises(DefinitionError) as caught:
        load_roster(path, library())
    (problem,) = caught.value.problems
    assert (problem.file, problem.line) == (str(path), 0)
    assert problem.message


def test_what_would_cost_openpyxl_minutes_is_refused_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(book, "load_workbook", lambda _: pytest.fail("openpyxl was asked"))
    path = tmp_path / "名册.xlsx"
    path.write_bytes(comments_without_end())
    with pytest.raises(DefinitionError, match="超过"):
        load_roster(path, library())


def test_a_worksheet_lost_is_told_with_all_else(tmp_path: Path) -> None:
    path = tmp_path / "名册.xlsx"
    path.write_bytes(_without("xl/worksheets/sheet2.xml"))
    with pytest.raises(DefinitionError, match="缺少工作表「任务」"):
        load_roster(path, library())


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError, match="不存在"):
        load_roster(tmp_path / "名册.xlsx", library())


def test_a_file_that_cannot_be_read_is_not_taken_for_untouched(tmp_path: Path) -> None:
    path = tmp_path / "名册.xlsx"
    path.write_bytes(BROKEN["cut off"])
    assert not is_untouched(path)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**9), st.binary(min_size=1, max_size=40))
def test_any_damage_raises_a_definition_error_or_none(
    tmp_path_factory: pytest.TempPathFactory, at: int, bytes_: bytes
) -> None:
    content = bytearray(empty_roster("hunan-2024"))
    at %= len(content)
    content[at : at + len(bytes_)] = bytes_
    path = tmp_path_factory.getbasetemp() / "名册.xlsx"
    path.write_bytes(content)
    with pytest.raises(DefinitionError):  # undamaged it has no unit, which is a fault too
        load_roster(path, library())
