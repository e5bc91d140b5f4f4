"""The programming interface: everything that xlsxeval does, as functions and as an opened campaign. See docs/internals/api.md.

Return values are frozen. Faults that a user can correct are raised as the errors of ``xlsxeval.errors``. Nothing is
printed, and no process is ended. Everything may be called from several threads at once.

Most methods take ``progress(done, total, what)`` and ``tell(message, step)``, which are called during the work;
``step`` is the next step for the user, or None. ``jobs`` is the number of processes; ``AUTO`` takes as many as are
useful. Returned paths start with the path that was given. Texts are Chinese; amounts of money are in 万元.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace as with_fields
from functools import cache, partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Final, Self, TypedDict, Unpack

from xlsxeval.board.plain_words import plain_words
from xlsxeval.campaign.listener import Listener, Progress, Tell
from xlsxeval.errors import UsageError, XlsxevalError
from xlsxeval.workers.pool import AUTO

if TYPE_CHECKING:
    from types import TracebackType

    from xlsxeval.audit import AuditedReport
    from xlsxeval.board.state import BoardLine, CampaignState
    from xlsxeval.board.steps import StepWording
    from xlsxeval.calc.program import ExplainedStep
    from xlsxeval.calc.recalculation import Recalculation
    from xlsxeval.campaign.backup import BackedUp
    from xlsxeval.campaign.clock import Clock
    from xlsxeval.campaign.creation import CampaignDetails, NewCampaign
    from xlsxeval.campaign.drafted_edition import DraftedEdition, DraftedSheet
    from xlsxeval.campaign.drafted_form import DraftedForm
    from xlsxeval.campaign.form_drafting import FormDrafting
    from xlsxeval.campaign.given_data import GivenData
    from xlsxeval.campaign.glimpses import Glimpse
    from xlsxeval.campaign.ledger_files import ArchiveState
    from xlsxeval.campaign.machine import Equipment
    from xlsxeval.campaign.restoring import Restored
    from xlsxeval.campaign.workspace import Workspace
    from xlsxeval.collection.correspondence import PortalSettings
    from xlsxeval.collection.handing_in import HandedIn
    from xlsxeval.collection.receipts import ArrivalReceipt
    from xlsxeval.collection.reception import Reception
    from xlsxeval.collection.result import CollectResult
    from xlsxeval.collection.unit_links import KnownLink, NewLink
    from xlsxeval.collection.waivers import Exempted
    from xlsxeval.errors import Problem
    from xlsxeval.forms.campaign import Campaign
    from xlsxeval.forms.definition import Edition
    from xlsxeval.forms.library import Library
    from xlsxeval.judging.front import Front
    from xlsxeval.judging.lone_files import LoneFile, StandingJudge
    from xlsxeval.layout.layout import Layout
    from xlsxeval.ledger import HeldEngine, Receipt, ReviewState, SubmissionRecord
    from xlsxeval.ledger.history import Chapter
    from xlsxeval.ledger.portal import Account, AccountRole
    from xlsxeval.output.drawn_return import DrawnReturn
    from xlsxeval.results.annotated_archived import AnnotatedCopy
    from xlsxeval.results.audit_plan import AuditPlan
    from xlsxeval.results.audited_files import AuditedFiles
    from xlsxeval.results.board_page import WrittenBoard
    from xlsxeval.results.check_plan import CheckPlan
    from xlsxeval.results.checked_files import CheckedFiles
    from xlsxeval.results.compared_versions import ComparedVersions
    from xlsxeval.results.distribution import Sent
    from xlsxeval.results.drawn_returns import DrawingRoom
    from xlsxeval.results.export import HandedExport
    from xlsxeval.results.mailing import SentMail
    from xlsxeval.results.own_workbook import OwnWorkbook
    from xlsxeval.results.portal_health import HealthLine
    from xlsxeval.results.reminders import Reminders
    from xlsxeval.results.reports import ReportOutcome
    from xlsxeval.results.rubrics import DraftedRubric
    from xlsxeval.results.run import RunResult
    from xlsxeval.results.summary import WrittenSummary
    from xlsxeval.results.unit_dossier import UnitDossier
    from xlsxeval.rules.catalogue import RulePage
    from xlsxeval.rules.verdict import Verdict
    from xlsxeval.rules.waivers import WaiverRegister
    from xlsxeval.workbook.drawing import DrawnSheet

__all__ = [
    "AUTO",
    "MACHINE_CLOCK",
    "Heard",
    "OpenCampaign",
    "answer_drafting",
    "audit",
    "audit_files",
    "begin_drafting",
    "check",
    "check_files",
    "draft_edition",
    "draft_form",
    "drafting_in",
    "drawn_edition",
    "drawn_file",
    "drawn_original",
    "drawn_report",
    "drawn_return",
    "drop_drafting",
    "edition",
    "editions",
    "explain_cell",
    "fields",
    "fill",
    "lint",
    "look_at_machine",
    "new_campaign",
    "new_roster",
    "open_campaign",
    "recalculate",
    "redraft",
    "replace_roster",
    "restore",
    "rules",
    "sample",
    "set_deadline",
    "set_limits",
    "set_severity",
    "unfinished_drafts",
    "write_edition",
]

MACHINE_CLOCK: Final = partial(dt.datetime.now, dt.UTC)
"""Returns the machine's own time; a campaign that is opened with another clock never uses it."""

Where = str | Path


class Heard(TypedDict, total=False):
    """Receivers of progress and messages during the work."""

    progress: Progress
    tell: Tell


def open_campaign(
    path: Where,
    *,
    by: str | None = None,
    clock: Clock = MACHINE_CLOCK,
    ledger: str | None = None,
    templates: Where | None = None,
    front: Front | None = None,
    **heard: Unpack[Heard],
) -> OpenCampaign:
    """Opens the campaign of a folder, of a campaign.yaml or of a 名册.xlsx.

    ``by`` is the person on whose behalf things are recorded; ``ledger`` the address of the ledger (a path, or
    ``postgresql://…``), by default in the campaign's folder; ``templates`` the folder of editions and forms. ``front``
    are the worker processes that judge single arrivals, by default some of the campaign's own, started on first use.

    Raises UsageError where there is no campaign, or two that were both filled in; DefinitionError with all its faults.
    """
    from xlsxeval.campaign.workspace import open_workspace

    listener = _listener(heard)
    opened = open_workspace(
        Path(path), _library(templates, path), clock=clock, by=by, address=ledger, listener=listener
    )
    return OpenCampaign(opened, front)


