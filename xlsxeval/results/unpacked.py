"""Archives among the files to check, taken apart into their tables."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from xlsxeval.campaign.files import write_file
from xlsxeval.campaign.folders import is_table
from xlsxeval.campaign.listener import Listener
from xlsxeval.intake.files import read_file
from xlsxeval.intake.rejected import Rejected
from xlsxeval.intake.submission import Returned
from xlsxeval.judging.lone_files import LoneFile
from xlsxeval.limits import Limits
from xlsxeval.parcels import ARROW, Origin, ParcelLimits, Piece, archive_suffixes, open_parcel, written_out
from xlsxeval.rules.engine import judge
from xlsxeval.rules.verdict import Verdict

_MOST_NAMED = 5


def unpacked(files: Sequence[Path], place: Path, today: dt.date, listener: Listener) -> Iterator[LoneFile | Verdict]:
    """Each file, and in the place of an archive with tables its tables, written below ``place``.

    A table that could not be taken out is a verdict with the reason. What lies beside tables and is none is only
    reported: letters and pictures come with returns. An archive without tables stays a file, with its own finding.
    """
    for number, file in enumerate(files):
        pieces = list(_pieces(file, today)) if file.suffix.lower() in archive_suffixes() else []
        tables = [piece for piece in pieces if is_table(Path(piece.name))]
        if not any(piece.fault is None for piece in tables):
            yield LoneFile(file, str(file))
            continue
        for within, piece in enumerate(tables):
            shown = ARROW.join((str(file), *map(written_out, piece.trail[1:])))
            if piece.fault is not None:
                yield judge(Returned(shown, hashlib.sha256(piece.data).hexdigest(), len(piece.data), (piece.fault,)))
                continue
            path = place / str(number) / f"{within}{Path(piece.name).suffix}"
            write_file(path, piece.data)
            yield LoneFile(path, shown)
        if beside := [written_out(piece.name) for piece in pieces if piece not in tables]:
            named = "、".join(beside[:_MOST_NAMED]) + ("……" if len(beside) > _MOST_NAMED else "")
            listener.tell(f"{file}：里面 {len(beside)} 个不是表，没有核对（{named}）")


def _pieces(file: Path, today: dt.date) -> Iterator[Piece]:
    try:
        data = read_file(file, Limits(file_bytes=ParcelLimits().parcel_bytes))
    except Rejected:
        return
    moment = dt.datetime.combine(today, dt.time(), dt.UTC)
    yield from open_parcel(str(file), data, Origin(received_at=moment))
