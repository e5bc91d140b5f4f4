"""Verdicts as Parquet: nothing is lost on the way there and back, and the same verdicts give the same bytes."""

from __future__ import annotations

import io
from dataclasses import replace

import pyarrow.parquet as pq
import pytest

from xlsxeval.errors import UsageError
from xlsxeval.forms.library import Library
from xlsxeval.forms.settings import RuleSetting
from xlsxeval.intake.identity import Context, Layouts
from xlsxeval.intake.submission import open_returned
from xlsxeval.model import Place, Severity
from xlsxeval.output.parquet import tables_of, verdicts_of
from xlsxeval.resources import samples_directory, templates_directory
from xlsxeval.rules.engine import judge
from xlsxeval.rules.facts import Overwritten
from xlsxeval.rules.verdict import Verdict


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> list[Verdict]:
    """A return with findings, and a file that is none."""
    rubbish = tmp_path_factory.mktemp("in") / "坏的.xlsx"
    rubbish.write_bytes(b"rubbish")
    context, layouts = Context(Library(templates_directory())), Layouts()
    files = [samples_directory() / "chenxi-2024" / "submitted" / "as-printed.xlsx", rubbish]
    read, rejected = [judge(open_returned(path, context, layouts)) for path in files]
    assert read.facts is not None
    facts = replace(
        read.facts, overwritten=(Overwritten(Place("附件1", "B2", None), "甲局", "乙局"),), parts=("附件1",)
    )
    settings = (RuleSetting("V112", None, "campaign", "另有规定"), RuleSetting("V113", Severity.INFO, "edition"))
    return [replace(read, facts=facts, settings=settings), rejected]


def test_verdicts_come_back_as_they_were(verdicts: list[Verdict]) -> None:
    assert verdicts[0].findings
    assert verdicts[1].status == "rejected"
    assert verdicts_of(*tables_of(verdicts)) == verdicts


def test_the_same_verdicts_give_the_same_bytes(verdicts: list[Verdict]) -> None:
    assert tables_of(verdicts) == tables_of(verdicts)


def test_other_programs_can_count(verdicts: list[Verdict]) -> None:
    files, findings = (pq.read_table(io.BytesIO(content)) for content in tables_of(verdicts))
    rows = files.to_pylist()
    assert [row["status"] for row in rows] == ["findings", "rejected"]
    errors = [sum(one.severity is Severity.ERROR for one in verdict.findings) for verdict in verdicts]
    assert [row["errors"] for row in rows] == errors
    assert findings.num_rows == sum(len(verdict.findings) for verdict in verdicts)
    assert len(set(findings["fingerprint"].to_pylist())) == findings.num_rows


def test_no_findings_at_all_is_a_table_too() -> None:
    files, findings = (pq.read_table(io.BytesIO(content)) for content in tables_of([]))
    assert (files.num_rows, findings.num_rows) == (0, 0)


def test_another_file_is_told() -> None:
    with pytest.raises(UsageError, match="Parquet"):
        verdicts_of(b"rubbish", b"rubbish")


def test_a_name_that_no_utf8_can_hold_is_written_out(verdicts: list[Verdict]) -> None:
    (again,) = verdicts_of(*tables_of([replace(verdicts[1], path="\udcff.xlsx")]))
    assert again.path == r"\xff.xlsx"