class OpenCampaign:
    """A campaign on disk, always as its files are now: changed files are read again.

    Its worker processes end with ``close``, or with the ``with`` that it was opened in. Every method raises
    DefinitionError where the campaign's files have become faulty, StorageError where the ledger or the archive cannot
    be read or written, and its kind LedgerBusyError where another run holds the campaign; ``receive`` waits for no run.
    """

    def __init__(self, workspace: Workspace, front: Front | None = None) -> None:
        self._workspace = workspace
        self._shared: _Shared = _Shared(front)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def hold_ledger(self) -> None:
        """Keeps the ledger's connections until ``close``, for a program that is asked all the time.

        Without it each act opens the ledger and closes it, so that the campaign's folder can be moved in between.
        """
        from xlsxeval.campaign.storage import held_ledger

        opened = self._open({})
        self._shared.hold(held_ledger(opened.folder, opened.address))

    def close(self) -> None:
        """Ends the campaign's own worker processes; a front that was passed in continues. Lets go of its ledger."""
        self._shared.close()

    def acting_for(self, by: str) -> OpenCampaign:
        """Returns this campaign on behalf of another person, with the same worker processes."""
        other = OpenCampaign(with_fields(self._workspace, by=by))
        other._shared = self._shared
        return other

    # what it is

    @property
    def campaign(self) -> Campaign:
        """The definition of the campaign: its units, and their forms and given values."""
        return self._open({}).campaign

    @property
    def edition(self) -> Edition:
        """The edition of the campaign's forms."""
        return self._open({}).edition

    @property
    def path(self) -> Path:
        """The path with which the campaign was opened."""
        return self._workspace.path

    @property
    def folder(self) -> Path:
        """The campaign's folder."""
        return self._workspace.folder

    def lint(self, **heard: Unpack[Heard]) -> list[Problem]:
        """Faults that show only when all units are laid out, and warnings about what the campaign gives them.

        Where there is nothing but warnings, the campaign can be sent out.
        """
        from xlsxeval.campaign.faults import campaign_faults

        return campaign_faults(self._open(heard))

    # what goes out

    def generate(
        self,
        output: Where | None = None,
        units: Sequence[str] = (),
        *,
        split: bool = False,
        archive: bool = False,
        force: bool = False,
        jobs: int = AUTO,
        portal: str | None = None,
        **heard: Unpack[Heard],
    ) -> list[Sent]:
        """Makes the locked workbooks of these units (by default all) in ``output`` (下发), and records them.

        ``split``: one for each attachment; ``archive``: a zip for each unit, with a notice, which has
        a new link of the unit where ``portal`` is its address. Raises UsageError where
        files exist already and ``force`` is off, or for an unknown unit; then nothing is written.
        """
        from xlsxeval.campaign.folders import SENT
        from xlsxeval.results.distribution import generate_all

        opened = self._open(heard)
        folder = _path(output) or opened.folder / SENT
        return generate_all(opened, folder, units, split=split, archive=archive, force=force, jobs=jobs, portal=portal)

    def remind(
        self,
        output: Where,
        units: Sequence[str] = (),
        *,
        today: dt.date | None = None,
        until: dt.date | None = None,
        jobs: int = AUTO,
        portal: str | None = None,
        **heard: Unpack[Heard],
    ) -> Reminders:
        """Writes the list of everything open, and a notice for each unit with something left to do.

        ``until`` is the new deadline in the notices; ``portal`` its address, for new links in them. Raises UsageError
        where ``output`` lies in 下发 or 收回.
        """
        from xlsxeval.results.reminders import remind

        return remind(self._open(heard), Path(output), units, today=today, until=until, jobs=jobs, portal=portal)

    # what comes in

    def receive(
        self,
        data: bytes,
        *,
        name: str,
        sender: str | None = None,
        source: str | None = None,
        subject: str | None = None,
        at: dt.datetime | None = None,
        replace: bool = False,
        **heard: Unpack[Heard],
    ) -> ArrivalReceipt:
        """Archives, judges and records one arrival (a workbook, a zip, a saved mail, a lower level's export).

        ``name`` is its file name; ``sender`` and ``subject`` are recorded unchanged. ``source`` is the place it came
        from: of two files of one name from one place on one day the later one counts, as in a folder; otherwise a
        person must choose. ``replace``: the later one counts in any case. ``at`` is the time of arrival with its time
        zone, by default the present.

        Its bytes are on the disk before anything else is done. Each file in it has its bounds of time and memory in a
        worker process. A file that came before from the same place is not recorded again, so a failed call may be
        repeated. Other runs of the campaign, and other arrivals, continue meanwhile. Raises WorkersError where no
        process can be started: a script's main part must stand below ``if __name__ == "__main__":``.
        """
        from xlsxeval.collection.reception import Delivery

        delivery = Delivery(data, name, sender, source, subject, at)
        return self._shared.reception.receive(self._open(heard), delivery, self._shared.front, replaces=replace)

    @property
    def waiting(self) -> int:
        """Number of arrivals that now wait for a worker process."""
        return self._shared.waiting

    def collect(
        self,
        *inboxes: Where,
        replace: bool = False,
        jobs: int = AUTO,
        scheduler: str | None = None,
        **heard: Unpack[Heard],
    ) -> CollectResult:
        """Receives all files in these places (收回), judges outdated ones again, and returns the standing of everything.

        ``replace``: the latest of several different files of one day counts. ``scheduler`` is the address of a Dask
        cluster that judges. Raises LedgerBusyError while another run holds the campaign.
        """
        from xlsxeval.collection.collect import collect
        from xlsxeval.workers.pool import hands_of

        return collect(self._open(heard), _paths(inboxes), jobs=hands_of(jobs, scheduler), replace=replace)

    def look_at(self, *inboxes: Where) -> Glimpse:
        """Glimpse of the inboxes (收回) without reading files: two equal ones mean that nothing came or changed."""
        from xlsxeval.collection.collect import inbox_glimpse

        return inbox_glimpse(self.folder, _paths(inboxes))

    def choose(
        self, file: str, reason: str, *, unit: str | None = None, part: str | None = None, **heard: Unpack[Heard]
    ) -> SubmissionRecord:
        """Makes a file the one that counts for its unit.

        ``file`` is the number of its version, or at least six digits of its SHA-256; ``unit`` and ``part`` (整份 for a
        workbook with all forms) tell files of one number apart. Raises UsageError where no file or more than one is meant.
        """
        from xlsxeval.collection.choice import ChosenFile, choose

        return choose(self._open(heard), ChosenFile(file, unit, part), reason)

    def dismiss(self, file: str, reason: str, **heard: Unpack[Heard]) -> Receipt:
        """Puts away a file that was set aside, for a reason: it stays in the archive, and nothing is left to do about it.

        ``file`` is the number that ``collect`` lists, or the whole place it came from. Raises UsageError where no file set
        aside, or more than one, is meant.
        """
        from xlsxeval.collection.dismissal import dismiss

        return dismiss(self._open(heard), file, reason)

    def exceptions(self) -> WaiverRegister:
        """Findings that were accepted as they are, with name, reason and date; also those withdrawn since."""
        from xlsxeval.collection.waivers import register_of

        return register_of(self._open({}))

    def waive(
        self,
        code: str,
        unit: str,
        reason: str,
        *,
        cell: str | None = None,
        field: str | None = None,
        sources: Sequence[Where] = (),
        **heard: Unpack[Heard],
    ) -> list[Exempted]:
        """Records an exception for the findings of a rule in a unit's files.

        ``cell`` (附件2!G4) or ``field`` (附件2!funds.rate) select the finding; ``sources`` are the files to examine, by
        default those that count. Raises UsageError for a rule that cannot be waived and where there is no such finding.
        """
        from xlsxeval.collection.waivers import waive

        opened = self._open(heard)
        return list(waive(opened, code, unit, reason, cell=cell, field=field, sources=_paths(sources)))

    def withdraw(self, number: int, **heard: Unpack[Heard]) -> None:
        """Withdraws an exception; its line stays. Raises UsageError where there is none with that number."""
        from xlsxeval.collection.waivers import withdraw

        withdraw(self._open(heard), number)

    def review(self, unit: str, state: ReviewState, note: str = "", **heard: Unpack[Heard]) -> None:
        """Records the review of a unit: ``passed``, ``returned`` or ``pending``, with a note for people.

        A later file that counts makes the unit pending again. Raises UsageError for an unknown unit, and where a unit
        without a counting file is passed.
        """
        from xlsxeval.collection.reviews import review
        from xlsxeval.ledger import ReviewState as State

        review(self._open(heard), unit, State(state), note)

    # the portal: users, links of units, what comes through them

    def accounts(self) -> Mapping[str, Account]:
        """The users of the portal whose accounts are open, by name."""
        from xlsxeval.collection.portal_users import accounts_of

        return accounts_of(self._open({}))

    def set_account(self, name: str, role: AccountRole | None, password: str | None) -> AccountRole:
        """Records a user of the portal or a new password (a hash); None closes the account. Returns the role.

        Raises UsageError for an unknown user without a role, and where no organiser would be left.
        """
        from xlsxeval.collection.portal_users import set_account

        return set_account(self._open({}), name, role, password)

    def make_links(self, units: Sequence[str] = (), *, renew: bool = False, **heard: Unpack[Heard]) -> list[NewLink]:
        """Makes a link for each of these units (by default all); missing workbooks are generated first.

        A token is in the result and nowhere else. ``renew``: earlier links stop working. Raises UsageError for an
        unknown unit; DefinitionError where the campaign has faults.
        """
        from xlsxeval.results.link_list import links_made

        return links_made(self._open(heard), units, renew=renew)

    def revoke_links(self, units: Sequence[str] = (), digests: Sequence[str] = ()) -> int:
        """Revokes all links of these units, or the links with these digests; returns how many stopped working."""
        from xlsxeval.collection.unit_links import revoke_links

        return revoke_links(self._open({}), units, digests)

    def links(self) -> Mapping[str, list[KnownLink]]:
        """The links that work, by unit; their tokens are known to no one here."""
        from xlsxeval.collection.unit_links import known_links

        return known_links(self._open({}))

    def unit_of_link(self, token: str) -> str | None:
        """The unit whose page a link's token opens, None where it opens none."""
        from xlsxeval.collection.unit_links import unit_of_token

        return unit_of_token(self._open({}), token)

    def link_list(self, links: Sequence[NewLink], base: str) -> bytes:
        """A workbook of links with their QR codes, to be passed on; ``base`` is the portal's address."""
        from xlsxeval.results.link_list import link_list_bytes

        return link_list_bytes(self._open({}), links, base)

    def hand_in(self, unit: str, data: bytes, *, name: str, at: dt.datetime | None = None) -> HandedIn:
        """Receives an upload through a unit's link, as ``receive`` does: what belongs to another unit is set aside.

        The latest upload counts. When this returns, the bytes and the decision are on the disk.
        """
        from xlsxeval.collection.handing_in import hand_in

        opened = self._open({})
        moment = at or opened.clock()
        return hand_in(opened, self._shared.reception, unit, data, name, moment, self._shared.front)

    def dossier(self, unit: str) -> UnitDossier:
        """All that a unit's page shows: its state, its files, messages, and its confirmation."""
        from xlsxeval.results.unit_dossier import unit_dossier

        return unit_dossier(self._open({}), unit)

    def own_workbook(self, unit: str, source: str | None = None) -> OwnWorkbook:
        """A unit's workbook as it is today, with the values of an archived file (by its SHA-256) typed in."""
        from xlsxeval.results.own_workbook import own_workbook

        opened = self._open({})
        data = None if source is None else self.archived(source).read_bytes()
        return own_workbook(opened, self._shared.reception, unit, self._shared.front, data)

    def send_own(self, units: Sequence[str]) -> int:
        """Generates the workbooks of those of these units whose form of today was never sent; returns how many."""
        from xlsxeval.results.own_workbook import send_own

        return send_own(self._open({}), list(units))

    def annotated(self, unit: str, sha256: str) -> AnnotatedCopy:
        """The annotated copy of a counting file of a unit. Raises UsageError where it does not count or cannot be made."""
        from xlsxeval.results.annotated_archived import annotated_copy

        return annotated_copy(self._open({}), unit, sha256)

    def upload_receipt(self, unit: str, number: int) -> bytes:
        """A Word receipt for a received file of a unit (its number in the dossier). Raises UsageError for an unknown one."""
        from xlsxeval.results.upload_receipt import upload_receipt

        return upload_receipt(self._open({}), unit, number)

    def confirm(self, unit: str, person: str) -> None:
        """Records a unit's 确认上报. Raises UsageError where open errors or something else stand in the way."""
        from xlsxeval.results.unit_dossier import confirm_return

        confirm_return(self._open({}), unit, person)

    def confirmations(self) -> Mapping[str, tuple[str, str, dt.datetime]]:
        """The last confirmation of each unit: the files confirmed, joined by blanks, by whom, and when."""
        from xlsxeval.results.unit_dossier import confirmations_of

        return confirmations_of(self._open({}))

    def write_message(self, unit: str, text: str, *, from_unit: bool = False) -> None:
        """Records a message to a unit, or from it. Raises UsageError for an empty or a long one."""
        from xlsxeval.collection.correspondence import write_message

        write_message(self._open({}), unit, text, from_unit=from_unit)

    def portal_settings(self) -> PortalSettings:
        """The settings of the campaign's portal."""
        from xlsxeval.collection.correspondence import portal_settings

        return portal_settings(self._open({}))

    def change_portal_settings(self, new: PortalSettings) -> None:
        """Records changed settings of the portal."""
        from xlsxeval.collection.correspondence import change_settings

        change_settings(self._open({}), new)

    def mail_ready(self) -> tuple[bool, int]:
        """Whether an SMTP server is named in the environment, and how many units have an address."""
        from xlsxeval.results.mailing import mail_ready

        return mail_ready(self._open({}))

    def send_mails(
        self, units: Sequence[str], base: str, *, reminder: bool = False, **heard: Unpack[Heard]
    ) -> list[SentMail]:
        """Mails these units their links: invitations, or reminders with what is open. Says for each what became of it.

        ``base`` is the portal's address. Raises UsageError where no SMTP server is named.
        """
        from xlsxeval.results.mailing import send_mails

        return send_mails(self._open(heard), units, base, reminder=reminder)

    def portal_health(self) -> list[HealthLine]:
        """State of the portal for whoever runs the server: users, links, mail, disk, the ledger."""
        from xlsxeval.results.portal_health import portal_health

        return portal_health(self._open({}))

    def export_all(self, folder: Where, **heard: Unpack[Heard]) -> Path:
        """Writes ledger, counting workbooks and results into one archive in a folder, without keys; returns its path."""
        from xlsxeval.results.full_export import export_all

        return export_all(self._open(heard), Path(folder))

    # how it looks

    def drawn_form(self, unit: str) -> tuple[DrawnSheet, ...]:
        """A unit's workbook as it is sent out, drawn as Excel shows it. Raises UsageError for an unknown unit."""
        from xlsxeval.results.drawn_returns import drawn_form

        return drawn_form(self._open({}), unit)

    def drawn_returns(self, unit: str) -> list[DrawnReturn]:
        """The counting files of a unit, drawn, with their findings on record. Raises UsageError for an unknown unit."""
        return _drawing_room().unit(self._open({}), unit)

    def drawn_by_workers(self, line: BoardLine | None) -> list[DrawnReturn]:
        """As ``drawn_returns``, of the unit of this line, drawn where arrivals are judged; None has none."""
        from xlsxeval.results.drawn_returns import drawn_elsewhere

        return drawn_elsewhere(self._open({}), self._shared.reception, line, self._shared.front)

    def compared(self, files: Sequence[str]) -> ComparedVersions:
        """Received files of one unit beside each other, by their SHA-256: the cells that differ, and their worksheets."""
        return _drawing_room().compared(self._open({}), files)

    def drawn_report(self, data: bytes, name: str) -> DrawnReturn:
        """Judges an edited Word report against the campaign's counting files; it has findings and no worksheets."""
        from xlsxeval.results.drawn_returns import drawn_report

        return drawn_report(self._open({}), data, name)

    def unit(self, code: str) -> BoardLine | None:
        """One unit as in ``status``, None where nothing was recorded yet. Raises UsageError for an unknown one."""
        from xlsxeval.results.unit_line import unit_line

        return unit_line(self._open({}), code)

    # how it stands

    def status(
        self, today: dt.date | None = None, *, figures: bool = False, jobs: int = AUTO, **heard: Unpack[Heard]
    ) -> CampaignState:
        """The state of the campaign on a day: for every unit what was sent, came and is wrong, and how late it is.

        ``figures``: with the points of counting files, which takes longer.
        """
        from xlsxeval.results.board import state_of

        return state_of(self._open(heard), today, jobs, figures=figures)

    def units(self, today: dt.date | None = None, **heard: Unpack[Heard]) -> tuple[BoardLine, ...]:
        """The units of ``status``, in the campaign's order."""
        return self.status(today, **heard).units

    def verdicts(self, *, jobs: int = AUTO, **heard: Unpack[Heard]) -> tuple[Verdict, ...]:
        """Verdicts on counting files, by the units' codes; before a collection, on those in 收回."""
        from xlsxeval.results.current_verdicts import current_verdicts

        return current_verdicts(self._open(heard), jobs)

    def check(self, source: bytes | Where, *, name: str | None = None, **heard: Unpack[Heard]) -> Verdict:
        """Judges one workbook against the campaign without recording anything; with the bounds of ``receive``.

        ``name`` is its name in the verdict, by default its path.
        """
        return self._shared.reception.check(self._open(heard), _lone(source, name), self._shared.front)

    def check_files(self, plan: CheckPlan, **heard: Unpack[Heard]) -> AbstractContextManager[CheckedFiles]:
        """Judges many files, also edited Word reports, as :func:`check_files` does, against the campaign."""
        from xlsxeval.results.checked_files import checked_files

        opened = self._open(heard)
        return checked_files(plan, opened.library, opened, opened.today, opened.listener)

    def archived(self, sha256: str) -> Path:
        """The path of a received file in the archive. Raises UsageError where it is not there."""
        path = self._open({}).archive.path(sha256)
        if not path.is_file():
            raise UsageError(f"存档里没有 {sha256[:12]} 这份文件。请从备份恢复。")
        return path

    def history(self, unit: str | None = None) -> list[Chapter]:
        """The history of the campaign, with names and times; or of one unit. Raises UsageError for an unknown unit."""
        from xlsxeval.campaign.ledger_files import history_of

        return history_of(self._open({}), unit)

    def export_ledger(self, output: Where, style: str = "csv", *, force: bool = False) -> list[Path]:
        """Writes every table of the ledger as a file: ``csv``, ``json`` or ``parquet``."""
        from xlsxeval.campaign.ledger_files import export_ledger

        return export_ledger(self._open({}), Path(output), style, force=force)

    def verify_archive(self) -> ArchiveState:
        """Checks the ledger, and holds it against the archive: whether every received byte is there unchanged."""
        from xlsxeval.campaign.ledger_files import archive_state

        return archive_state(self._open({}))

    def back_up(self, output: Where) -> BackedUp:
        """Writes the whole campaign, with ledger, archive and keys, into one new file, and proves it by reading it back.

        Raises UsageError where the file is there already, or lies in the campaign's folder.
        """
        from xlsxeval.campaign.backup import back_up

        return back_up(self._open({}), Path(output))

    def begin_ledger(self) -> None:
        """Begins a new ledger for a user whose old one is lost without a backup. Raises UsageError where there is one."""
        from xlsxeval.campaign.ledger_files import begin_ledger

        begin_ledger(self._open({}))

    def unlock(self) -> bool:
        """Releases the campaign from an unfinished run, for a user who knows that it is over. False where none holds it."""
        from xlsxeval.campaign.ledger_files import unlock

        return unlock(self._open({}))

    # what it makes

    def summary(
        self,
        output: Where | None = None,
        sources: Sequence[Where] = (),
        *,
        made: dt.date | None = None,
        jobs: int = AUTO,
        **heard: Unpack[Heard],
    ) -> WrittenSummary:
        """Writes the summary workbook (结果/汇总.xlsx) of counting files, or of the named ones. ``made`` is its date.

        A different existing file is renamed. Raises UsageError where the name does not end in .xlsx.
        """
        from xlsxeval.results.summary import write_summary

        return write_summary(self._open(heard), _path(output), _paths(sources), made, jobs)

    def report(
        self,
        output: Where | None = None,
        unit: str | Sequence[str] = (),
        sources: Sequence[Where] = (),
        *,
        force: bool = False,
        draft: bool = False,
        pdf: bool = False,
        charts: bool = False,
        **heard: Unpack[Heard],
    ) -> ReportOutcome:
        """Writes the Word reports (into 结果) of one unit, of several, or of all; those with errors are held back.

        ``force``: not held back, under a watermark; ``draft``: open findings as comments; ``pdf``: a PDF beside each;
        ``charts``: a page of charts at the end. ``sources`` are the files to report on, by default those that count.
        Raises UsageError where nothing came back.
        """
        from xlsxeval.results.unit_reports import ReportOptions, unit_reports

        options = ReportOptions(force=force, draft=draft, pdf=pdf, charts=charts)
        codes = (unit,) if isinstance(unit, str) else unit
        return unit_reports(self._open(heard), _path(output), codes, _paths(sources), options)

    def consolidated(
        self,
        output: Where | None = None,
        sources: Sequence[Where] = (),
        *,
        force: bool = False,
        pdf: bool = False,
        **heard: Unpack[Heard],
    ) -> ReportOutcome:
        """Writes the department's own report over all units. ``force``: with open errors too, under a watermark."""
        from xlsxeval.results.unit_reports import consolidated_report

        return consolidated_report(self._open(heard), _path(output), _paths(sources), force=force, pdf=pdf)

    def appraise(
        self,
        output: Where,
        units: Sequence[str] = (),
        sources: Sequence[Where] = (),
        *,
        received: dt.date | None = None,
        **heard: Unpack[Heard],
    ) -> list[DraftedRubric]:
        """Drafts the rubric (考核评分表) of each unit. ``received`` is the files' day of arrival, by default their own.

        Raises UsageError where the edition has no rubric.
        """
        from xlsxeval.results.rubrics import draft_rubrics

        return list(draft_rubrics(self._open(heard), Path(output), units, _paths(sources), received))

    def board(
        self,
        output: Where | None = None,
        today: dt.date | None = None,
        *,
        wording: StepWording = plain_words,
        force: bool = False,
        jobs: int = AUTO,
        **heard: Unpack[Heard],
    ) -> WrittenBoard:
        """Writes the board (结果/看板.html) of a day's ``status``, with figures. ``wording`` words the next steps on it.

        Raises UsageError where the file exists and is no board, unless forced.
        """
        from xlsxeval.results.board_page import write_board

        return write_board(self._open(heard), wording, _path(output), today, force=force, jobs=jobs)

    def submit(
        self, output: Where | None = None, *, workbooks: bool = True, jobs: int = AUTO, **heard: Unpack[Heard]
    ) -> HandedExport:
        """Writes the signed export (上报包) of counting files for the level above. ``workbooks``: with the units' files."""
        from xlsxeval.results.export import submit

        return submit(self._open(heard), _path(output), workbooks=workbooks, jobs=jobs)

    def give(
        self,
        export: Where,
        mapping: Where | None = None,
        *,
        advice: str = "",
        write: bool = True,
        **heard: Unpack[Heard],
    ) -> GivenData:
        """Takes values out of another system's export (.xlsx) into the campaign's roster, by a mapping of its columns.

        ``mapping`` is by default 对照.yaml in the campaign's folder; with ``write`` off only the report is made.
        """
        from xlsxeval.campaign.given_data import take_export

        return take_export(self._open(heard), Path(export), _path(mapping), advice, write=write)

    def draft_mapping(self, export: Where, **heard: Unpack[Heard]) -> tuple[Path, int]:
        """Writes 对照.yaml for an export; returns it and the number of columns that were certainly known."""
        from xlsxeval.campaign.given_data import draft_mapping

        return draft_mapping(self._open(heard), Path(export))

    def public_key(self) -> str:
        """The key that the level above registers once, to verify this campaign's exports; made on first use."""
        from xlsxeval.campaign.signing_key import made_public_key

        return made_public_key(self._open({}).folder)

    def run(
        self,
        *,
        wording: StepWording = plain_words,
        force: bool = False,
        jobs: int = AUTO,
        **heard: Unpack[Heard],
    ) -> RunResult:
        """Does everything that can be done now: missing workbooks, collection from 收回, and all results; only what is new.

        ``wording`` words the next steps in the results; ``force`` also writes reports with open errors.
        """
        from xlsxeval.results.run import run_campaign

        return run_campaign(self._open(heard), wording, force=force, jobs=jobs)

    def _open(self, heard: Heard) -> Workspace:
        """The workspace as its files are now, with the receivers of messages."""
        from xlsxeval.campaign.workspace import reopened

        with self._shared.changing:
            self._workspace = reopened(self._workspace)
            return with_fields(self._workspace, listener=_listener(heard))


