"""Inbox → arrivals: every file is archived first, then taken apart into single files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from xlsxeval.archive import Archive
from xlsxeval.campaign.folders import searched
from xlsxeval.durable import real
from xlsxeval.errors import UsageError
from xlsxeval.fault_codes import FaultCode
from xlsxeval.intake.files import read_file
from xlsxeval.intake.rejected import Rejected
from xlsxeval.levels import is_export
from xlsxeval.limits import Limits
from xlsxeval.model import Fault
from xlsxeval.parcels import Origin, ParcelLimits, Piece, is_passed_over, open_parcel, written_out

if TYPE_CHECKING:
    from xlsxeval.ledger import Writer

_EARLIEST = dt.datetime(1990, 1, 1, tzinfo=dt.UTC)
Act = Callable[[str], None]
"""Called before and after each act that writes, so that a test can stop the program there."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A single file that arrived, with its bytes in the archive.

    ``fault`` says why it could not be extracted from its parcel; ``sha256`` and ``size`` are then the parcel's.
    ``is_parcel`` marks a file that only packs others.
    """

    sha256: str
    size: int
    name: str
    source: str
    origin: Origin
    fault: Fault | None = None
    is_parcel: bool = False
    is_export: bool = False
    """Whether it is a lower level's export: no workbook, and never taken apart here."""

    @property
    def key(self) -> tuple[str, str]:
        """Identity of an arrival in the ledger: its content and the place it came from."""
        return self.sha256, self.source

    @property
    def is_judged(self) -> bool:
        """Whether it is a file to be judged: without a fault, and not a parcel."""
        return self.fault is None and not self.is_parcel


def record_receipt(w: Writer, arrival: Arrival) -> int:
    """Records in the ledger that a file arrived; returns the number of its receipt."""
    origin = arrival.origin
    return w.receipt(
        arrival.sha256,
        arrival.size,
        arrival.name,
        arrival.source,
        subject=origin.subject,
        sender=origin.sender,
        received_at=origin.received_at,
    )


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that could not be read at all (a link, no permission, still being written). Reported, never recorded."""

    source: str
    fault: Fault


@dataclass(frozen=True, slots=True)
class Gathered:
    """Content of the inboxes, the oldest first, so that any interruption leads to the same decisions.

    ``exports`` are those of lower levels.
    """

    arrivals: tuple[Arrival, ...]
    unread: tuple[Unread, ...]
    exports: tuple[Arrival, ...] = ()


def inbox_files(inboxes: Iterable[Path]) -> list[Path]:
    """Every file to collect, once each. A campaign's folder stands for its 收回.

    Raises UsageError for a path that does not exist.
    """
    found: dict[Path, Path] = {}
    for path in inboxes:
        if path.is_dir():
            inside = list(_walk(searched(path)))
        elif path.exists() or path.is_symlink():
            inside = [path]
        else:
            raise UsageError(f"没有这个文件或文件夹：{path}。请检查路径。")
        for file in inside:
            found.setdefault(real(file.parent) / file.name, file)
    return sorted(found)


def _walk(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        is_file = path.is_symlink() or not path.is_dir()
        if is_file and not is_passed_over(path.relative_to(folder).as_posix()):
            yield path


def gather(files: Iterable[Path], archive: Archive, base: Path, latest: dt.datetime, step: Act) -> Gathered:
    """Archives each file, then its members. The files themselves are only read.

    Sources are relative to ``base``; no arrival is later than ``latest``. Raises StorageError.
    """
    arrivals: list[Arrival] = []
    unread: list[Unread] = []
    for path in files:
        source = _source(path, base)
        try:
            data = read_file(path, Limits(file_bytes=ParcelLimits().parcel_bytes))
            seconds = path.stat().st_mtime
        except Rejected as error:
            if error.fault.code != FaultCode.LOCK_FILE:
                unread.append(Unread(source, error.fault))
            continue
        except OSError:
            unread.append(Unread(source, Fault(FaultCode.NOT_AN_ORDINARY_FILE, "文件在读取时变了")))
            continue
        arrivals += unpacked(source, data, Origin(received_at=_moment(seconds)), archive, step)
    return gathered(arrivals, latest, unread)


def gathered(arrivals: Iterable[Arrival], latest: dt.datetime, unread: Iterable[Unread] = ()) -> Gathered:
    """Sorts arrivals by time. None is taken to be later than ``latest``, whatever time its file has."""

    def came(arrival: Arrival) -> Arrival:
        moment = min(arrival.origin.received_at or latest, latest)
        return replace(arrival, origin=replace(arrival.origin, received_at=moment))

    found = sorted(map(came, arrivals), key=lambda one: (one.origin.received_at or latest, one.source, one.sha256))
    exports = tuple(one for one in found if one.is_export)
    return Gathered(tuple(one for one in found if not one.is_export), tuple(unread), exports)


def unpacked(source: str, data: bytes, origin: Origin, archive: Archive, step: Act) -> Iterator[Arrival]:
    """Archives an arrived file, then each file in it; a mere parcel is yielded last.

    ``source`` is where it came from, ending with its own name. Raises StorageError.
    """
    step("archive")
    sha256 = archive.store(data)
    step("archived")
    parcel = Arrival(sha256, len(data), source.rpartition("/")[2], source, origin, is_parcel=True)
    counts: dict[str, int] = {}
    for piece in open_parcel(source, data, origin):
        here = _unique(piece.source, counts)
        if len(piece.trail) == 1:
            parcel = replace(parcel, fault=piece.fault, is_parcel=False, is_export=is_export(piece.data))
        else:
            yield _arrival(piece, here, parcel, archive, step)
    if not counts:
        parcel = replace(
            parcel, fault=Fault(FaultCode.ARCHIVE_INSTEAD_OF_WORKBOOK, "里面没有单位报来的文件"), is_parcel=False
        )
    yield parcel


def _arrival(piece: Piece, source: str, parcel: Arrival, archive: Archive, step: Act) -> Arrival:
    if piece.fault is not None:
        broken = replace(parcel, name=piece.name, source=source, origin=piece.origin)
        return replace(broken, fault=piece.fault, is_parcel=False)
    step("archive")
    sha256 = archive.store(piece.data)
    step("archived")
    return Arrival(sha256, len(piece.data), piece.name, source, piece.origin, is_export=is_export(piece.data))


def _unique(source: str, counts: dict[str, int]) -> str:
    """Numbers members that have the same name in one parcel, so that each is an arrival of its own."""
    counts[source] = counts.get(source, 0) + 1
    return source if counts[source] == 1 else f"{source}（第{counts[source]}个）"


def _moment(seconds: float) -> dt.datetime | None:
    """The time that a file bears; None for one that no clock of today can have given it."""
    try:
        moment = dt.datetime.fromtimestamp(seconds, dt.UTC)
    except (OSError, OverflowError, ValueError):
        return None
    return moment if moment >= _EARLIEST else None


def _source(path: Path, base: Path) -> str:
    """Path of a file, relative to the campaign's folder where it is inside: the folder may be moved as a whole."""
    whole = real(path.parent) / path.name
    try:
        return written_out(whole.relative_to(real(base)).as_posix())
    except ValueError:
        return written_out(whole.as_posix())
