"""What goes out to one unit: its workbook, or one for each attachment, alone or in an archive with a notice."""

from __future__ import annotations

import glob
import hashlib
import io
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from xlsxeval.campaign.storage import now, open_ledger
from xlsxeval.campaign.workbooks import distribution_name, generate, open_campaign, workbook_name
from xlsxeval.cli.console import progress, refuse_existing, write_file
from xlsxeval.file_kinds import NOTICE
from xlsxeval.forms.campaign import Campaign, Unit
from xlsxeval.forms.definition import Edition
from xlsxeval.forms.keys import Keys, campaign_keys
from xlsxeval.forms.library import Library
from xlsxeval.layout.placing import build_layout, parts_of
from xlsxeval.layout.shaping import Shapes
from xlsxeval.workers.pool import each

NOTICE_TEMPLATE = "notice.docx"
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)  # a fixed date: the same input gives the same bytes


@dataclass(frozen=True, slots=True)
class Book:
    """One workbook that goes out, alone or in an archive; ``part`` is the worksheet where it holds only one."""

    part: str | None
    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Sent:
    """One file for one unit; ``name`` is relative to the folder of all. ``books`` are the workbooks in it."""

    code: str
    unit: str
    name: str
    sha256: str
    books: tuple[Book, ...]


def in_the_way(campaign: Campaign, unit: Unit, folder: Path, *, split: bool, archive: bool) -> list[Path]:
    """What was made for a unit before and stands where its files go now."""
    name = distribution_name(campaign, unit)
    if split and not archive:
        return sorted((folder / name).glob(f"{glob.escape(name)} *.xlsx"))
    path = folder / f"{name}{'.zip' if archive else '.xlsx'}"
    return [path] if path.exists() else []


class Distributor:
    """Makes the files of one unit after another in ``folder``. Only its settings travel to another process."""

    def __init__(self, templates: Path, campaign: Path, folder: Path, *, split: bool, archive: bool) -> None:
        self.templates = templates
        self.campaign = campaign
        self.folder = folder
        self.split = split
        self.archive = archive
        self._opened: tuple[Campaign, Edition, Keys] | None = None
        self._shapes = Shapes()

    def __getstate__(self) -> dict[str, object]:
        return {**self.__dict__, "_opened": None, "_shapes": Shapes()}

    def __call__(self, code: str) -> list[Sent]:
        """Writes the files of the unit of that code and tells what they are."""
        campaign, edition, keys = self._open()
        unit = campaign.unit(code)
        assert unit is not None
        sent = []
        for name, content, books in self._files(campaign, unit, edition, keys):
            write_file(self.folder / name, content)
            sent.append(Sent(unit.code, unit.name, name, _sha256(content), books))
        return sent

    def _open(self) -> tuple[Campaign, Edition, Keys]:
        if self._opened is None:
            campaign, edition = open_campaign(self.campaign, Library(self.templates))
            assert campaign.directory is not None
            self._opened = campaign, edition, campaign_keys(campaign.directory)
        return self._opened

    def _files(
        self, campaign: Campaign, unit: Unit, edition: Edition, keys: Keys
    ) -> Iterator[tuple[str, bytes, tuple[Book, ...]]]:
        whole = build_layout(campaign, unit, edition, shapes=self._shapes)
        layouts = [whole]
        if self.split:
            layouts = [build_layout(campaign, unit, edition, part, self._shapes) for part in parts_of(whole)]
        files = {workbook_name(layout): generate(layout, keys) for layout in layouts}
        books = {
            file: Book(layout.part, file, _sha256(content))
            for layout, (file, content) in zip(layouts, files.items(), strict=True)
        }
        name = distribution_name(campaign, unit)
        if self.archive:
            yield f"{name}.zip", self._archive(campaign, unit, edition, files), tuple(books.values())
            return
        for file, content in files.items():
            yield f"{name}/{file}" if self.split else file, content, (books[file],)

    def _archive(self, campaign: Campaign, unit: Unit, edition: Edition, books: Mapping[str, bytes]) -> bytes:
        from xlsxeval.report import notice_bytes

        template = self.templates / "reports" / NOTICE_TEMPLATE
        notice = notice_bytes(campaign, unit, edition, list(books), template)
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in {NOTICE: notice, **books}.items():
                archive.writestr(zipfile.ZipInfo(name, _ZIP_DATE), content, zipfile.ZIP_DEFLATED)
        return buffer.getvalue()


def distribute(
    distributor: Callable[[Path], Distributor],
    codes: Sequence[str],
    output: Path,
    record: Callable[[Sequence[Sent]], None],
    *,
    jobs: int,
    force: bool,
) -> list[Sent]:
    """Makes the files of these units, has them recorded, and puts them below ``output`` only then: all, or none.

    Raises UsageError where something was put into their place meanwhile, and what ``record`` raises.
    """
    output.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(dir=output, prefix=".xlsxeval-"))
    try:
        made = progress(each(distributor(staging), codes, jobs), len(codes), "生成")
        sent = [one for of_unit in made for one in of_unit]
        refuse_existing([output / one.name for one in sent], force=force)
        record(sent)
        for one in sent:
            (output / one.name).parent.mkdir(parents=True, exist_ok=True)
            (staging / one.name).replace(output / one.name)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return sent


def record_sent(campaign: Campaign, edition: Edition, sent: Sequence[Sent], by: str, what: str) -> None:
    """Writes into the ledger which workbooks were made for whom; one that was made before, byte for byte, is known.

    Raises StorageError, LedgerBusyError.
    """
    from xlsxeval.ledger import campaign_digest  # SQLAlchemy only where it is needed

    with open_ledger(campaign) as ledger, ledger.write(by, now(), what) as w:
        w.campaign_version(campaign, edition.digest)
        last = {(one.unit, one.part): one.sha256 for one in w.distributions()}
        own = campaign_digest(campaign)
        for one in sent:
            for book in one.books:
                if last.get((one.code, book.part)) != book.sha256:
                    w.distribution(one.code, book.part, book.name, book.sha256, own, edition.digest)


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
