"""Names of files as they are kept and shown: in any bytes, steering nothing."""

from __future__ import annotations

import os

import pytest

from xlsxeval.parcels import written_out


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("表 格.xlsx".encode(), "表 格.xlsx"),
        ("收回/表格.xlsx".encode("gb18030"), None),
        ("表格.xlsx".encode("gb18030"), "表格.xlsx"),
        (b"\xff\xfe.xlsx", "\\xff\\xfe.xlsx"),
        ("a\u202egpj.xlsx".encode(), "a\\u202egpj.xlsx"),
        (b"a\nb\x1b[2J", "a\\u000ab\\u001b[2J"),
        ("张三\u3000表.xlsx".encode(), "张三\u3000表.xlsx"),
    ],
)
def test_a_name_is_read_or_written_out(raw: bytes, shown: str | None) -> None:
    text = written_out(os.fsdecode(raw))
    assert text == ("收回/表格.xlsx" if shown is None else shown)
    text.encode()


def test_half_of_a_surrogate_pair_is_written_out() -> None:
    assert written_out("a\ud800.xlsx") == "a\\ud800.xlsx"
