"""Extracts as the bytes of files that other programs read: CSV, JSON, Parquet."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from xlsxeval.errors import UsageError
from xlsxeval.ledger.columns import instant_text
from xlsxeval.ledger.extracts import Extract, Sort
from xlsxeval.ledger.schema import VERSION

_STARTS_A_FORMULA = re.compile(r"^[\s]*[=+\-@＝＋－＠]|^[\t\r\n]")
_PLAIN_NUMBER = re.compile(r"^[+-]?\d[\d,]*(\.\d+)?%?$")


def to_csv(extract: Extract) -> bytes:
    """UTF-8 with the mark by which Excel knows it. What a spreadsheet would run as a formula gets an apostrophe before it."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(name for name, _ in extract.columns)
    writer.writerows([_harmless(value) for value in row] for row in extract.rows)
    return stream.getvalue().encode("utf-8-sig")


def to_json(extract: Extract) -> bytes:
    """``{"schema": 1, "table": …, "rows": [{column: value}, …]}``; moments as ISO text in UTC."""
    names = [name for name, _ in extract.columns]
    rows = [dict(zip(names, map(_plain, row), strict=True)) for row in extract.rows]
    data = {"schema": VERSION, "table": extract.name, "rows": rows}
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def to_parquet(extract: Extract) -> bytes:
    """Typed columns. Raises UsageError where pyarrow is not installed."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise UsageError("写 Parquet 要用 pyarrow，还没有安装。请先运行：pip install 'xlsxeval[parquet]'") from None
    types = {
        Sort.NUMBER: pa.int64(),
        Sort.TRUTH: pa.bool_(),
        Sort.MOMENT: pa.timestamp("us", tz="UTC"),
        Sort.TEXT: pa.string(),
    }
    schema = pa.schema([(name, types[sort]) for name, sort in extract.columns])
    columns = list(zip(*extract.rows, strict=True)) or [() for _ in extract.columns]
    table = pa.table(
        [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)], schema=schema
    )
    sink = io.BytesIO()
    pq.write_table(table, sink)
    return sink.getvalue()


FORMATS: Mapping[str, Callable[[Extract], bytes]] = {"csv": to_csv, "json": to_json, "parquet": to_parquet}
"""By the ending of the file's name."""


def _plain(value: Any) -> Any:
    return instant_text(value) if isinstance(value, dt.datetime) else value


def _harmless(value: Any) -> Any:
    value = _plain(value)
    if isinstance(value, str) and _STARTS_A_FORMULA.match(value) and not _PLAIN_NUMBER.match(value):
        return f"'{value}"
    return value
