"""The tables of every sample's README tell exactly what expected.json lists."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.docs.pages import ROOT
from xlsxeval.api import open_campaign

SAMPLES = sorted(path.parent for path in (ROOT / "samples").glob("*/expected.json"))
_ROW = re.compile(r"^\| (?P<code>[A-Z]\d{3}) [✗△○] \| (?P<place>[\w-]+![A-Z]+\d+)", re.MULTILINE)
_CELLS = re.compile(r"`values/as-printed\.yaml` \|.*\((\d+) cells?\)")


def _expected(sample: Path) -> dict[str, set[str]]:
    found = json.loads((sample / "expected.json").read_text(encoding="utf-8"))
    return {name: set(entries) for name, entries in found.items()}


def _told(sample: Path) -> tuple[set[str], set[str]]:
    """What the README tells before and after its heading of the figures as printed."""
    before, _, after = (sample / "README.md").read_text(encoding="utf-8").partition("### As printed")
    first, second = ({f"{row['code']} {row['place']}" for row in _ROW.finditer(part)} for part in (before, after))
    return first, second


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_every_finding_of_the_careful_submission_is_told_and_no_other(sample: Path) -> None:
    assert _told(sample)[0] == _expected(sample)["careful.xlsx"]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_every_finding_of_the_printed_figures_is_told_and_no_other(sample: Path) -> None:
    before, after = _told(sample)
    found = {entry for entry in _expected(sample)["as-printed.xlsx"] if not entry.startswith("T101 ")}
    assert found <= before | after
    assert after <= found


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_the_number_of_figures_typed_over_is_told(sample: Path) -> None:
    typed_over = {entry for entry in _expected(sample)["as-printed.xlsx"] if entry.startswith("T101 ")}
    told = _CELLS.search((sample / "README.md").read_text(encoding="utf-8"))
    assert told is not None
    assert int(told[1]) == len(typed_over)


_GIVEN = re.compile(r"^\| (?P<code>[A-Z]\d{3}) [✗△○] \| campaign\.yaml: (?P<lines>[\d, ]+) \|", re.MULTILINE)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_what_the_campaign_gives_is_told_at_its_lines_and_to_no_unit(sample: Path) -> None:
    rows = _GIVEN.finditer((sample / "README.md").read_text(encoding="utf-8"))
    told = {(row["code"], int(line)) for row in rows for line in row["lines"].split(",")}
    problems = open_campaign(sample).lint()
    assert all(problem.warning for problem in problems)
    assert {(problem.message.split()[0], problem.line) for problem in problems} == told
