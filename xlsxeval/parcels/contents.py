"""A parcel taken apart, whatever is packed in what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from xlsxeval.fault_codes import FaultCode
from xlsxeval.model import Fault
from xlsxeval.parcels.kinds import kind_of
from xlsxeval.parcels.limits import ParcelLimits
from xlsxeval.parcels.names import is_passed_over, shown
from xlsxeval.parcels.piece import Origin, Piece
from xlsxeval.parcels.unopened import Unopened, refusal


def open_parcel(name: str, data: bytes, origin: Origin, limits: ParcelLimits | None = None) -> Iterator[Piece]:
    """The single files in a parcel, in its own order; a file that is none is itself the only one.

    ``name`` may have folders in front. What is passed over (lock files, what systems leave behind) does not come.
    """
    yield from _Opener((limits or ParcelLimits()).begun()).pieces((name,), data, origin, 0)


class _Opener:
    """Counts over the whole parcel, so that many small archives in one are bounded as one large is."""

    def __init__(self, limits: ParcelLimits) -> None:
        self.limits = limits
        self.pieces_left = limits.pieces
        self.bytes_left = limits.total_bytes

    def pieces(self, trail: tuple[str, ...], data: bytes, origin: Origin, depth: int) -> Iterator[Piece]:
        try:
            yield from self._inside(trail, data, origin, depth)
        except Unopened as error:
            yield Piece(trail, b"", origin, error.fault)

    def _inside(self, trail: tuple[str, ...], data: bytes, origin: Origin, depth: int) -> Iterator[Piece]:
        kind = kind_of(trail[-1], data, self.limits)
        if kind is None:
            yield Piece(trail, data, origin)
            return
        if kind.members is None:
            raise refusal(FaultCode.ARCHIVE_INSTEAD_OF_WORKBOOK, kind.advice)
        if depth >= self.limits.depth:
            raise refusal(FaultCode.ARCHIVE_INSTEAD_OF_WORKBOOK, f"打包超过 {self.limits.depth} 层，没有再打开")
        left = replace(self.limits, pieces=self.pieces_left, total_bytes=self.bytes_left)
        origin, inner = kind.members(data, left, origin)
        empty = True
        for name, content in inner:
            empty = False
            yield from self._member((*trail, shown(name)), content, origin, depth + 1)
        if empty:
            raise refusal(FaultCode.ARCHIVE_INSTEAD_OF_WORKBOOK, "是空的压缩包")

    def _member(self, trail: tuple[str, ...], content: bytes | Unopened, origin: Origin, depth: int) -> Iterator[Piece]:
        self.pieces_left -= 1
        self.bytes_left -= content.spent if isinstance(content, Unopened) else len(content)
        if self.pieces_left < 0 or self.bytes_left < 0:
            raise refusal(FaultCode.TOO_MANY_PARTS, "层层打包的文件太多或太大，后面的没有取出来")
        self.limits.hold_time()
        if is_passed_over(trail[-1]):
            return
        if isinstance(content, Unopened):
            yield Piece(trail, b"", origin, _of(trail[-1], content.fault))
            return
        yield from self.pieces(trail, content, origin, depth)


def _of(name: str, fault: Fault) -> Fault:
    return refusal(fault.code, f"{name} {fault.detail}").fault
