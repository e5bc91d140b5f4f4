"""Forms that a campaign sent out, kept with it: texts under their SHA-256, and an index of workbooks and their forms.

They lie in the campaign's ``.xlsxeval/forms``: a compressed text each, and ``sent.jsonl`` with one line for each
workbook; lines are only ever added. Damaged files and lines count as missing.
"""

from __future__ import annotations

import gzip
import json
import os
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from xlsxeval.campaign.digests import digest, generator_digest
from xlsxeval.campaign.files import write_file
from xlsxeval.durable import make_folder, sync_folder
from xlsxeval.errors import StorageError
from xlsxeval.forms.keys import FOLDER as KEYS_FOLDER
from xlsxeval.layout.kept import KeptForm, KeptFormError, digest_of, shape_digest_of

FOLDER = "forms"
"""Folder in a campaign's ``.xlsxeval`` folder."""
_INDEX = "sent.jsonl"


@dataclass(frozen=True, slots=True)
class SentForm:
    """A workbook that was made for a unit, and the form that it was made from.

    ``workbook`` is its SHA-256; empty for the whole form of a unit whose worksheets were sent apart. ``subject`` is the
    seal's ``Seal.subject_digest``. ``form`` is None where it is no longer known; ``other`` is then true where it is not
    the form that ``program`` lays out. ``program`` is the digest of the code that laid it out. A form that was
    recovered from the workbook serves ``instead`` of the lost one that the seal names.
    """

    workbook: str
    unit: str
    part: str | None
    subject: str
    form: str | None
    program: str
    other: bool = False
    instead: str | None = None
    named: bool = True


class SentFormStore:
    """The kept forms of a campaign's folder. Only its path is sent to another process."""

    def __init__(self, campaign: Path) -> None:
        self.campaign = campaign
        self._folder = campaign / KEYS_FOLDER / FOLDER
        self._sent: list[SentForm] | None = None
        self._written: set[str] = set()

    def __getstate__(self) -> Path:
        return self.campaign

    def __setstate__(self, state: Path) -> None:
        self.__init__(state)  # type: ignore[misc]

    # what was sent

    def text(self, digest: str) -> str | None:
        """The text with this SHA-256, or its replacement; None where it is not kept or is damaged."""
        own = self._own_text(digest)
        if own is not None:
            return own
        others = (self._own_text(one.form) for one in self.sent if one.instead == digest and one.form is not None)
        return next((text for text in others if text is not None), None)

    def _own_text(self, digest: str) -> str | None:
        try:
            text = gzip.decompress(self._path(digest).read_bytes()).decode()
        except (OSError, EOFError, zlib.error, UnicodeDecodeError):
            return None
        return text if digest_of(text) == digest else None

    def forms_of(self, subject: str, *, unnamed: bool = False) -> Sequence[str]:
        """The digests of the forms that were sent under seals of one subject, the oldest first.

        ``unnamed``: only those under seals that name no form.
        """
        sent = (one for one in self.sent if one.subject == subject and not (unnamed and one.named))
        return list(dict.fromkeys(one.form for one in sent if one.form is not None))

    def is_lost(self, subject: str) -> bool:
        """Whether a workbook with such a seal was sent in a form that is no longer known."""
        lost = (one for one in self.sent if one.subject == subject and one.form is None)
        return any(one.other or one.program != generator_digest() for one in lost)

    def is_of_another_program(self, digest: str) -> bool:
        """Whether only programs other than this one laid the form out."""
        return all(one.program != generator_digest() for one in self.sent if one.form == digest)

    @property
    def sent(self) -> Sequence[SentForm]:
        """All records of workbooks that were made, in their order."""
        if self._sent is None:
            self._sent = list(_read(self._folder / _INDEX))
        return self._sent

    def kept(self) -> frozenset[str]:
        """Digests of the recorded forms that are intact, together with their shapes."""
        shapes: dict[str, bool] = {}
        found = set()
        for form in {one.form for one in self.sent if one.form is not None}:
            shape = self._shape_of(form)
            if shape is not None and shape not in shapes:
                shapes[shape] = self.text(shape) is not None
            if shape is not None and shapes[shape]:
                found.add(form)
        return frozenset(found)

    def traces(self) -> Mapping[str, str]:
        """Digest for each unit of its missing forms: while it stays the same, the unit's files need no new verdict."""
        kept = self.kept()
        lines: dict[str, set[str]] = {}
        last = {(one.workbook, one.subject): one for one in self.sent}  # a lost form may have been found since
        for one in last.values():
            if one.form not in kept:
                lines.setdefault(one.unit, set()).add(f"{one.subject} {one.form} {one.other} {one.program}")
        return {unit: digest(*sorted(of_unit)) for unit, of_unit in lines.items()}

    def _shape_of(self, form: str) -> str | None:
        text = self.text(form)
        try:
            return None if text is None else shape_digest_of(text)
        except KeptFormError:
            return None

    # what is kept

    def keep(self, form: KeptForm) -> None:
        """Keeps a form. The form is on the disk when this returns. Raises StorageError."""
        with _storing(self._folder):
            for name, text in ((form.shape_digest, form.shape_text), (form.digest, form.text)):
                if name not in self._written and self._own_text(name) is None:
                    make_folder(self._folder)
                    write_file(self._path(name), gzip.compress(text.encode(), mtime=0))
                self._written.add(name)
            sync_folder(self._folder)

    def record(self, sent: Iterable[SentForm]) -> None:
        """Records workbooks and their forms, each once. The records are on the disk when this returns.

        Raises StorageError.
        """
        known = set(self.sent)
        new = [one for one in dict.fromkeys(sent) if one not in known]
        if not new:
            return
        with _storing(self._folder):
            make_folder(self._folder)
            path = self._folder / _INDEX
            with path.open("ab") as file:
                if file.tell() and not path.read_bytes().endswith(b"\n"):
                    file.write(b"\n")
                file.writelines(json.dumps(asdict(one), ensure_ascii=False).encode() + b"\n" for one in new)
                file.flush()
                os.fsync(file.fileno())
            sync_folder(self._folder)
        self._sent = [*self.sent, *new]

    def _path(self, digest: str) -> Path:
        return self._folder / f"{digest}.json.gz"


def _read(path: Path) -> Iterator[SentForm]:
    """Reads the records; damaged lines are ignored."""
    names = {field.name for field in fields(SentForm)}
    try:
        lines = path.read_bytes().splitlines()
    except OSError:
        return
    for line in lines:
        try:
            yield SentForm(**{name: value for name, value in json.loads(line).items() if name in names})
        except (ValueError, TypeError, AttributeError):
            continue


@contextmanager
def _storing(folder: Path) -> Iterator[None]:
    """Turns an OSError into a StorageError that says what to do."""
    try:
        yield
    except OSError as error:
        raise StorageError(
            f"下发的表样存不下（{folder}：{error.strerror or error}）。请检查磁盘和文件夹的权限，再运行一次。"
        ) from error
