"""Index of last year's records: each unit's files, from that campaign's ledger, or without one from its 收回."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from xlsxeval.campaign.folders import RETURNED, tables_in
from xlsxeval.campaign.glimpses import Glimpse, campaign_files, glimpse
from xlsxeval.campaign.sent_forms import SentFormStore
from xlsxeval.campaign.source import load_source
from xlsxeval.campaign.storage import archive_of, open_ledger, record_target
from xlsxeval.errors import StorageError, UsageError, XlsxevalError
from xlsxeval.forms.campaign import Campaign
from xlsxeval.forms.keys import FOLDER, find_keys
from xlsxeval.forms.library import Library
from xlsxeval.intake.identity import Context, Layouts
from xlsxeval.intake.submission import open_returned
from xlsxeval.model import Severity

TAMPERING = ("F", "I", "T")
"""Families of findings with which a file is no record: no one knows whether it is what the unit handed in."""


@dataclass(frozen=True, slots=True)
class RecordFile:
    """A file that counted last year. ``faults`` are the codes of its errors, None where it was not checked."""

    path: Path
    sha256: str
    faults: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Index:
    """Last year's units: their names and, where they handed something in, their files. Small enough for sending."""

    year: int
    names: Mapping[str, str]
    files: Mapping[str, tuple[RecordFile, ...]]
    notes: tuple[str, ...] = field(default=(), compare=False, repr=False)
    """Reasons in Chinese why last year's campaign, or some of its units, cannot serve as a record."""


_Found = dict[str, dict[str | None, list[RecordFile]]]
"""Files by unit and part."""


def make_index(campaign: Campaign, library: Library, at: dt.datetime, address: str | None) -> Index:
    """Indexes the campaign that ``campaign`` names as last year's; empty, with notes why, where it cannot be used.

    ``at`` is the present moment, ``address`` the named address of this year's ledger. This year's files are checked
    also without last year's records: their absence is no fault.
    """
    try:
        before = last_campaign(campaign, library)
        found = _from_ledger(before, at, address)
        if found is None:
            found = _from_folder(before, library)
    except (XlsxevalError, OSError) as error:
        note = f"注意：上年任务 {campaign.last_year} 用不上，没有与上年的记录核对（X110、N112）：{error}"
        return Index(campaign.year - 1, {}, {}, (note,))
    doubtful = sorted(code for code, parts in found.items() if _is_doubtful(parts))
    notes = []
    if doubtful:
        notes.append(f"注意：上年有几份不同的表，不知道以哪份为准，都没有当作上年的记录：{'、'.join(doubtful)}")
    files = {
        code: tuple(file for files in parts.values() for file in files)
        for code, parts in found.items()
        if code not in doubtful
    }
    if not files:
        notes.append(f"注意：上年任务 {campaign.last_year} 里没有可用的表，没有与上年的记录核对（X110、N112）。")
    return Index(before.year, {unit.code: unit.name for unit in before.units}, files, tuple(notes))


def last_campaign(campaign: Campaign, library: Library) -> Campaign:
    """The campaign that another names as last year's.

    Raises DefinitionError where it is faulty; UsageError where there is none, or it is of another year.
    """
    assert campaign.last_year is not None
    before, _ = load_source(campaign.last_year, library)
    if before.year != campaign.year - 1:
        raise UsageError(f"它的年度是 {before.year}，不是 {campaign.year - 1}。请改正任务里的「上年任务」。")
    return before


def record_context(before: Campaign, library: Library) -> Context:
    """The context in which last year's files are read: their own campaign, without the year before it."""
    if before.directory is None:
        return Context(library, before)
    keys = find_keys(before.directory)
    return Context(library, before, keys.key if keys else None, sent=SentFormStore(before.directory))


