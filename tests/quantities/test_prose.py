"""Figures in running prose: each is found where it stands, and taken for what it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.support.yaml_files import read_yaml
from xlsxeval.quantities import TextSpan, scan

ROWS: list[dict[str, Any]] = read_yaml(Path(__file__).with_name("prose.yaml"))


@pytest.mark.parametrize("row", ROWS, ids=[ascii(row["text"][:12]) for row in ROWS])
def test_prose(row: dict[str, Any]) -> None:
    text = row["text"]
    assert [_told(text, span) for span in scan(text)] == row["finds"]


def _told(text: str, span: TextSpan) -> list[Any]:
    values = [float(quantity.value) for quantity in span.quantities]
    units = {quantity.unit for quantity in span.quantities}
    return [text[span.start : span.end], span.kind.value, *values, *units, *([] if span.exact else ["不是准数"])]
