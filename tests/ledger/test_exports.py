"""Exports hold every row, with its types, and nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.ledger.books import CAMPAIGN, NOON, WHO, campaign, finding, sha, submit, unit
from xlsxeval.ledger import Ledger
from xlsxeval.ledger.exports import FORMATS, to_csv, to_json, to_parquet
from xlsxeval.ledger.extracts import Extract, Sort
from xlsxeval.ledger.schema import EVENTS, VERSION


@pytest.fixture
def tables(ledger: Ledger) -> dict[str, Extract]:
    with ledger.write(WHO, NOON, "collect") as w:
        w.campaign_version(campaign(unit("001", '=HYPERLINK("http://x")')), "e1")
        one = submit(w, "甲")
        w.judgement(one, "findings", [finding("G4"), finding("G5")])
    with ledger.read() as r:
        return {one.name: one for one in r.extracts()}


def test_every_table_is_there_with_who_and_when(tables: dict[str, Extract]) -> None:
    assert list(tables) == [table.name for table in EVENTS]
    for table in tables.values():
        names = [name for name, _ in table.columns]
        assert {"id", "at", "who"} <= set(names)
        assert all(row[names.index("who")] == WHO and row[names.index("at")] == NOON for row in table.rows)
    assert {name: len(table.rows) for name, table in tables.items() if table.rows} == {
        "actions": 1, "campaigns": 1, "units": 1, "receipts": 1, "submissions": 1, "judgements": 1, "findings": 2,
    }  # fmt: skip


@pytest.mark.parametrize("target", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True)
def test_only_this_campaigns_rows_are_exported(tables: dict[str, Extract], target: str) -> None:
    with Ledger.open(target, "changsha-2024", NOON) as other, other.read() as r:
        assert [one.name for one in r.extracts() if one.rows] == []


def test_json_and_parquet_say_the_same(tables: dict[str, Extract]) -> None:
    for table in tables.values():
        data = json.loads(to_json(table))
        assert (data["schema"], data["table"]) == (VERSION, table.name)
        read = pq.read_table(io.BytesIO(to_parquet(table)))
        assert read.schema.names == [name for name, _ in table.columns]
        assert [tuple(row.values()) for row in read.to_pylist()] == list(table.rows)
        texts = [{name: value for name, value in row.items() if name in ("id", "who")} for row in data["rows"]]
        assert texts == read.select(["id", "who"]).to_pylist()


def test_parquet_has_types(tables: dict[str, Extract]) -> None:
    schema = pq.read_schema(io.BytesIO(to_parquet(tables["actions"])))
    kinds = {name: schema.field(name).type for name in ("id", "at", "clock_back", "what")}
    assert kinds == {
        "id": pa.int64(),
        "at": pa.timestamp("us", tz="UTC"),
        "clock_back": pa.bool_(),
        "what": pa.string(),
    }


def test_json_moments_are_in_utc(tables: dict[str, Extract]) -> None:
    (row,) = json.loads(to_json(tables["actions"]))["rows"]
    assert (row["at"], row["clock_back"], row["campaign"]) == ("2025-03-01T12:00:00.000000Z", False, CAMPAIGN)


def test_csv_is_what_was_written(tables: dict[str, Extract]) -> None:
    content = to_csv(tables["receipts"])
    assert content.startswith(b"\xef\xbb\xbf")
    (row,) = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    assert (row["sha256"], row["name"], row["sender"]) == (sha("甲"), "甲.xlsx", "")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"), ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"), ("-2+3", "'-2+3"), ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"), (" =1", "' =1"), ("＝1+1", "'＝1+1"), ("\rx", "'\rx"),
        ("-12.50", "-12.50"), ("-5%", "-5%"), ("+1,234", "+1,234"), ("水利局", "水利局"), ("a=b", "a=b"), ("", ""),
    ],
)  # fmt: skip
def test_no_text_becomes_a_formula(text: str, written: str) -> None:
    extract = Extract("t", (("a", Sort.TEXT), ("b", Sort.TEXT)), ((text, "x"),))
    rows = list(csv.reader(io.StringIO(to_csv(extract).decode("utf-8-sig"), newline="")))
    assert rows == [["a", "b"], [written, "x"]]


def test_the_formats_are_those_of_the_command() -> None:
    assert list(FORMATS) == ["csv", "json", "parquet"]
