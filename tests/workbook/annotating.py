"""The made campaign's workbook filled in with mistakes, annotated and read again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from tests.support.base import Base, base
from tests.workbook.opened import PASSWORD, Opened
from xlsxeval.calc import Scalar
from xlsxeval.intake.identity import Context, Layouts
from xlsxeval.intake.submission import Returned, Submission, read_returned
from xlsxeval.judging.judge import JudgedFile
from xlsxeval.judging.remarks import refilled, remarks
from xlsxeval.model import Address, Finding
from xlsxeval.rules.engine import judge
from xlsxeval.workbook import Remark, RemarkState, annotated_bytes, fill_workbook, refilled_bytes

FILE = "报来的表.xlsx"
Place = tuple[str, str | None, str | None]


@dataclass(frozen=True)
class Annotated:
    """A returned workbook and its annotated copy."""

    received: JudgedFile
    remarks: list[Remark]
    data: bytes
    context: Context
    layouts: Layouts

    @cached_property
    def opened(self) -> Opened:
        return Opened(self.data)

    def told(self, *standings: RemarkState) -> Counter[Place]:
        """Code and place of the remarks of some standings."""
        chosen = [remark for remark in self.remarks if remark.standing in standings]
        return Counter((one.finding.code, one.sheet, one.cell.a1 if one.cell else None) for one in chosen)

    def remark(self, code: str, place: str | None = None) -> Remark:
        """The one remark with that code, at that cell where several have it."""
        found = [one for one in self.remarks if one.finding.code == code and place in (None, str(one.cell))]
        assert len(found) == 1, found
        return found[0]

    def again(self, data: bytes | None = None) -> JudgedFile:
        """The copy, or what became of it, as it is judged when it comes back."""
        return judged(read_returned("again.xlsx", data or self.data, self.context, self.layouts))


def annotate(returned: Returned, context: Context, layouts: Layouts, file: str = FILE) -> Annotated:
    received = judged(returned)
    assert received.submission is not None
    form = refilled(received.submission, PASSWORD)
    fresh = judged(read_returned("fresh.xlsx", refilled_bytes(form), context, layouts))
    told = remarks(received.verdict, received, fresh)
    return Annotated(received, told, annotated_bytes(form, file, told), context, layouts)


def annotated(typed: Mapping[str, Scalar], file: str = FILE) -> Annotated:
    """The careful unit's workbook with some cells typed over, also those of formulas: ``{"附件2!G4": 1.0}``."""
    made = base()
    data = typed_over(made, typed)
    return annotate(read_returned(FILE, data, made.context, made.layouts), made.context, made.layouts, file)


def typed_over(made: Base, typed: Mapping[str, Scalar]) -> bytes:
    values = {**made.values, **{address(made, place): value for place, value in typed.items()}}
    return fill_workbook(made.data, made.layout, values, made.layout.compute(values))


def address(made: Base, place: str) -> Address:
    """``附件2!G4`` or ``附件2!funds.rate`` as the cell of the layout."""
    sheet, _, spot = place.partition("!")
    found = [
        cell.address
        for cell in made.layout.cells.values()
        if cell.address.sheet == sheet and spot in (cell.address.a1, cell.slot.path if cell.slot else None)
    ]
    assert len(found) == 1, (place, found)
    return found[0]


def judged(returned: Returned) -> JudgedFile:
    return JudgedFile(judge(returned), returned.submission)


def places(findings: tuple[Finding, ...]) -> Counter[Place]:
    return Counter((finding.code, finding.place.sheet, finding.place.cell) for finding in findings)


def submission(of: JudgedFile) -> Submission:
    assert of.submission is not None
    return of.submission