class _Shared:
    """State shared by all persons acting for a campaign: a lock, the judging front, started on first use, the reception."""

    def __init__(self, front: Front | None) -> None:
        self.changing = Lock()
        self._handed = front
        self._own: Front | None = None
        self._held: HeldEngine | None = None
        self._reception: Reception | None = None

    @property
    def reception(self) -> Reception:
        from xlsxeval.collection.reception import Reception

        with self.changing:
            if self._reception is None:
                self._reception = Reception()
            return self._reception

    @property
    def front(self) -> Front:
        if self._handed is not None:
            return self._handed
        from xlsxeval.judging.front import Front

        with self.changing:
            if self._own is None:
                self._own = Front()
            return self._own

    @property
    def waiting(self) -> int:
        front = self._handed or self._own
        return 0 if front is None else front.waiting

    def hold(self, ledger: HeldEngine) -> None:
        with self.changing:
            before, self._held = self._held, ledger
        if before is not None:
            before.leave()

    def close(self) -> None:
        with self.changing:
            own, self._own = self._own, None
            held, self._held = self._held, None
        if own is not None:
            own.close()
        if held is not None:
            held.leave()


# without a campaign


def check(
    source: bytes | Where, *, name: str | None = None, templates: Where | None = None, front: Front | None = None
) -> Verdict:
    """Judges one workbook by its seal. ``name`` is its name in the verdict, by default its path.

    A file that cannot be read has a verdict as well. Bounds of time and memory hold only with a ``front``, whose
    processes then judge it; without one it is judged in this process, one file at a time.
    """
    return _standing_judge().check(_lone(source, name), _library(templates), front)


