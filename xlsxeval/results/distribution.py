"""Generates the files that a unit is sent: one workbook or one for each attachment, alone or archived with a notice."""

from __future__ import annotations

import csv
import glob
import hashlib
import io
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from xlsxeval.campaign.earlier_forms import keep_earlier
from xlsxeval.campaign.faults import require_ready
from xlsxeval.campaign.files import refuse_existing, write_file
from xlsxeval.campaign.listener import SILENT, Listener
from xlsxeval.campaign.names import distribution_name, workbook_name
from xlsxeval.campaign.sent_forms import SentForm, SentFormStore
from xlsxeval.campaign.source import load_source
from xlsxeval.campaign.workbooks import chosen_units, generate, sent_form
from xlsxeval.campaign.workspace import Workspace
from xlsxeval.collection.unit_links import new_addresses
from xlsxeval.errors import StorageError, UsageError
from xlsxeval.file_kinds import MANIFEST, NOTICE
from xlsxeval.forms.campaign import Campaign, Unit
from xlsxeval.forms.definition import Edition
from xlsxeval.forms.keys import Keys, campaign_keys
from xlsxeval.forms.library import Library
from xlsxeval.layout.layout import Layout
from xlsxeval.layout.placing import build_layout, parts_of
from xlsxeval.layout.shaping import Shapes
from xlsxeval.workers.pool import each

_COLUMNS = ("单位代码", "单位名称", "文件", "SHA-256")
_STAGING = ".xlsxeval-"
"""Beginning of the names of folders in which workbooks are made before they are moved."""
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)  # a fixed date: the same input gives the same bytes


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook to send, alone or in an archive; ``part`` is its worksheet where it holds only one."""

    part: str | None
    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Sent:
    """A file for a unit; ``name`` is relative to the output folder. ``books`` are the workbooks in it.

    ``forms`` are the kept forms that these were made from, and the form in which a unit's parts are put together.
    """

    code: str
    unit: str
    name: str
    sha256: str
    books: tuple[Book, ...]
    forms: tuple[SentForm, ...]


def in_the_way(campaign: Campaign, unit: Unit, folder: Path, *, split: bool, archive: bool) -> list[Path]:
    """Files made for a unit earlier that lie where its files are to be written."""
    name = distribution_name(campaign, unit)
    if split and not archive:
        return sorted((folder / name).glob(f"{glob.escape(name)} *.xlsx"))
    path = folder / f"{name}{'.zip' if archive else '.xlsx'}"
    return [path] if path.exists() else []


class Distributor:
    """Makes the files of one unit after another in ``folder``. Only its settings are sent to another process."""

    def __init__(
        self,
        templates: Path,
        campaign: Path,
        folder: Path,
        *,
        split: bool,
        archive: bool,
        links: Mapping[str, str] | None = None,
    ) -> None:
        """``links`` are the addresses of units' pages, by code, for the notices."""
        self.templates = templates
        self.campaign = campaign
        self.folder = folder
        self.split = split
        self.archive = archive
        self.links = links or {}
        self._opened: tuple[Campaign, Edition, Keys, SentFormStore] | None = None
        self._shapes = Shapes()

    def __getstate__(self) -> dict[str, object]:
        return {**self.__dict__, "_opened": None, "_shapes": Shapes()}

    def __call__(self, code: str) -> list[Sent]:
        """Writes the files of the unit with this code, keeps their forms, and returns a description of each."""
        campaign, edition, keys, store = self._open()
        unit = campaign.unit(code)
        assert unit is not None
        sent = []
        for name, content, books, forms in self._files(campaign, unit, edition, keys, store):
            write_file(self.folder / name, content)
            sent.append(Sent(unit.code, unit.name, name, _sha256(content), books, forms))
        return sent

    def _open(self) -> tuple[Campaign, Edition, Keys, SentFormStore]:
        if self._opened is None:
            campaign, edition = load_source(self.campaign, Library(self.templates))
            assert campaign.directory is not None
            folder = campaign.directory
            self._opened = campaign, edition, campaign_keys(folder), SentFormStore(folder)
        return self._opened

    def _files(
        self, campaign: Campaign, unit: Unit, edition: Edition, keys: Keys, store: SentFormStore
    ) -> Iterator[tuple[str, bytes, tuple[Book, ...], tuple[SentForm, ...]]]:
        whole = build_layout(campaign, unit, edition, shapes=self._shapes)
        layouts = [whole]
        if self.split:
            layouts = [build_layout(campaign, unit, edition, part, self._shapes) for part in parts_of(whole)]
        made = []
        for layout in layouts:
            form = self._kept(layout, store)
            content = generate(layout, keys, form)
            sent = sent_form(layout, keys.key, form, _sha256(content))
            made.append((Book(layout.part, workbook_name(layout), sent.workbook), content, sent))
        together = (sent_form(whole, keys.key, self._kept(whole, store), ""),) if self.split else ()
        name = distribution_name(campaign, unit)
        if self.archive:
            files = {book.name: content for book, content, _ in made}
            books, forms = tuple(book for book, _, _ in made), tuple(sent for _, _, sent in made)
            yield f"{name}.zip", self._archive(campaign, unit, edition, files), books, (*forms, *together)
            return
        for book, content, sent in made:
            yield f"{name}/{book.name}" if self.split else book.name, content, (book,), (sent, *together)

    def _kept(self, layout: Layout, store: SentFormStore) -> str:
        """Keeps a layout's form with the campaign; returns its digest. Raises StorageError."""
        form = self._shapes.writer.kept(layout)
        store.keep(form)
        return form.digest

    def _archive(self, campaign: Campaign, unit: Unit, edition: Edition, books: Mapping[str, bytes]) -> bytes:
        from xlsxeval.report.notice import NOTICE_TEMPLATE, notice_bytes

        template = Library(self.templates).find(f"reports/{NOTICE_TEMPLATE}")
        notice = notice_bytes(campaign, unit, edition, list(books), template, self.links.get(unit.code, ""))
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in {NOTICE: notice, **books}.items():
                archive.writestr(zipfile.ZipInfo(name, _ZIP_DATE), content, zipfile.ZIP_DEFLATED)
        return buffer.getvalue()


