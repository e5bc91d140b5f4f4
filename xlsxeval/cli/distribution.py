"""What goes out to one unit: its workbook, or one for each attachment, alone or in an archive with a notice."""

from __future__ import annotations

import glob
import hashlib
import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from xlsxeval.cli.campaigns import distribution_name, generate, open_campaign, workbook_name
from xlsxeval.cli.console import write_file
from xlsxeval.forms.campaign import Campaign, Unit
from xlsxeval.forms.definition import Edition
from xlsxeval.forms.keys import Keys, campaign_keys
from xlsxeval.forms.library import Library
from xlsxeval.forms.placing import build_layout, parts_of

NOTICE = "填报通知.docx"
NOTICE_TEMPLATE = "notice.docx"
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)  # a fixed date: the same input gives the same bytes


@dataclass(frozen=True, slots=True)
class Sent:
    """One file for one unit; ``name`` is relative to the folder of all."""

    code: str
    unit: str
    name: str
    sha256: str


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

    def __getstate__(self) -> dict[str, object]:
        return {**self.__dict__, "_opened": None}

    def __call__(self, code: str) -> list[Sent]:
        """Writes the files of the unit of that code and tells what they are."""
        campaign, edition, keys = self._open()
        unit = campaign.unit(code)
        assert unit is not None
        files = self._files(campaign, unit, edition, keys)
        sent = []
        for name, content in files.items():
            write_file(self.folder / name, content)
            sent.append(Sent(unit.code, unit.name, name, hashlib.sha256(content).hexdigest()))
        return sent

    def _open(self) -> tuple[Campaign, Edition, Keys]:
        if self._opened is None:
            campaign, edition = open_campaign(self.campaign, Library(self.templates))
            assert campaign.directory is not None
            self._opened = campaign, edition, campaign_keys(campaign.directory)
        return self._opened

    def _files(self, campaign: Campaign, unit: Unit, edition: Edition, keys: Keys) -> dict[str, bytes]:
        whole = build_layout(campaign, unit, edition)
        layouts = [whole]
        if self.split:
            layouts = [build_layout(campaign, unit, edition, part) for part in parts_of(whole)]
        books = {workbook_name(layout): generate(layout, keys) for layout in layouts}
        name = distribution_name(campaign, unit)
        if self.archive:
            return {f"{name}.zip": self._archive(campaign, unit, edition, books)}
        return {f"{name}/{file}": content for file, content in books.items()} if self.split else books

    def _archive(self, campaign: Campaign, unit: Unit, edition: Edition, books: Mapping[str, bytes]) -> bytes:
        from xlsxeval.report import notice_bytes

        template = self.templates / "reports" / NOTICE_TEMPLATE
        notice = notice_bytes(campaign, unit, edition, list(books), template)
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in {NOTICE: notice, **books}.items():
                archive.writestr(zipfile.ZipInfo(name, _ZIP_DATE), content, zipfile.ZIP_DEFLATED)
        return buffer.getvalue()
