"""Zip archives of returns, as clerks and Windows pack them: lenient with names, strict with sizes.

Other than a workbook's own package (``intake.container``) an archive is only unpacked, and a member that is damaged or
has a password is told by itself: the others must not be lost with it. Names are shown and never used as paths.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from xlsxeval.fault_codes import FaultCode
from xlsxeval.file_kinds import PACKED_DOCUMENTS, ZIP
from xlsxeval.parcels.kind import Member, ParcelKind
from xlsxeval.parcels.limits import ParcelLimits
from xlsxeval.parcels.names import decoded
from xlsxeval.parcels.unopened import Unopened, refusal

_CENTRAL = b"PK\x01\x02"
_UTF8, _ENCRYPTED = 0x800, 0x1
_CHUNK = 1 << 18


def is_archive(data: bytes, limits: ParcelLimits) -> bool:
    """Whether a file with the first bytes of zip is an archive and no document that happens to be packed as one.

    Raises Unopened: F011 where already the directory would fill the memory, before any library reads it.
    """
    if data.count(_CENTRAL) > limits.records:
        raise refusal(FaultCode.TOO_MANY_PARTS, f"压缩包里的部件超过 {limits.records} 个")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except Exception:  # the library raises whatever its code runs into
        return False
    return not names & PACKED_DOCUMENTS


def members(data: bytes, limits: ParcelLimits) -> Iterator[Member]:
    """Every file of an archive in the order of its directory, one in memory at a time.

    Raises Unopened: F011 too many members, F010 too large in all.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = [entry for entry in archive.infolist() if not entry.filename.endswith("/")]
        if len(entries) > limits.pieces:
            raise refusal(FaultCode.TOO_MANY_PARTS, f"压缩包里有 {len(entries)} 个文件，上限是 {limits.pieces} 个")
        left = limits.total_bytes
        for entry in entries:
            name = _name(entry)
            try:
                content = _inflated(archive, entry, min(limits.piece_bytes, left), limits)
            except Unopened as error:
                if left <= limits.piece_bytes and error.fault.code == FaultCode.TOO_LARGE:
                    raise refusal(
                        FaultCode.TOO_LARGE, f"压缩包解压后超过 {limits.total_bytes / 2**20:.0f} MB"
                    ) from None
                left -= error.spent
                yield name, error
                continue
            left -= len(content)
            yield name, content


def _name(entry: zipfile.ZipInfo) -> str:
    """The name of an entry as it was meant. Without the UTF-8 flag the library decodes it as cp437, which loses nothing."""
    if entry.flag_bits & _UTF8:
        return entry.filename
    try:
        return decoded(entry.orig_filename.encode("cp437"))
    except UnicodeEncodeError:
        return entry.filename


def _inflated(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int, limits: ParcelLimits) -> bytes:
    """The bytes of a member. Raises Unopened for one that is damaged, has a password or is larger than ``most``."""
    if entry.flag_bits & _ENCRYPTED:
        raise refusal(FaultCode.ENCRYPTED_FILE, "在压缩包里设有密码")
    found = bytearray()
    try:
        with archive.open(entry) as stream:
            while len(found) <= most and (chunk := stream.read(min(_CHUNK, most + 1 - len(found)))):
                found += chunk
                limits.hold_time()
    except NotImplementedError:
        raise refusal(FaultCode.ARCHIVE_INSTEAD_OF_WORKBOOK, "用了这个程序不认识的压缩方法") from None
    except Unopened:
        raise
    except Exception:  # the decompressors raise errors of their own, the library its slips
        raise refusal(FaultCode.INCOMPLETE_FILE, "在压缩包里损坏或不完整", len(found)) from None
    if len(found) > most:
        raise refusal(FaultCode.TOO_LARGE, f"解压后超过 {most / 2**20:.0f} MB", len(found))
    return bytes(found)


KIND = ParcelKind(
    "zip 压缩包",
    suffixes=(".zip",),
    magic=ZIP,
    is_one=is_archive,
    is_archive=True,
    members=lambda data, limits, origin: (origin, members(data, limits)),
)
