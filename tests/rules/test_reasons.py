"""Reasons that name a cause, and those that are none: a table of lines."""

from __future__ import annotations

from pathlib import Path

from xlsxeval.rules.reasons import tells_nothing

TABLE = Path(__file__).parent / "reasons.txt"


def test_a_reason_is_one_where_it_names_a_cause() -> None:
    lines = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines() if line[:1] not in ("", "#")]
    wrongly = [reason for kind, reason in lines if tells_nothing(reason) is not (kind == "none")]
    assert {kind for kind, _ in lines} == {"none", "cause"}
    assert wrongly == []
