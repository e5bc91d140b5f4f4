"""Reminders (催报): a list of everything still open, and a notice for each unit that has something left to do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from xlsxeval.board import BoardLine, UnitStatus
from xlsxeval.board.lists import list_csv, list_text
from xlsxeval.board.mail import is_mail_address, mail_bytes
from xlsxeval.board.notices import Enclosed, notice, open_units, with_link
from xlsxeval.campaign.files import file_name, set_aside, write_file
from xlsxeval.campaign.folders import RETURNED, SENT
from xlsxeval.campaign.listener import Listener
from xlsxeval.campaign.workbooks import chosen_units
from xlsxeval.campaign.workspace import Workspace
from xlsxeval.collection.unit_links import new_addresses
from xlsxeval.durable import real
from xlsxeval.errors import UsageError
from xlsxeval.output.characters import utf8
from xlsxeval.results.annotated_archived import mark
from xlsxeval.results.board import CampaignStanding, missing_files, standing_of
from xlsxeval.rules.catalogue import catalogue

LIST = "催报清单"
NOTICE = "催报通知"
_KINDS = (".txt", ".eml")


@dataclass(frozen=True, slots=True)
class Reminders:
    """The path of the list of everything that is open, and the texts of the notices by the units' codes."""

    list: Path
    texts: Mapping[str, str]

    @property
    def units(self) -> int:
        """Number of units that got a notice."""
        return len(self.texts)


def remind(
    workspace: Workspace,
    output: Path,
    codes: Sequence[str] = (),
    *,
    today: dt.date | None = None,
    until: dt.date | None = None,
    jobs: int = 1,
    portal: str | None = None,
) -> Reminders:
    """Writes into ``output`` the list of everything open, and a notice (text and mail) for each unit.

    Annotated copies of returned workbooks are enclosed, and blank forms from 下发 for missing ones. ``codes`` are the
    units that get a notice, by default all; ``until`` is the new deadline in the notices. ``portal`` is its
    address: each notice has a new link of the unit then.
    Raises UsageError where ``output`` lies among the workbooks that were sent or came back.
    """
    standing, listener = standing_of(workspace, today, jobs), workspace.listener
    _refuse_folder(standing, output)
    state = standing.state
    asked = {unit.code for unit in chosen_units(standing.campaign, tuple(codes))}
    units = [unit for unit in open_units(state.units) if unit.code in asked]
    enclosed = mark(standing, {unit.code: output / _folder(unit) for unit in units if unit.open}, jobs, listener)
    titles = {code: page.title for code, page in catalogue(workspace.library, [state.edition]).items()}
    texts = {}
    links = new_addresses(workspace, [unit.code for unit in units], portal) if portal else {}
    reached = {unit.code: unit.email for unit in standing.campaign.units if is_mail_address(unit.email)}
    for unit in units:
        blank = missing_files(standing.campaign, unit)
        files = [*enclosed.get(unit.code, ()), *blank]
        names = Enclosed(tuple(path.name for path in enclosed.get(unit.code, ())), tuple(path.name for path in blank))
        told = with_link(notice(state, unit, names, titles, until), links.get(unit.code))
        texts[unit.code] = told.text
        folder = output / _folder(unit)
        _write(folder / f"{NOTICE}.txt", utf8("\ufeff" + told.text.replace("\n", "\r\n")), listener)
        mail = mail_bytes(told, {path.name: path.read_bytes() for path in files}, reached.get(unit.code, ""))
        _write(folder / f"{NOTICE}.eml", mail, listener)
    _retire(output, {_folder(unit) for unit in open_units(state.units)}, listener)
    listed = sorted((unit for unit in state.units if unit.status is not UnitStatus.DONE), key=_order)
    paths = {unit.code: f"{_folder(unit)}/{NOTICE}.eml" for unit in open_units(state.units)}
    paths = {code: path for code, path in paths.items() if (output / path).is_file()}
    _write(output / f"{LIST}.txt", utf8("\ufeff" + list_text(state, listed).replace("\n", "\r\n")), listener)
    _write(output / f"{LIST}.csv", list_csv(listed, paths), listener)
    return Reminders(output / f"{LIST}.txt", texts)


def _folder(unit: BoardLine) -> str:
    """Name of the unit's own folder, made from the campaign; never taken from a received file."""
    return file_name(f"{unit.code} {unit.name}".encode()[:110].decode(errors="ignore"))


def _order(unit: BoardLine) -> tuple[int, int, str]:
    """Sort key of a unit: those with most left to do first, then the latest."""
    return unit.status.rank, -unit.days_late, unit.code


def _write(path: Path, content: bytes, listener: Listener) -> None:
    """Writes a file; a different existing one, which a user may have changed, is kept under another name."""
    aside = set_aside(path, content)
    if aside is not None:
        listener.tell(f"原来的 {path.name} 改名为 {aside}")
    write_file(path, content)


def _retire(output: Path, kept: set[str], listener: Listener) -> None:
    """Renames earlier notices to units that have nothing left to do: they must not be sent."""
    for kind in _KINDS:
        for path in sorted(output.glob(f"*/{NOTICE}{kind}")):
            if path.parent.name not in kept:
                listener.tell(f"已经没有要催的，原来的通知改名为 {set_aside(path, b'')}")


def _refuse_folder(standing: CampaignStanding, output: Path) -> None:
    """Raises UsageError where the workbooks would lie among those sent or received, and be mistaken for them."""
    directory = standing.campaign.directory
    assert directory is not None
    if any(real(output).is_relative_to(real(directory / name)) for name in (SENT, RETURNED)):
        raise UsageError(f"{output} 在任务的“{SENT}”或“{RETURNED}”里，催报不能写在里面。请换一个文件夹。")