def witness_digest(campaign: Campaign, library: Library, at: dt.datetime, address: str | None) -> str:
    """Digest of everything that last year's records depend on, or the error; empty where no last year is named.

    ``at`` is the present moment, ``address`` the named address of this year's ledger.
    """
    if campaign.last_year is None:
        return ""
    from xlsxeval.ledger import campaign_digest  # SQLAlchemy only where it is needed

    try:
        before = last_campaign(campaign, library)
        key = record_context(before, library).key
        found = _from_ledger(before, at, address)
        files = _lying(before) if found is None else _recorded(found)
        assert before.directory is not None
        forms = sorted(SentFormStore(before.directory).traces().items())
    except (XlsxevalError, OSError) as error:
        return str(error)
    return hashlib.sha256(f"{campaign_digest(before)} {key!r} {files} {forms}".encode("utf-8", "replace")).hexdigest()


def witness_glimpse(campaign: Campaign, address: str | None) -> Glimpse | None:
    """Glimpse of last year's files: while it is equal, so is their digest. None where the records are in a database."""
    if campaign.last_year is None:
        return ()
    folder = campaign.last_year if campaign.last_year.is_dir() else campaign.last_year.parent
    ledger = record_target(folder, address)
    if not isinstance(ledger, Path):
        return None
    records = [ledger, ledger.with_name(f"{ledger.name}-wal"), *tables_in(folder / RETURNED)]
    return glimpse([*campaign_files(campaign.last_year), folder / FOLDER / "key", *records])


def _recorded(found: _Found) -> list[str]:
    held = ((code, part, one) for code, parts in found.items() for part, files in parts.items() for one in files)
    return sorted(f"{code} {part} {one.sha256} {one.faults}" for code, part, one in held)


def _lying(before: Campaign) -> list[str]:
    """Names and digests of the files in 收回. Raises StorageError where there is no such folder."""
    folder = _returned(before)
    return [f"{path.relative_to(folder)} {hashlib.sha256(path.read_bytes()).hexdigest()}" for path in tables_in(folder)]


def _returned(before: Campaign) -> Path:
    assert before.directory is not None
    folder = before.directory / RETURNED
    if not folder.is_dir():
        raise StorageError(f"没有台账，也没有文件夹 {folder}，读不到上年收的表")
    return folder


def _from_ledger(before: Campaign, at: dt.datetime, address: str | None) -> _Found | None:
    """Files that count according to the ledger; None where there is no ledger, or nothing was collected with it."""
    assert before.directory is not None
    target = record_target(before.directory, address)
    if isinstance(target, Path) and not target.is_file():
        return None
    archive = archive_of(before.directory)
    found: _Found = {}
    with open_ledger(target, before.id, at, make=False) as ledger, ledger.read() as r:
        if not r.submissions():
            return None
        for (code, part), one in r.current_submissions().items():
            errors = [f for f in r.findings(one.id) if f.severity == Severity.ERROR and f.waived_by is None]
            faults = tuple(dict.fromkeys(f.code for f in errors if f.code.startswith(TAMPERING)))
            found.setdefault(code, {})[part] = [RecordFile(archive.path(one.sha256), one.sha256, faults)]
    return found


def _from_folder(before: Campaign, library: Library) -> _Found:
    """Files in 收回 by unit and part, as their seals say."""
    folder = _returned(before)
    context, layouts = record_context(before, library), Layouts()
    found: _Found = {}
    for path in tables_in(folder):
        returned = open_returned(path, context, layouts)
        if returned.submission is None:
            continue
        held = RecordFile(path, returned.sha256)
        of_part = found.setdefault(returned.submission.unit.code, {}).setdefault(returned.submission.layout.part, [])
        if held.sha256 not in [one.sha256 for one in of_part]:
            of_part.append(held)
    return found


def _is_doubtful(parts: Mapping[str | None, list[RecordFile]]) -> bool:
    """Whether several different files of a unit lie there, and nothing decides between them."""
    return any(len(files) > 1 for files in parts.values()) or (None in parts and len(parts) > 1)
