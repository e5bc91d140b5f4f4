"""Exceptions (例外): findings that a person examined and accepted, with name, reason and date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from xlsxeval.campaign.exceptions import append, load_register, mirror
from xlsxeval.campaign.folders import RETURNED, tables_in, workbook_paths
from xlsxeval.campaign.workbooks import chosen_units
from xlsxeval.campaign.workspace import Workspace
from xlsxeval.collection.standing import standing_by_ledger, tell_uncollected
from xlsxeval.errors import StorageError, UsageError
from xlsxeval.forms.settings import FIRM_FAMILIES
from xlsxeval.forms.yaml_file import suggestion
from xlsxeval.judging.judge import Conclusion, Judge
from xlsxeval.judging.units import Joiner
from xlsxeval.model import Finding, Waiver
from xlsxeval.rules.catalogue import catalogue
from xlsxeval.rules.verdict import Verdict
from xlsxeval.rules.waivers import WaiverRegister, Withdrawn, is_waivable, waiver_of

if TYPE_CHECKING:
    from xlsxeval.ledger import CollectionStanding

_WHAT = "waive"


@dataclass(frozen=True, slots=True)
class Exempted:
    """A recorded exception: its number, the finding, and the file that the line was added to."""

    number: int
    finding: Finding
    path: Path


def register_of(workspace: Workspace) -> WaiverRegister:
    """The campaign's exceptions. Raises DefinitionError where a line is damaged, UsageError where the file is no text."""
    return load_register(workspace.folder)


def waive(
    workspace: Workspace,
    code: str,
    unit: str,
    reason: str,
    *,
    cell: str | None = None,
    field: str | None = None,
    sources: Sequence[Path] = (),
) -> Iterator[Exempted]:
    """Records an exception for each finding of the rule in the unit's files at that cell or field.

    ``cell`` and ``field`` are written 工作表!格 and 工作表!字段; without them the rule must have one finding only.
    ``sources`` are the files to examine; by default those that count by the ledger, without a ledger those in 收回.
    Raises UsageError for an unknown unit or rule, one that cannot be waived, or a place without such a finding.
    """
    code = _waivable(code, workspace)
    chosen_units(workspace.campaign, (unit,))
    register, today = register_of(workspace), workspace.today.isoformat()
    found = [finding for verdict in _verdicts(workspace, unit, sources) for finding in _of(verdict, unit, code)]
    for number, finding in enumerate(_at(found, code, unit, cell, field), start=register.next_id):
        waiver = Waiver(workspace.who, reason.strip(), today)
        path = append(workspace.folder, waiver_of(finding, unit, number, waiver))
        yield Exempted(number, finding, path)
    _mirror(workspace)


def withdraw(workspace: Workspace, number: int) -> None:
    """Withdraws an exception; its line stays. Raises UsageError where there is none with that number."""
    if number not in {line.id for line in register_of(workspace).waived}:
        raise UsageError(f"没有编号 {number} 的例外，或者已经撤销。用 --list 列出全部。")
    append(workspace.folder, Withdrawn(id=number, date=workspace.today.isoformat(), by=workspace.who))
    _mirror(workspace)


def place_text(finding: Finding) -> str:
    """A finding in one line: ``L104 附件2!G4 执行率… ，现为“96%”``."""
    place = "!".join(part for part in (finding.place.sheet, finding.place.cell) if part) or "整个文件"
    shown = "" if finding.shown is None else f"，现为“{finding.shown}”"
    return f"{finding.code} {place} {finding.message}{shown}"


def _mirror(workspace: Workspace) -> None:
    """Copies the register into the ledger, if there is one. The file is binding; the next collection makes up for a failure."""
    if not workspace.has_ledger:
        return
    try:
        with workspace.ledger() as ledger, ledger.write(workspace.who, workspace.clock(), _WHAT) as w:
            mirror(w, register_of(workspace))
    except StorageError as error:
        workspace.listener.tell(f"注意：没有记入台账，下次收表时补记：{error}")


def _waivable(code: str, workspace: Workspace) -> str:
    code = code.upper()
    pages = catalogue(workspace.library)
    if code not in pages:
        raise UsageError(f"没有「{code}」这条规则{suggestion(code, pages)}")
    if not is_waivable(code):
        raise UsageError(
            f"{code} 不能登记例外：它说的是{FIRM_FAMILIES[code[0]]}，别的核对都以它为准。请单位在发给它的原表上重新填报。"
        )
    return code


def _verdicts(workspace: Workspace, unit: str, sources: Sequence[Path]) -> list[Verdict]:
    """Present verdicts, with exceptions applied: on the named files, else on the unit's files that count."""
    if not sources and workspace.has_ledger:
        with workspace.ledger(make=False) as ledger, ledger.read() as r:
            standing = standing_by_ledger(workspace, r)
        if standing.files:
            tell_uncollected(workspace, {one.receipt.sha256 for one in standing.files})
            return _counted(
                workspace, replace(standing, files=tuple(one for one in standing.files if one.unit == unit))
            )
    folder = workspace.folder / RETURNED
    files = workbook_paths(sources) if sources else tables_in(folder) if folder.is_dir() else []
    if not files:
        raise UsageError(f"{folder} 里没有收回的表。请把表放进去，或用 --from 指定。")
    judge = Judge.of(workspace)
    return list(Conclusion(workspace.campaign)([judge(file) for file in files]))


def _counted(workspace: Workspace, standing: CollectionStanding) -> list[Verdict]:
    """Verdicts on files that count by the ledger, with findings between the parts of a unit."""
    from xlsxeval.judging.counted import Counter  # SQLAlchemy only where there is a ledger
    from xlsxeval.judging.memory import Memory

    memory, conclude = Memory.of_campaign(workspace), Conclusion(workspace.campaign)
    joiner = Joiner(workspace.campaign, workspace.edition, memory.assessor.judge, conclude, standing.units)
    counter = Counter(memory, conclude, joiner)
    files, _ = counter.units(counter.files(standing))
    return [one.verdict for one in files]


def _of(verdict: Verdict, unit: str, code: str) -> list[Finding]:
    """The findings of a rule in a unit's file that are not waived."""
    if verdict.subject is None or verdict.subject.code != unit:
        return []
    return [finding for finding in verdict.open if finding.code == code]


def _at(found: list[Finding], code: str, unit: str, cell: str | None, field: str | None) -> list[Finding]:
    """The findings at the named place, or the only one. Raises UsageError with a list of the findings."""
    findings = [one for one in found if _is_at(one, cell, one.place.cell) and _is_at(one, field, one.place.field)]
    if not findings:
        there = "；".join(place_text(finding) for finding in found)
        here = f"{code} 报的是：{there}" if there else f"单位 {unit} 的表里 {code} 没有报问题，或者都登记过了"
        raise UsageError(f"没有登记：{here}。请用 xlsxeval check 看现在有哪些问题，照那一行写规则编号和 --cell。")
    if len(findings) > 1 and cell is None and field is None:
        there = "；".join(place_text(finding) for finding in findings)
        raise UsageError(f"单位 {unit} 有 {len(findings)} 处 {code}：{there}。请用 --cell 写明是哪一处。")
    return findings


def _is_at(finding: Finding, wanted: str | None, spot: str | None) -> bool:
    """Whether a finding is at 工作表!格, in upper or lower case."""
    return wanted is None or wanted.replace("！", "!").casefold() == f"{finding.place.sheet}!{spot}".casefold()
