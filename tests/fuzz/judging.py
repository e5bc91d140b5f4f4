"""What must hold of a mutated workbook, whatever was done to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tests.fuzz.secondreader import disagreements
from tests.fuzz.seeds import Seed, seed
from xlsxeval.intake.identity import Layouts
from xlsxeval.intake.submission import Returned, Submission, read_returned
from xlsxeval.model import Severity
from xlsxeval.rules.engine import judge
from xlsxeval.rules.verdict import Verdict


def check_workbook(data: bytes, *, typed: bool = False) -> Iterator[str]:
    """What is wrong with the answer to a mutated workbook of the seed; an exception is a fault, too.

    Where cells were ``typed`` into, other values are no fault, as long as another program reads the same.
    """
    base = seed()
    returned = read_returned("mutated.xlsx", data, base.context, base.layouts)
    verdict = judge(returned)
    yield from _well_formed(returned, verdict)
    if returned.submission is not None and not told(verdict):
        yield from _believed(base, returned.submission, data, typed=typed)


def told(verdict: Verdict) -> bool:
    """Whether anything was found that somebody must look at."""
    return any(finding.severity is not Severity.INFO for finding in verdict.findings)


def _believed(base: Seed, submission: Submission, data: bytes, *, typed: bool = False) -> Iterator[str]:
    """A file without a finding counts: its values must be those that another program shows."""
    try:
        yield from (f"clean, but {text}" for text in disagreements(submission, data))
    except Exception as error:
        if typed:
            return
        # openpyxl cannot read it: then nothing may be other than it was
        expected = {cell.address: base.values.get(cell.address) for cell in base.layout.inputs()}
        for address, value in submission.inputs.items():
            emptied = (raw := submission.raw_cell(address)) is not None and raw.empty
            if value != expected[address] and not emptied:
                yield f"clean, but {address} is {value!r}, was {expected[address]!r}, and openpyxl says {error!r}"


def _well_formed(returned: Returned, verdict: Verdict) -> Iterator[str]:
    if returned.submission is None and not verdict.findings:
        yield "rejected without a finding"
    for finding in verdict.findings:
        if not finding.message or not finding.fix:
            yield f"{finding.code} says nothing"


def check_sealed(data: bytes) -> Iterator[str]:
    """A workbook whose seal is anything: with the key it is not believed, without it is laid out or refused."""
    base = seed()
    for context in (base.context, replace(base.context, campaign=None, key=None)):
        returned = read_returned("mutated.xlsx", data, context, Layouts())
        verdict = judge(returned)
        yield from _well_formed(returned, verdict)
        if context.key is not None and returned.submission is not None and not told(verdict):
            yield from _believed(base, returned.submission, data)
