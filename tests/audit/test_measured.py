"""How many of the known errors an audit finds in the five reports, in every layout and kind of file; docs/internals/audit.md prints it."""

from __future__ import annotations

import pytest

from tests.support.published.counting import audited, count
from tests.support.published.files import FILES
from tests.support.published.layouts import LAYOUTS
from tests.support.published.others import others
from tests.support.published.sources import SAMPLES, made_right, published
from xlsxeval.model import Severity

KNOWN = 70
LEAST = {"docx": 64, "html": 64, "pdf": 64, "xlsx": 55}
"""Of 70; a workbook has no text, so 60 are known of it."""

# Every pair would take a minute: each layout in the two kinds that differ most, and each kind in the plain layout.
PAIRS = (
    [(kind, "plain") for kind in FILES]
    + [("docx", layout) for layout in LAYOUTS if layout != "plain"]
    + [("pdf", "foreign")]
)


@pytest.mark.parametrize(("kind", "layout"), PAIRS)
def test_known_errors_are_found_and_no_other(kind, layout):
    counts = [count(published(sample), kind, layout) for sample in SAMPLES]
    assert sum(one.known for one in counts) == (60 if kind == "xlsx" else KNOWN)
    assert sum(one.found for one in counts) >= LEAST[kind]
    assert [one.wrong for one in counts if one.wrong] == []
    tables = sum(one.tables for one in counts)
    assert (tables, sum(one.judged for one in counts)) == (16, 16)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_report_made_right_has_no_error(layout):
    kind = "pdf" if layout == "by-pages" else "docx"
    for sample in SAMPLES:
        report, _ = audited(made_right(sample), kind, layout)
        assert [
            (one.code, one.place, one.message) for one in report.verdict.findings if one.severity is Severity.ERROR
        ] == []
        assert [table.refused for table in report.tables if table.refused] == []


@pytest.mark.parametrize("number", range(len(others())))
@pytest.mark.parametrize("kind", ["docx", "html"])
def test_other_public_reports(number, kind):
    report, told = others()[number]
    result, _ = audited(report, kind, "plain")
    errors = [one.code for one in result.verdict.findings if one.severity is Severity.ERROR]
    assert sorted(errors) == sorted(told["known"])
    judged = sum(table.judged for table in result.tables)
    assert judged == told.get("judged", len(report.forms)), [table.refused for table in result.tables]