def drawn_return(
    source: bytes | Where, front: Front, *, name: str | None = None, templates: Where | None = None
) -> DrawnReturn:
    """Judges one workbook by its seal, as :func:`check` does, and draws its worksheets with the findings in their cells."""
    judge = _standing_judge().judge_by(_library(templates))
    return _drawing_room().lone(_lone(source, name), judge, front)


def drawn_edition(name: str, *, templates: Where | None = None) -> tuple[DrawnSheet, ...]:
    """The workbook of an edition's example unit, drawn as Excel shows it. Raises DefinitionError for an unknown one."""
    from xlsxeval.results.drawn_returns import drawn_blank

    return drawn_blank(fields(name, templates=templates))


def check_files(
    plan: CheckPlan, *, today: dt.date, templates: Where | None = None, **heard: Unpack[Heard]
) -> AbstractContextManager[CheckedFiles]:
    """Judges many files as planned; verdicts can be read until the ``with`` ends. ``today`` is the date of the page.

    ``plan`` is a ``xlsxeval.results.check_plan.CheckPlan``.

    Raises UsageError before any file is read: for a missing path, or an output that would destroy something.
    """
    from xlsxeval.results.checked_files import checked_files

    return checked_files(plan, _library(templates), None, today, _listener(heard))


def audit(
    source: bytes | Where, *, name: str | None = None, edition: str | None = None, templates: Where | None = None
) -> AuditedReport:
    """Audits one published report (Word, web page, workbook, PDF) that another program or person made.

    ``edition`` names the one whose parameters (points, caps, grades) apply as well. A file that cannot be read has a
    verdict that says why. Raises DefinitionError for an unknown edition, UsageError for a PDF without the extra ``pdf``.
    """
    from xlsxeval.results.audited_files import AuditWork

    return AuditWork(_library(templates).directory, edition)(_lone(source, name))


