"""Recovers the forms of workbooks that a campaign sent before forms were kept.

A workbook of an earlier program is known by the SHA-256 in the ledger. If it still lies in 下发, its form is read from
it; otherwise its form is known only if laying it out today gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from xlsxeval.campaign.bounds import bounds_of
from xlsxeval.campaign.digests import generator_digest
from xlsxeval.campaign.folders import SENT
from xlsxeval.campaign.sent_forms import SentForm, SentFormStore
from xlsxeval.campaign.workbooks import generate, sent_form
from xlsxeval.campaign.workspace import Workspace
from xlsxeval.errors import DefinitionError, StorageError, UsageError
from xlsxeval.forms.keys import Keys, find_keys
from xlsxeval.forms.library import Library
from xlsxeval.forms.seal import FORMAT, Seal, make_seal, read_seal
from xlsxeval.intake.cells import RawWorkbook
from xlsxeval.intake.identity import Layouts, seal_in
from xlsxeval.intake.reader import read_workbook
from xlsxeval.intake.rejected import Rejected
from xlsxeval.intake.sent_layout import sent_layout
from xlsxeval.layout.layout import Layout
from xlsxeval.limits import Limits
from xlsxeval.workers import Bounds, Lost
from xlsxeval.workers.pool import AUTO, Hands, each

if TYPE_CHECKING:
    from xlsxeval.ledger import Distribution, Ledger, Queries


@dataclass(frozen=True, slots=True)
class EarlierWorkbook:
    """A workbook that was sent: its SHA-256, where it lies, and what the ledger has of it.

    ``seal`` is the JSON of its seal as far as the ledger has it, empty for a workbook that the ledger does not know.
    ``path`` is None where it no longer lies in 下发; ``member`` is its name in an archive there.
    """

    sha256: str
    unit: str = ""
    part: str | None = None
    seal: str = ""
    path: Path | None = None
    member: str = ""


def keep_earlier(workspace: Workspace, ledger: Ledger | None = None, jobs: Hands = AUTO) -> None:
    """Keeps the forms of workbooks that were sent before forms were kept, each once. Raises StorageError."""
    if find_keys(workspace.folder) is None:
        return
    store = workspace.sent_forms
    found = _unknown(workspace, store, ledger)
    if not found:
        return
    keeper, near = _Keeper(workspace.library.directory, workspace.folder), jobs if isinstance(jobs, int) else AUTO
    kept = workspace.listener.counted(each(keeper, found, near), len(found), "记下发过的表样")
    store.record([form for forms in kept for form in forms])


def keep_earlier_once(workspace: Workspace) -> None:
    """Keeps the forms of earlier workbooks if no form was ever kept; skips it if folder or ledger cannot be used."""
    if not workspace.sent_forms.sent:
        with suppress(StorageError, UsageError, OSError):
            keep_earlier(workspace)


def _unknown(workspace: Workspace, store: SentFormStore, ledger: Ledger | None) -> list[EarlierWorkbook]:
    """Workbooks that are not on record, or whose form is gone: those of the ledger, or without a ledger those in 下发."""
    kept = store.kept()
    known = {one.workbook for one in store.sent if one.form in kept}
    lost = {one.workbook for one in store.sent if one.form is None} - known
    recorded = _recorded(workspace, ledger)
    wanted = {one.sha256: one for one in recorded if one.sha256 not in known}
    if not wanted and (recorded or store.sent):
        return []
    for one in _lying(workspace.folder / SENT):
        if one.sha256 in wanted:
            wanted[one.sha256] = replace(wanted[one.sha256], path=one.path, member=one.member)
        elif not recorded and one.sha256 not in known:
            wanted[one.sha256] = one
    return [one for one in wanted.values() if one.sha256 not in lost or one.path is not None]


def _recorded(workspace: Workspace, ledger: Ledger | None) -> list[EarlierWorkbook]:
    if ledger is not None:
        with ledger.read() as r:
            return _distributed(r, workspace)
    if not workspace.has_ledger:
        return []
    with workspace.ledger(make=False) as opened, opened.read() as r:
        return _distributed(r, workspace)


def _distributed(r: Queries, workspace: Workspace) -> list[EarlierWorkbook]:
    sent = {one.sha256: one for one in r.distributions()}
    return [EarlierWorkbook(one.sha256, one.unit, one.part, _seal_text(r, workspace, one)) for one in sent.values()]


def _seal_text(r: Queries, workspace: Workspace, sent: Distribution) -> str:
    """JSON of a seal of the campaign at the time of sending; empty where the definition of that time is not known."""
    definition = r.definition(sent.campaign_digest)
    if definition is None or sent.edition_digest != workspace.edition.digest:
        return ""
    data = json.loads(definition)
    unit = next((one for one in data["units"] if one["code"] == sent.unit), None)
    names = ("campaign", "edition", "year", "department", "deadline", "rules")
    seal = {name: data[name] for name in names if data[name] != {}}
    edition = {"xlsxeval": FORMAT, "version": workspace.edition.version, "definition": workspace.edition.digest}
    return json.dumps({**seal, **edition, "unit": unit, "part": sent.part}, ensure_ascii=False)


def _lying(folder: Path) -> Iterator[EarlierWorkbook]:
    """The workbooks in a folder, alone or in archives."""
    for path in sorted(folder.rglob("*")):
        if path.suffix not in (".xlsx", ".zip") or not path.is_file():
            continue
        with suppress(OSError, zipfile.BadZipFile):
            data = path.read_bytes()
            if path.suffix == ".xlsx":
                yield EarlierWorkbook(_sha256(data), path=path)
                continue
            with zipfile.ZipFile(BytesIO(data)) as archive:
                for name in archive.namelist():
                    if name.endswith(".xlsx"):
                        yield EarlierWorkbook(_sha256(archive.read(name)), path=path, member=name)


class _Keeper:
    """Finds and keeps the form of one workbook after another. Only its settings are sent to another process."""

    def __init__(self, templates: Path, folder: Path) -> None:
        self.templates = templates
        self.folder = folder
        self._layouts = Layouts()

    def __getstate__(self) -> tuple[Path, Path]:
        return self.templates, self.folder

    def __setstate__(self, state: tuple[Path, Path]) -> None:
        self.__init__(*state)  # type: ignore[misc]

    @property
    def bounds(self) -> Bounds:
        """Bounds on the work for one workbook: the program's defaults for a received file."""
        return bounds_of(Limits())

    def lost(self, workbook: EarlierWorkbook, lost: Lost) -> Sequence[SentForm]:
        """Records nothing of a workbook whose form was not found out in time, so that it is tried again."""
        return ()

    def __call__(self, workbook: EarlierWorkbook) -> Sequence[SentForm]:
        """Records to make for a workbook; none where it is not the campaign's, or its form cannot be determined."""
        raw = _read(workbook)
        seal = read_seal(["xlsxeval", "", workbook.seal]) if raw is None else seal_in(raw)
        if seal is None:
            return [SentForm(workbook.sha256, workbook.unit, workbook.part, "", None, "")] if raw is None else ()
        if raw is not None and not seal.signed_by(self._keys.key):
            return ()
        layout = self._laid_out(seal)
        sent: Layout | None = None
        if layout is not None:
            sent = self._as_recorded(layout, workbook) if raw is None else sent_layout(layout, raw)
        if not workbook.unit and sent is not layout:
            return ()  # no ledger says that it was sent as it lies there
        form = None if sent is None else self._keep(sent)
        same = sent is not None and sent is layout
        other = layout is not None and sent is None
        program = generator_digest() if same or form is None else ""
        instead = seal.form if form != seal.form else None
        unit, subject = seal.unit.code, seal.subject_digest
        own = SentForm(workbook.sha256, unit, seal.part, subject, form, program, other, instead)
        return [own, *self._whole(seal)] if same and seal.part is not None else [own]

    def _whole(self, seal: Seal) -> Iterator[SentForm]:
        """The form in which the parts of a unit are put together."""
        edition = self._library.edition(seal.campaign.edition)
        whole = make_seal(seal.campaign, seal.unit, edition, self._keys.key)
        layout = self._laid_out(whole)
        if layout is not None:
            yield sent_form(layout, self._keys.key, self._keep(layout), "")

    def _laid_out(self, seal: Seal) -> Layout | None:
        try:
            return self._layouts.of(seal, self._library.edition(seal.campaign.edition))
        except DefinitionError:
            return None

    def _as_recorded(self, layout: Layout, workbook: EarlierWorkbook) -> Layout | None:
        """The layout, if a workbook that is made from it has the bytes that the ledger recorded."""
        digests = (None, self._layouts.shapes.writer.kept(layout).digest)
        made = (generate(layout, self._keys, digest) for digest in digests)
        return layout if any(_sha256(data) == workbook.sha256 for data in made) else None

    def _keep(self, layout: Layout) -> str:
        form = self._layouts.shapes.writer.kept(layout)
        self._store.keep(form)
        return form.digest

    @cached_property
    def _library(self) -> Library:
        return Library(self.templates)

    @cached_property
    def _keys(self) -> Keys:
        keys = find_keys(self.folder)
        assert keys is not None
        return keys

    @cached_property
    def _store(self) -> SentFormStore:
        return SentFormStore(self.folder)


def _read(workbook: EarlierWorkbook) -> RawWorkbook | None:
    """Reads a workbook that still lies unchanged where it was sent; None where it does not, or cannot be read."""
    data = _content(workbook)
    try:
        return None if data is None else read_workbook(data)
    except Rejected:
        return None


def _content(workbook: EarlierWorkbook) -> bytes | None:
    """The bytes of a workbook that still lies unchanged where it was sent; None where it does not."""
    if workbook.path is None:
        return None
    try:
        data = workbook.path.read_bytes()
        if workbook.member:
            with zipfile.ZipFile(BytesIO(data)) as archive:
                data = archive.read(workbook.member)
    except (OSError, KeyError, zipfile.BadZipFile):
        return None
    return data if _sha256(data) == workbook.sha256 else None


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
