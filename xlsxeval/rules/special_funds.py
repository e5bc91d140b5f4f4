"""本级专项资金 of 附件1 and the project forms (附件3) of the same name, whose spending is one figure."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from xlsxeval.intake.submission import Submission
from xlsxeval.layout.layout import PlacedCell
from xlsxeval.rules.names import plain


class SpecialFund(NamedTuple):
    """A special fund by its name, with the cell of its spending in 附件1 and that of the project form."""

    name: str
    final: PlacedCell
    executed: PlacedCell


@lru_cache(maxsize=1)
def special_funds(submission: Submission) -> tuple[SpecialFund, ...]:
    """The funds with a project form of the same name; both cells hold numbers."""
    executed = {}
    for sheet in submission.layout.sheets:
        if sheet.form is None or sheet.project is None or sheet.form.id != "project":
            continue
        cell = submission.layout.slots.get(("project", sheet.instance, "funds.executed"))
        if cell is not None and sheet.name in submission.views and isinstance(submission.value(cell), float):
            executed[plain(sheet.project.name)] = cell
    found = []
    for (form, instance, path), cell in submission.layout.slots.items():
        if form == "basic" and path.startswith("specials[") and path.endswith(".final"):
            name = submission.field(form, path.replace(".final", ".name"), instance)
            if isinstance(name, str) and isinstance(submission.value(cell), float) and plain(name) in executed:
                found.append(SpecialFund(name.strip(), cell, executed[plain(name)]))
    return tuple(found)
