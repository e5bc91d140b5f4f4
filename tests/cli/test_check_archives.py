"""``check`` takes archives apart: their tables are judged, what lies beside them is a note."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.running import run
from tests.parcels.packing import archive
from tests.support.base import base


def checked(tmp_path: Path, name: str, data: bytes, *options: str | Path) -> tuple[dict[str, list[str]], str]:
    """The codes found in each file of an archive, and what was said besides."""
    path = tmp_path / name
    path.write_bytes(data)
    done = run("check", path, "--format", "json", *options)
    files = json.loads(done.out)["files"]
    return {
        one["path"].removeprefix(str(path)): [found["code"] for found in one["findings"]] for one in files
    }, done.err


def test_tables_are_judged_and_companions_are_a_note(tmp_path: Path) -> None:
    data = archive([("说明.txt", b"x"), ("甲/表.xlsx", base().data), ("照片.jpg", b"\xff\xd8"), ("坏.xlsx", b"bad")])
    found, said = checked(tmp_path, "收表.zip", data)
    assert list(found) == [" › 甲/表.xlsx", " › 坏.xlsx"]
    assert not {"F002", "F014"} & set(found[" › 甲/表.xlsx"])
    assert found[" › 坏.xlsx"] == ["F002"]
    assert "2 个不是表" in said
    assert "照片.jpg" in said


def test_an_archive_without_tables_is_a_finding_itself(tmp_path: Path) -> None:
    assert checked(tmp_path, "收表.zip", archive([("说明.txt", b"x")]))[0] == {"": ["F014"]}


def test_a_table_that_cannot_be_taken_out_is_told_and_the_others_are_judged(tmp_path: Path) -> None:
    inner = bytearray(archive([("内.xlsx", base().data)]))
    found, _ = checked(tmp_path, "收表.zip", archive([("内.zip", bytes(inner)), ("表.xlsx", base().data)]))
    assert list(found) == [" › 内.zip › 内.xlsx", " › 表.xlsx"]


def test_what_lies_in_an_archive_has_no_annotated_copy(tmp_path: Path) -> None:
    _, said = checked(tmp_path, "收表.zip", archive([("表.xlsx", base().data)]), "--annotate", tmp_path / "标注")
    assert "1 份在压缩包里" in said