def audit_files(
    plan: AuditPlan, *, today: dt.date, templates: Where | None = None, **heard: Unpack[Heard]
) -> AbstractContextManager[AuditedFiles]:
    """Audits many published reports as planned; they can be read until the ``with`` ends.

    Raises UsageError before any file is read: for a missing path, or an output that would destroy something.
    """
    from xlsxeval.results.audited_files import audited_files

    return audited_files(plan, _library(templates), today, _listener(heard))


def drawn_report(source: bytes, front: Front, *, name: str, templates: Where | None = None) -> DrawnReturn:
    """Audits a published report in a worker and draws its tables with the findings in their cells."""
    from xlsxeval.results.audited_files import AuditWork
    from xlsxeval.results.drawn_reports import ReportDrawer

    return front.judge(ReportDrawer(AuditWork(_library(templates).directory, None)), _lone(source, name))


def drawn_file(source: bytes, front: Front, *, name: str, templates: Where | None = None) -> DrawnReturn:
    """Judges and draws a file of either kind: a workbook by its seal, a published report by :func:`drawn_report`."""
    from xlsxeval.fault_codes import FaultCode
    from xlsxeval.file_kinds import REPORTS, TABLES

    suffix = Path(name).suffix.casefold()
    if suffix in REPORTS and suffix not in TABLES:
        return drawn_report(source, front, name=name, templates=templates)
    drawn = drawn_return(source, front, name=name, templates=templates)
    if any(one.finding.code == FaultCode.NOT_OURS for one in drawn.findings):
        return drawn_report(source, front, name=name, templates=templates)
    return drawn


