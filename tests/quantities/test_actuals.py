"""Whether targets were reached, for actuals in all the ways in which people write them: a table of lines."""

from __future__ import annotations

from pathlib import Path

from xlsxeval.quantities import compare

TABLE = Path(__file__).parent / "actuals.txt"


def test_each_actual_is_what_the_table_says_of_it() -> None:
    lines = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if line[:1] not in ("", "#")]
    other = {}
    for line in lines:
        target, actual, name, state = line.split("|")
        read = compare(target, actual, name or "培训人次", 2024).state
        if read.value != state:
            other[line] = read.value
    assert len(lines) > 200
    assert other == {}
