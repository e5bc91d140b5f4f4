"""Exceptions on record (例外): accepted findings, read and written as lines of text, and applied to verdicts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter, ValidationError

from xlsxeval.errors import DefinitionError, Problem
from xlsxeval.forms.schema import Strict
from xlsxeval.forms.settings import is_settable
from xlsxeval.model import Finding, Place, Waiver
from xlsxeval.rules.verdict import Verdict

Word = Annotated[str, Field(min_length=1)]
Day = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]


class Waived(Strict):
    """A line that accepts a finding. ``shown`` and ``message`` are those of the finding when it was accepted."""

    schema_: Annotated[Literal[1], Field(alias="schema")] = 1
    action: Literal["waive"] = "waive"
    id: int
    date: Day
    by: Word
    reason: Word
    code: Word
    unit: Word
    sheet: str | None = None
    cell: str | None = None
    field: str | None = None
    label: str | None = None
    shown: str | None = None
    message: str


class Withdrawn(Strict):
    """A line that withdraws an exception."""

    schema_: Annotated[Literal[1], Field(alias="schema")] = 1
    action: Literal["withdraw"] = "withdraw"
    id: int
    date: Day
    by: Word


_LINE: TypeAdapter[Waived | Withdrawn] = TypeAdapter(Annotated[Waived | Withdrawn, Field(discriminator="action")])


@dataclass(frozen=True, slots=True)
class WaiverRegister:
    """The lines of a register, in order. An exception is in force until it is withdrawn."""

    lines: tuple[Waived | Withdrawn, ...] = ()

    @property
    def withdrawn(self) -> dict[int, Withdrawn]:
        """The withdrawals, by the id of the exception."""
        return {line.id: line for line in self.lines if isinstance(line, Withdrawn)}

    @property
    def waived(self) -> tuple[Waived, ...]:
        """The exceptions in force."""
        gone = self.withdrawn
        return tuple(line for line in self.lines if isinstance(line, Waived) and line.id not in gone)

    @property
    def next_id(self) -> int:
        """The id of the next exception."""
        return max((line.id for line in self.lines), default=0) + 1


def read_register(text: str, file: str) -> WaiverRegister:
    """The register in ``text``. Raises DefinitionError with all lines that are malformed, out of order or not allowed."""
    lines: list[Waived | Withdrawn] = []
    problems: list[Problem] = []
    open_ids: set[int] = set()
    for number, row in enumerate(text.split("\n"), start=1):  # a reason may hold other line separators
        if not row.strip():
            continue
        try:
            line = _LINE.validate_json(row)
        except ValidationError:
            message = "不是例外记录的一行；这个文件只由 xlsxeval waive 追加，请从备份恢复"
            problems.append(Problem(file, number, 1, message))
            continue
        if isinstance(line, Withdrawn) != (line.id in open_ids):
            problems.append(
                Problem(file, number, 1, f"例外 {line.id} 的先后不对（重复登记，或撤销了没有的）；请从备份恢复")
            )
        if isinstance(line, Waived) and not is_waivable(line.code):
            problems.append(Problem(file, number, 1, f"{line.code} 不能登记例外；请删去这一行"))
        open_ids ^= {line.id}
        lines.append(line)
    if problems:
        raise DefinitionError(problems)
    return WaiverRegister(tuple(lines))


def line_text(line: Waived | Withdrawn) -> str:
    """The text of a line in the file, with its line end."""
    return json.dumps(line.model_dump(by_alias=True, exclude_none=True), ensure_ascii=False) + "\n"


def is_waivable(code: str) -> bool:
    """Whether an exception can be recorded: not for findings that a file is unreadable, not ours or tampered with."""
    return is_settable(code)


def waiver_of(finding: Finding, unit: str, number: int, waiver: Waiver) -> Waived:
    """The line that accepts a finding about a unit's file."""
    place = finding.place
    return Waived(
        id=number,
        date=waiver.date,
        by=waiver.by,
        reason=waiver.reason,
        code=finding.code,
        unit=unit,
        sheet=place.sheet,
        cell=place.cell,
        field=place.field,
        label=finding.label,
        shown=finding.shown,
        message=finding.message,
    )


def apply_waivers(verdict: Verdict, waived: Sequence[Waived]) -> Verdict:
    """The verdict, with its accepted findings marked."""
    own = [line for line in waived if verdict.subject is not None and line.unit == verdict.subject.code]
    if not own:
        return verdict
    return replace(verdict, findings=tuple(_marked(finding, own) for finding in verdict.findings))


def _marked(finding: Finding, waived: Sequence[Waived]) -> Finding:
    line = next((line for line in waived if _fits(line, finding)), None)
    return finding if line is None else replace(finding, waived=Waiver(line.by, line.reason, line.date))


def _fits(line: Waived, finding: Finding) -> bool:
    """Whether a line accepts this finding: same rule, same place, and the same value there.

    Where the rule shows no value, the message must be the same.
    """
    place = Place(line.sheet, None if line.field else line.cell, line.field)
    its = Place(finding.place.sheet, None if finding.place.field else finding.place.cell, finding.place.field)
    if (line.code, place) != (finding.code, its):
        return False
    if finding.shown is None:
        return line.shown is None and line.message == finding.message
    return line.shown == finding.shown