def editions(*, templates: Where | None = None) -> list[str]:
    """The names of all editions of the forms."""
    return _library(templates).editions()


def edition(name: str, *, templates: Where | None = None) -> Edition:
    """An edition with its forms, parameters and settings. Raises DefinitionError for an unknown or a faulty one."""
    return _library(templates).edition(name)


def restore(backup: Where, folder: Where, *, force: bool = False) -> Restored:
    """Restores a campaign's backup into a folder: proven first, whole or not at all.

    ``force``: a folder that has anything in it is renamed first. Raises UsageError where it has and ``force`` is off;
    StorageError for a damaged backup.
    """
    from xlsxeval.campaign.restoring import restore

    return restore(Path(backup), Path(folder), force=force)


def rules(of: Sequence[str] | None = None, *, templates: Where | None = None) -> Mapping[str, RulePage]:
    """The rules by code: what each looks for, why, and how to correct the fault.

    ``of`` are the editions whose own checks are included, by default all.
    """
    from xlsxeval.rules.catalogue import catalogue

    return catalogue(_library(templates), of)


def lint(name: str, *, templates: Where | None = None) -> list[Problem]:
    """The faults of an edition, each at its file, line and column. Raises UsageError for an unknown one."""
    from xlsxeval.campaign.faults import edition_faults

    return edition_faults(name, _library(templates))


