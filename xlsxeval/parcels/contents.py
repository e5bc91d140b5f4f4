"""A parcel taken apart, whatever is packed in what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from xlsxeval.fault_codes import FaultCode
from xlsxeval.intake.rejected import Rejected, refusal
from xlsxeval.model import Fault
from xlsxeval.parcels.archives import is_archive, members, too_many_records
from xlsxeval.parcels.limits import ParcelLimits
from xlsxeval.parcels.mails import read_mail
from xlsxeval.parcels.names import is_passed_over, shown
from xlsxeval.parcels.piece import Origin, Piece

_MAIL = ".eml"
_SPOKEN = {
    ".msg": "是 Outlook 的邮件（.msg），打不开；请另存为 .eml，或把附件另存出来",
    "winmail.dat": "是 Outlook 打包的附件（winmail.dat），打不开；请对方改用“纯文本”或“HTML”格式再发一次",
}


def open_parcel(name: str, data: bytes, origin: Origin, limits: ParcelLimits | None = None) -> Iterator[Piece]:
    """The single files in a parcel, in its own order; a file that is none is itself the only one.

    ``name`` may have folders in front. What is passed over (lock files, what systems leave behind) does not come.
    """
    yield from _Opener(limits or ParcelLimits()).pieces((name,), data, origin, 0)


class _Opener:
    """Counts over the whole parcel, so that many small archives in one are bounded as one large is."""

    def __init__(self, limits: ParcelLimits) -> None:
        self.limits = limits
        self.pieces_left = limits.pieces
        self.bytes_left = limits.total_bytes

    def pieces(self, trail: tuple[str, ...], data: bytes, origin: Origin, depth: int) -> Iterator[Piece]:
        try:
            if too_many_records(data, self.limits):
                raise refusal(FaultCode.TOO_MANY_PARTS, f"压缩包里的部件超过 {self.limits.records} 个")
            yield from self._inside(trail, data, origin, depth)
        except Rejected as error:
            yield Piece(trail, b"", origin, error.fault)

    def _inside(self, trail: tuple[str, ...], data: bytes, origin: Origin, depth: int) -> Iterator[Piece]:
        folded = trail[-1].casefold()
        for ending, why in _SPOKEN.items():
            if folded.endswith(ending):
                raise refusal(FaultCode.ARCHIVE_INSTEAD_OF_WORKBOOK, why)
        inner: Iterable[tuple[str, bytes | Rejected]]
        if folded.endswith(_MAIL):
            self._require_depth(depth)
            origin, inner = read_mail(data, self.limits, origin)
        elif is_archive(data):
            self._require_depth(depth)
            inner = members(data, self.limits)
        else:
            yield Piece(trail, data, origin)
            return
        empty = True
        for name, content in inner:
            empty = False
            yield from self._member((*trail, shown(name)), content, origin, depth + 1)
        if empty:
            raise refusal(FaultCode.ARCHIVE_INSTEAD_OF_WORKBOOK, "是空的压缩包")

    def _member(self, trail: tuple[str, ...], content: bytes | Rejected, origin: Origin, depth: int) -> Iterator[Piece]:
        if is_passed_over(trail[-1]):
            return
        if isinstance(content, Rejected):
            yield Piece(trail, b"", origin, _of(trail[-1], content.fault))
            return
        self.pieces_left -= 1
        self.bytes_left -= len(content)
        if self.pieces_left < 0 or self.bytes_left < 0:
            raise refusal(FaultCode.TOO_MANY_PARTS, "层层打包的文件太多或太大，后面的没有取出来")
        yield from self.pieces(trail, content, origin, depth)

    def _require_depth(self, depth: int) -> None:
        if depth >= self.limits.depth:
            raise refusal(FaultCode.ARCHIVE_INSTEAD_OF_WORKBOOK, f"打包超过 {self.limits.depth} 层，没有再打开")


def _of(name: str, fault: Fault) -> Fault:
    return refusal(fault.code, f"{name} {fault.detail}").fault
