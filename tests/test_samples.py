"""The samples: what is found in each submission is exactly what expected.json lists, and nothing else."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from tests.support.agreeing import disagreements
from tests.support.office import convert_all
from xlsxeval.forms.campaign import load_campaign
from xlsxeval.forms.library import Library
from xlsxeval.forms.seal import make_seal
from xlsxeval.intake.identity import Context, Layouts
from xlsxeval.intake.submission import Submission, open_returned, read_returned
from xlsxeval.layout.layout import CellKind
from xlsxeval.layout.placing import build_layout
from xlsxeval.layout.values_file import load_values
from xlsxeval.rules.engine import judge
from xlsxeval.workbook import fill_workbook, workbook_bytes

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = sorted(path.parent for path in (ROOT / "samples").glob("*/campaign.yaml"))
SUBMITTED = sorted((ROOT / "samples").glob("*/submitted/*.xlsx"))
KEY = b"k" * 32


def _id(path: Path) -> str:
    return f"{path.parent.parent.name}-{path.stem}"


@pytest.mark.parametrize("path", SUBMITTED, ids=_id)
def test_a_submission_gives_exactly_what_is_expected(path: Path) -> None:
    expected = json.loads((path.parent.parent / "expected.json").read_text(encoding="utf-8"))
    verdict = judge(open_returned(path, Context(Library(ROOT / "templates")), Layouts()))
    found = [f"{finding.code} {finding.place.sheet}!{finding.place.cell}" for finding in verdict.findings]
    assert found == expected[path.name]
    assert disagreements(verdict.findings) == []


def test_the_printed_rate_of_zhuzhou_is_told_with_the_right_one() -> None:
    path = ROOT / "samples" / "zhuzhou-2024" / "submitted" / "as-printed.xlsx"
    verdict = judge(open_returned(path, Context(Library(ROOT / "templates")), Layouts()))
    rates = {
        (finding.place.sheet, finding.place.cell): (finding.shown, finding.expected)
        for finding in verdict.findings
        if finding.code == "L101"
    }
    assert rates == {
        ("附件2", "G4"): ("100.00%", "93.48%"),
        ("附件3-4", "H8"): ("10.00%", "10.40%"),
        ("附件3-5", "H8"): ("80.00%", "80.20%"),
    }


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_values_come_back_unchanged(sample: Path) -> None:
    submission = _submission(_filled(sample))
    typed = load_values(sample / "values" / "careful.yaml", submission.layout)
    assert {address: submission.inputs[address] for address in typed} == typed
    untouched = {a for a in submission.inputs if a not in typed}
    assert all(submission.inputs[address] is None for address in untouched)


@pytest.mark.libreoffice
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_a_real_office_program_changes_nothing_that_is_reported(sample: Path) -> None:
    """LibreOffice opens, computes everything again and saves: the same findings, and its values are ours."""
    ours = _submission(_filled(sample))
    theirs = _submission(_saved_by_office()[_filled(sample)])
    assert theirs.inputs == ours.inputs
    assert not theirs.differences
    for address, cell in theirs.layout.cells.items():
        if cell.kind is CellKind.COMPUTED:
            shown, computed = theirs.shown.get(address), ours.recomputed[address]
            if isinstance(computed, float):
                assert shown == pytest.approx(computed, abs=1e-9), address
            else:
                assert (shown or "") == (computed or ""), address


@pytest.mark.libreoffice
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_a_blank_form_through_an_office_program_lacks_only_values(sample: Path) -> None:
    """Besides the values only what the campaign itself gave can be wrong, and an office program adds nothing to it."""
    _, blank = _blank(sample)
    context = Context(Library(ROOT / "templates"))
    both = (blank, _saved_by_office()[blank])
    sent, saved = (judge(read_returned("blank.xlsx", data, context, Layouts())) for data in both)
    codes = {finding.code for finding in saved.findings}
    assert "V040" in codes
    assert all(code.startswith(("V040", "V042", "V1", "S109")) for code in codes)
    assert [(one.code, one.place) for one in saved.findings] == [(one.code, one.place) for one in sent.findings]


@cache
def _blank(sample: Path):  # type: ignore[no-untyped-def]
    library = Library(ROOT / "templates")
    campaign, edition = load_campaign(sample, library)
    unit = campaign.units[0]
    layout = build_layout(campaign, unit, edition)
    return layout, workbook_bytes(layout, make_seal(campaign, unit, edition, KEY), "password")


@cache
def _filled(sample: Path) -> bytes:
    layout, blank = _blank(sample)
    typed = load_values(sample / "values" / "careful.yaml", layout)
    return fill_workbook(blank, layout, typed, layout.compute(typed))


@cache
def _saved_by_office() -> dict[bytes, bytes]:
    """Every sample's workbook, blank and filled in, as LibreOffice saves it: all at one start of the program."""
    books = [book for sample in SAMPLES for book in (_blank(sample)[1], _filled(sample))]
    return dict(zip(books, convert_all(books, ".xlsx", "xlsx"), strict=True))


def _submission(content: bytes) -> Submission:
    submission = read_returned("filled.xlsx", content, Context(Library(ROOT / "templates")), Layouts()).submission
    assert submission is not None
    return submission