def fields(source: Where, *, templates: Where | None = None) -> Layout:
    """All fields and cells of a workbook (a path), or of an example unit's workbook of an edition (its name)."""
    from xlsxeval.campaign.filling import layout_of

    return layout_of(source, _library(templates, source))


def fill(workbook: Where, values: Where, output: Where, *, force: bool = False, templates: Where | None = None) -> int:
    """Writes a copy of a workbook with the values of a YAML file typed in; returns the number of cells typed.

    Raises UsageError, and DefinitionError with every value that cannot be typed; then nothing is written.
    """
    from xlsxeval.campaign.filling import fill_file

    return fill_file(Path(workbook), Path(values), Path(output), _library(templates, workbook), force=force)


def recalculate(
    workbook: Where, *, now: dt.datetime | None = None, progress: Callable[[int, int], None] | None = None
) -> Recalculation:
    """Recalculates all formulas of any workbook. ``now`` is the moment that TODAY and NOW return.

    ``progress`` receives the numbers of formulas computed and of all; an exception that it raises ends the work. Raises
    UsageError where there is no such file, ``Rejected`` (with its ``fault``) where it cannot be read.
    """
    from xlsxeval.campaign.recalculated import recalculated

    return recalculated(Path(workbook), now, progress)


def explain_cell(result: Recalculation, cell: str) -> Sequence[ExplainedStep]:
    """Steps of the calculation of a recalculated cell (附件2!G4). Raises UsageError for an empty one."""
    from xlsxeval.campaign.recalculated import steps_to

    return steps_to(result, cell)


def draft_form(
    file: Where,
    sheet: str | None = None,
    output: Where | None = None,
    form: str | None = None,
    *,
    force: bool = False,
    templates: Where | None = None,
) -> list[DraftedForm]:
    """Drafts the definitions of the forms in a file of official blank forms (.xlsx, .xls, .docx).

    The only one, or that on ``sheet``, is written where an ``output`` is named.
    """
    from xlsxeval.campaign.drafted_form import draft_form_file

    return draft_form_file(Path(file), sheet, _path(output), form, library=_library(templates), force=force)


def draft_edition(
    files: Sequence[Where],
    name: str,
    *,
    title: str = "",
    answers: Mapping[str, Mapping[str, str]] | None = None,
    report: Where | None = None,
    templates: Where | None = None,
) -> DraftedEdition:
    """Drafts a whole edition from files of blank forms and a published report (.docx); nothing is written.

    ``answers`` are the chosen values by form and question. Raises UsageError, DefinitionError.
    """
    from xlsxeval.campaign.drafted_edition import draft_edition

    paths = [Path(file) for file in files]
    return draft_edition(paths, name, _library(templates), title=title, answers=answers, report=_path(report))


def begin_drafting(
    folder: Where,
    edition: str,
    department: str,
    year: int,
    forms: Mapping[str, bytes],
    report: tuple[str, bytes] | None = None,
) -> FormDrafting:
    """Keeps official blank forms, and perhaps a published report, in a new folder to draft an edition from.

    Raises UsageError where the folder has anything in it.
    """
    from xlsxeval.campaign.form_drafting import begin_drafting

    return begin_drafting(Path(folder), edition, department, year, forms, report)


def drafting_in(folder: Where) -> FormDrafting | None:
    """The draft in a folder; None where there is none."""
    from xlsxeval.campaign.form_drafting import drafting_in

    return drafting_in(Path(folder))


def unfinished_drafts(home: Where) -> list[FormDrafting]:
    """The drafts in the folders of a folder of which no campaign was made yet."""
    from xlsxeval.campaign.form_drafting import unfinished

    return unfinished(Path(home))