def tidy(folder: Path) -> None:
    """Removes what a killed run left unfinished beside its workbooks; only for the process that holds the campaign's run."""
    for path in folder.glob(f"{_STAGING}*"):
        shutil.rmtree(path, ignore_errors=True)


def distribute(
    distributor: Callable[[Path], Distributor],
    codes: Sequence[str],
    output: Path,
    forms: SentFormStore,
    record: Callable[[Sequence[Sent]], None],
    *,
    jobs: int,
    force: bool,
    listener: Listener = SILENT,
) -> list[Sent]:
    """Makes the files of these units, records them, and only then moves them below ``output``: all, or none.

    ``forms`` keeps their forms. Raises UsageError where a file has appeared in their place meanwhile, StorageError
    where a form cannot be kept, and the errors of ``record``.
    """
    output.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(dir=output, prefix=_STAGING))
    try:
        made = listener.counted(each(distributor(staging), codes, jobs), len(codes), "生成")
        sent = [one for of_unit in made for one in of_unit]
        refuse_existing([output / one.name for one in sent], force=force)
        forms.record(form for one in sent for form in one.forms)
        record(sent)
        for one in sent:
            (output / one.name).parent.mkdir(parents=True, exist_ok=True)
            (staging / one.name).replace(output / one.name)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return sent


def record_sent(workspace: Workspace, sent: Sequence[Sent], what: str) -> None:
    """Records in the ledger the workbooks made for each unit, except those identical to the unit's last one.

    Raises StorageError, LedgerBusyError.
    """
    from xlsxeval.ledger import campaign_digest  # SQLAlchemy only where it is needed

    campaign, edition = workspace.campaign, workspace.edition
    with workspace.ledger() as ledger, ledger.write(workspace.who, workspace.clock(), what) as w:
        w.campaign_version(campaign, edition.digest)
        last = {(one.unit, one.part): one.sha256 for one in w.distributions()}
        own = campaign_digest(campaign)
        for one in sent:
            for book in one.books:
                if last.get((one.code, book.part)) != book.sha256:
                    w.distribution(one.code, book.part, book.name, book.sha256, own, edition.digest)


def generate_all(
    workspace: Workspace,
    output: Path,
    codes: Sequence[str] = (),
    *,
    split: bool = False,
    archive: bool = False,
    force: bool = False,
    jobs: int = 1,
    portal: str | None = None,
) -> list[Sent]:
    """Makes the workbooks of these units, by default of all, and records them in the ledger.

    ``split``: a workbook for each worksheet; ``archive``: a zip for each unit, with a notice. When all units are made,
    a list of the files (下发清单.csv) is written beside them. ``portal``: its
    address; each notice has a new link then. A ledger that cannot be written is reported and does not
    stop the workbooks. Raises UsageError where files are in the way and ``force`` is off; DefinitionError.
    """
    campaign = workspace.campaign
    units = chosen_units(campaign, tuple(dict.fromkeys(codes)))
    require_ready(workspace, [unit.code for unit in units])
    there = [path for unit in units for path in in_the_way(campaign, unit, output, split=split, archive=archive)]
    if there and not force:
        raise UsageError(_there(there))
    campaign_keys(workspace.folder)
    links = new_addresses(workspace, [unit.code for unit in units], portal) if portal and archive else {}

    def distributor(folder: Path) -> Distributor:
        directory = workspace.library.directory
        return Distributor(directory, workspace.path, folder, split=split, archive=archive, links=links)

    def record(sent: Sequence[Sent]) -> None:
        try:
            keep_earlier(workspace, jobs=jobs)
            record_sent(workspace, sent, "generate")
        except (StorageError, UsageError) as error:
            workspace.listener.tell(f"注意：生成了什么没有记入台账：{error}")

    names = [unit.code for unit in units]
    forms, listener = workspace.sent_forms, workspace.listener
    sent = distribute(distributor, names, output, forms, record, jobs=jobs, force=force, listener=listener)
    if not codes:
        write_file(output / f"{MANIFEST}.csv", _manifest(sent))
    return sent


def _there(paths: Sequence[Path]) -> str:
    names = "".join(f"\n  {path}" for path in paths)
    return (
        f"有 {len(paths)} 个文件已经存在，可能发出去过或有人填过，一个也没有生成：{names}\n"
        f"请换一个目录，或用 --unit 只生成还没有的单位，或确认后加 --force 覆盖。"
    )


def _manifest(sent: Iterable[Sent]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    writer.writerows((_as_text(one.code), _as_text(one.unit), one.name, one.sha256) for one in sent)
    return text.getvalue().encode("utf-8-sig")  # with its mark, Excel reads it as UTF-8


def _as_text(value: str) -> str:
    """A value that no spreadsheet program takes for a formula."""
    return f"'{value}" if value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
