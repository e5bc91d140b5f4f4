"""All that a unit's page shows: how it stands, what it handed in, what was written to it; and its 确认上报."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from xlsxeval.board import BoardLine, Desk
from xlsxeval.board.from_ledger import from_ledger
from xlsxeval.campaign.exceptions import load_register
from xlsxeval.campaign.workbooks import chosen_units
from xlsxeval.campaign.workspace import Workspace
from xlsxeval.collection.correspondence import PortalSettings, settings_in
from xlsxeval.collection.link_place import link_place, unit_of_place
from xlsxeval.collection.standing import standing_by_ledger
from xlsxeval.errors import UsageError
from xlsxeval.ledger import CollectionStanding, Excerpt, FileState, Queries
from xlsxeval.ledger.portal import (
    arrivals_through,
    confirmations,
    messages,
    moments,
    record_confirmation,
    settings,
)
from xlsxeval.model import Severity

_WHAT = "confirm"
_LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class HandedFile:
    """A file of a unit. ``number`` is its receipt's; ``code`` and ``message`` say why it does not count.

    ``version`` is None where it is no version of the unit's form. ``errors`` and ``findings`` are those on record for a
    file that counts.
    """

    number: int
    name: str
    source: str
    sha256: str
    size: int
    at: dt.datetime
    state: FileState
    version: int | None = None
    part: str | None = None
    code: str | None = None
    message: str | None = None
    errors: int = 0
    findings: int = 0

    @property
    def counts(self) -> bool:
        """Whether it is what counts for the unit now."""
        return self.state is FileState.CURRENT


@dataclass(frozen=True, slots=True)
class DossierMessage:
    """A message with its author and time."""

    text: str
    by: str
    at: dt.datetime
    from_unit: bool


@dataclass(frozen=True, slots=True)
class UnitConfirmation:
    """A unit's last 确认上报. ``is_current`` is False where other files count since then: it is to be made again."""

    person: str
    at: dt.datetime
    errors: int
    is_current: bool


@dataclass(frozen=True, slots=True)
class UnitDossier:
    """A unit of a campaign, as its page shows it. ``line`` is the unit on the board, None before anything was recorded."""

    code: str
    name: str
    line: BoardLine | None
    files: tuple[HandedFile, ...]
    messages: tuple[DossierMessage, ...]
    confirmation: UnitConfirmation | None
    settings: PortalSettings

    @property
    def errors(self) -> int:
        """Number of open errors in what counts."""
        return 0 if self.line is None else self.line.count(Severity.ERROR)

    @property
    def obstacle(self) -> str:
        """Reason why the unit cannot confirm now; empty where it can."""
        line = self.line
        if self.settings.closed:
            return "组织部门已经停止收表。"
        if line is None or not line.counting:
            return "还没有交上算数的表。"
        if line.conflicts:
            return "有几份不同的表要由组织部门选定。"
        if line.missing:
            return f"还缺：{'、'.join(line.missing)}。"
        if self.errors and not self.settings.confirm_with_errors:
            return f"还有 {self.errors} 处错误要改。"
        return ""


def unit_dossier(workspace: Workspace, code: str) -> UnitDossier:
    """The dossier of a unit, read without what the ledger knows of others. Raises UsageError for an unknown unit."""
    (unit,) = chosen_units(workspace.campaign, (code,))
    if not workspace.has_ledger:
        return UnitDossier(code, unit.name, None, (), (), None, PortalSettings())
    with workspace.ledger(make=False) as ledger, ledger.read() as reader:
        return _dossier(workspace, reader, code)


def confirm_return(workspace: Workspace, code: str, person: str) -> None:
    """Records a unit's 确认上报 of its counting files. Raises UsageError where something stands in the way."""
    person = person.strip()
    if not person or len(person) > _LONGEST_NAME:
        raise UsageError(f"请写上确认人的姓名（不超过 {_LONGEST_NAME} 个字）。")
    chosen_units(workspace.campaign, (code,))
    author = workspace.author(_WHAT)
    with workspace.ledger() as ledger, ledger.write(*author.acts()) as w:
        dossier = _dossier(workspace, w, code)
        if dossier.obstacle:
            raise UsageError(f"还不能确认上报：{dossier.obstacle}")
        assert dossier.line is not None
        record_confirmation(w, code, dossier.line.counting, person, dossier.errors)


def confirmations_of(workspace: Workspace) -> Mapping[str, tuple[str, str, dt.datetime]]:
    """The last confirmation of each unit: the files confirmed, joined by blanks, by whom, and when."""
    if not workspace.has_ledger:
        return {}
    with workspace.ledger(make=False) as ledger, ledger.read() as r:
        last = confirmations(r)
        acts = moments(r, (one.action for one in last.values()))
    return {code: (one.files, one.person, acts[one.action].at) for code, one in last.items()}


def _dossier(workspace: Workspace, r: Queries, code: str) -> UnitDossier:
    chosen = tuple(chosen_units(workspace.campaign, (code,)))
    own = replace(workspace, campaign=replace(workspace.campaign, units=chosen))
    excerpt = Excerpt(r, [code], arrivals_through(r, f"{link_place(code)}/"))
    sent = {one.unit for one in excerpt.distributions()}
    standing = standing_by_ledger(own, excerpt)
    desk = Desk(own.campaign, own.edition, own.today, sent)
    line = from_ledger(desk, excerpt, standing, load_register(workspace.folder).waived).units[0]
    told, last = messages(excerpt, code), confirmations(excerpt, code).get(code)
    acts = moments(r, [one.action for one in told] + ([] if last is None else [last.action]))
    confirmed = None
    if last is not None:
        is_current = last.files == " ".join(line.counting)
        confirmed = UnitConfirmation(last.person, acts[last.action].at, last.errors, is_current)
    return UnitDossier(
        code,
        chosen[0].name,
        line,
        tuple(reversed(list(_files(line, standing, code)))),
        tuple(DossierMessage(one.text, acts[one.action].who, acts[one.action].at, one.from_unit) for one in told),
        confirmed,
        settings_in(settings(r)),
    )


def _files(line: BoardLine, standing: CollectionStanding, code: str) -> Iterator[HandedFile]:
    slots = {slot.current.sha256: slot for slot in line.slots if slot.current is not None}
    for one in standing.files:
        if one.unit != code and unit_of_place(one.receipt.source) != code:
            continue
        slot = slots.get(one.receipt.sha256) if one.state in (FileState.CURRENT, FileState.DUPLICATE) else None
        found = [item.finding for item in slot.items if item.finding.waived is None] if slot else []
        yield HandedFile(
            one.receipt.id,
            one.receipt.name,
            one.receipt.source,
            one.receipt.sha256,
            one.receipt.size,
            one.came,
            one.state,
            one.submission.version if one.submission else None,
            one.part,
            one.code,
            one.message,
            sum(finding.severity is Severity.ERROR for finding in found),
            len(found),
        )