def answer_drafting(drafting: FormDrafting, answers: Mapping[str, Mapping[str, str]]) -> FormDrafting:
    """Keeps more answers, by form and question. Raises UsageError once a campaign has been made of the draft."""
    from xlsxeval.campaign.form_drafting import answered

    return answered(drafting, answers)


def redraft(
    drafting: FormDrafting, *, front: Front | None = None, templates: Where | None = None, write: bool = True
) -> tuple[DraftedEdition, list[Problem]]:
    """Drafts the edition anew, writes it beside the originals, and returns what ``lint`` finds in what lies there, too.

    ``write`` off: nothing is written.
    """
    from xlsxeval.campaign.form_drafting import redraft

    return redraft(drafting, _library(templates), front, write=write)


def drop_drafting(drafting: FormDrafting) -> None:
    """Deletes a draft with its originals; a folder that has anything else stays."""
    from xlsxeval.campaign.form_drafting import drop

    drop(drafting)


def drawn_original(sheet: DraftedSheet) -> DrawnSheet:
    """A form of a drafted edition as it is printed, in the colours of what the draft makes of its cells."""
    from xlsxeval.importing.drawing import drawn_original

    return drawn_original(sheet.blank, sheet.draft)


def write_edition(drafted: DraftedEdition, folder: Where, *, force: bool = False) -> list[Problem]:
    """Writes a drafted edition into a folder of own forms; returns what ``lint`` finds in it.

    Raises UsageError where it is there already and ``force`` is off.
    """
    from xlsxeval.campaign.drafted_edition import write_edition

    return write_edition(drafted, Path(folder), force=force)


def new_campaign(
    directory: Where,
    edition: str,
    year: int | None = None,
    *,
    advice: str = "",
    details: CampaignDetails | None = None,
    templates: Where | None = None,
) -> NewCampaign:
    """Writes a roster and a campaign.yaml; the user fills in one. ``advice`` is the roster's note on what to do next.

    ``details`` (``xlsxeval.campaign.creation.CampaignDetails``) take the place of ``year`` and ``advice`` where more is
    known. Raises UsageError where the files exist already.
    """
    from xlsxeval.campaign.creation import CampaignDetails, begin_campaign

    details = details or CampaignDetails(year=year, advice=advice)
    return begin_campaign(Path(directory), edition, _library(templates), details)


def new_roster(directory: Where, source: Where, *, advice: str = "", templates: Where | None = None) -> NewCampaign:
    """Writes a campaign as a roster. Raises UsageError where a roster cannot hold all of it, or exists already."""
    from xlsxeval.campaign.creation import roster_of

    return roster_of(Path(directory), Path(source), _library(templates), advice)


def replace_roster(campaign: Where, data: bytes) -> Path | None:
    """Puts a filled-in roster into a campaign's folder; returns the new name of the one that was there.

    Raises UsageError where it is no roster, or the present one is open in Excel; DefinitionError where it is damaged.
    """
    from xlsxeval.campaign.source_edits import replace_roster

    return replace_roster(Path(campaign), data)


def set_deadline(campaign: Where, deadline: dt.date) -> Path:
    """Writes the deadline into the campaign's roster or campaign.yaml, with comments kept; returns that file."""
    from xlsxeval.campaign.source_edits import set_deadline

    return set_deadline(Path(campaign), deadline)


def set_severity(campaign: Where, code: str, level: str | None, basis: str = "") -> Path:
    """Writes a rule's severity (``error``, ``warning``, ``info``, ``off``; None: its own) into the campaign's file.

    Comments are kept. Returns that file. Raises UsageError for a rule of the families F, I, T and U.
    """
    from xlsxeval.campaign.source_edits import set_severity

    return set_severity(Path(campaign), code, level, basis)


def set_limits(campaign: Where, limits: Mapping[str, int | None]) -> Path:
    """Writes bounds on received files (``xlsxeval.limits.SETTINGS``; None: the default) into the campaign's file.

    Comments are kept. Returns that file. Raises UsageError for a bound that is unknown or out of range.
    """
    from xlsxeval.campaign.source_edits import set_limits

    return set_limits(Path(campaign), limits)


def look_at_machine(campaign: Where | None = None, *, templates: Where | None = None) -> Equipment:
    """Examines this machine: installed packages, templates, and the bounds for received files (of a campaign)."""
    from xlsxeval.campaign.machine import equipment

    try:
        library: Library | XlsxevalError = _library(templates)
    except XlsxevalError as error:
        library = error
    return equipment(library, _path(campaign))


def sample(name: str) -> Path:
    """The folder of a campaign that comes with the program. Raises UsageError for an unknown one."""
    from xlsxeval.campaign.source import sample_folder

    return sample_folder(name)


def _library(templates: Where | None, campaign: Where | None = None) -> Library:
    """The templates: those named, else the own ones of a campaign, else the program's."""
    from xlsxeval.forms.library import Library
    from xlsxeval.resources import campaign_templates, templates_directory

    chosen = _path(templates)
    return Library(templates_directory(chosen) if campaign is None else campaign_templates(Path(campaign), chosen))


def _listener(heard: Heard) -> Listener:
    silent = Listener()
    return Listener(heard.get("progress", silent.progress), heard.get("tell", silent.told))


def _path(path: Where | None) -> Path | None:
    return None if path is None else Path(path)


def _paths(paths: Sequence[Where]) -> list[Path]:
    return [Path(path) for path in paths]


def _lone(source: bytes | Where, name: str | None) -> LoneFile:
    from xlsxeval.judging.lone_files import LoneFile

    if isinstance(source, bytes):
        return LoneFile(source, name or "（没有名称）")
    return LoneFile(Path(source), name or str(source))


@cache
def _standing_judge() -> StandingJudge:
    from xlsxeval.judging.lone_files import StandingJudge

    return StandingJudge()


@cache
def _drawing_room() -> DrawingRoom:
    from xlsxeval.results.drawn_returns import DrawingRoom

    return DrawingRoom()
