"""Texts that look the same and are not are told by their characters; others are left to the eye."""

from __future__ import annotations

import pytest

from xlsxeval.rules.lookalike import lookalike


@pytest.mark.parametrize(
    ("shown", "expected", "codes"),
    [
        ("某某\u200b局", "某某局", ["U+200B"]),
        ("\u4fe1息中\uf9d3", "信息中\u9678", ["U+F9D3"]),
        ("\u0410厂", "A厂", ["U+0410", "U+0041"]),
    ],
    ids=["zero width", "compatibility form", "Cyrillic"],
)
def test_what_looks_the_same_is_told_by_its_code(shown: str, expected: str, codes: list[str]) -> None:
    told = lookalike(shown, expected) or ""
    assert [code for code in codes if code not in told] == []


@pytest.mark.parametrize(
    ("shown", "expected"), [("元", "万元"), ("≥90%", "≥95%"), ("甲局", "乙局"), ("B厂", "A厂"), ("", "甲")]
)
def test_what_looks_different_is_left_to_the_eye(shown: str, expected: str) -> None:
    assert lookalike(shown, expected) is None
