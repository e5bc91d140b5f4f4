"""The records of a zip archive around the bytes of its members: the end of the directory, local headers, descriptors.

Programs find the members in three ways: by the directory that the last record names, by the place where a directory of
that size would have to begin, and by going from one local header to the next. A file is read only where all three lead to
the same members, so its bytes are members, directory and end record without anything between them.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from xlsxeval.fault_codes import FaultCode
from xlsxeval.file_kinds import ZIP
from xlsxeval.intake.rejected import Rejected, refusal

_END, _END_MARK = struct.Struct("<4s4H2LH"), b"PK\x05\x06"
_LOCATOR, _LOCATOR_MARK = struct.Struct("<4sLQL"), b"PK\x06\x07"
_END64, _END64_MARK = struct.Struct("<4sQ2H2L4Q"), b"PK\x06\x06"
_LOCAL = struct.Struct("<4s5H3L2H")
_DESCRIPTOR_MARK = b"PK\x07\x08"
_SIZES_FOLLOW = 0x8
_LONGEST_COMMENT = 0xFFFF
_WIDE, _UNICODE_NAME = 0x0001, 0x7075
FULL = 0xFFFFFFFF
"""What stands in a field of 32 bits whose value is in the extra field (ZIP64)."""


def ambiguous(detail: str) -> Rejected:
    """The refusal of an archive that not all programs take for the same."""
    return refusal(FaultCode.WRITTEN_TWICE, f"{detail}，不同软件会读出不同的内容")


def find_directory(data: bytes) -> tuple[int, int, int]:
    """Start and end of the directory and the number of members that it claims. Raises Rejected F003, F026."""
    tail = max(0, len(data) - _END.size - _LONGEST_COMMENT)
    at = data.rfind(_END_MARK, tail)
    if at < 0 or at + _END.size > len(data):
        raise refusal(FaultCode.INCOMPLETE_FILE, f"文件只有前 {len(data)} 字节，缺少结尾的压缩目录")
    _, *disks, declared, size, offset, comment = _END.unpack_from(data, at)
    if at + _END.size + comment > len(data):
        raise refusal(FaultCode.INCOMPLETE_FILE, "文件结尾的说明不完整")
    limit = at
    claims: tuple[int, ...] = (disks[2], declared, size, offset)
    if data[max(0, at - _LOCATOR.size) : at].startswith(_LOCATOR_MARK):
        limit, claims = _wide_end(data, at - _LOCATOR.size, claims)
    on_disk, declared, size, offset = claims
    if disks[:2] != [0, 0] or on_disk != declared or offset + size > limit:
        raise refusal(FaultCode.INCOMPLETE_FILE, "压缩目录指向文件以外的位置")
    if offset + size < limit:
        raise ambiguous(f"压缩目录和结尾的记录之间多出 {limit - offset - size} 字节")
    other = data.find(_END_MARK, tail)
    while other < at:
        if other >= offset or other + _END.size + data[other + 20] + 256 * data[other + 21] == len(data):
            raise ambiguous("文件里有两个结尾的记录，各指一份压缩目录")
        other = data.find(_END_MARK, other + 1)
    return offset, limit, declared


def _wide_end(data: bytes, locator: int, claims: tuple[int, ...]) -> tuple[int, tuple[int, ...]]:
    """Where the record of 64 bits begins, and what it says; the record of 32 bits must say the same where it can."""
    _, disk, at, disks = _LOCATOR.unpack_from(data, locator)
    if disk or disks > 1 or at + _END64.size > locator or not data.startswith(_END64_MARK, at):
        raise refusal(FaultCode.INCOMPLETE_FILE, "压缩目录（ZIP64）的记录不完整")
    _, size, _, _, *disks64, on_disk, declared, length, offset = _END64.unpack_from(data, at)
    wide = (on_disk, declared, length, offset)
    same = all(
        narrow in (one, full) for narrow, one, full in zip(claims, wide, (0xFFFF, 0xFFFF, FULL, FULL), strict=True)
    )
    if at + 12 + size != locator or any(disks64) or not same:
        raise ambiguous("压缩目录的两种记录（32 位、64 位）不一致")
    return at, wide


def extra_fields(extra: bytes) -> Iterator[tuple[int, bytes]]:
    """The fields of an extra part; what is cut off at its end is no field."""
    while len(extra) >= 4:
        tag, length = struct.unpack_from("<2H", extra)
        if 4 + length > len(extra):
            return
        yield tag, extra[4 : 4 + length]
        extra = extra[4 + length :]


def widened(extra: bytes, claims: tuple[int, ...], raw_name: bytes) -> tuple[int, ...]:
    """Sizes (and offset) with those of 64 bits in the place of full ones. Raises Rejected F026 where the extra part contradicts.

    Some programs write sizes of 64 bits into every file. A second name (in Unicode) must be the same name.
    """
    fields = [field for field in extra_fields(extra) if field[0] in (_WIDE, _UNICODE_NAME)]
    if len({tag for tag, _ in fields}) < len(fields):
        raise ambiguous(f"部件 {_shown(raw_name)} 的大小或名称写了两次")
    for tag, content in fields:
        if tag == _UNICODE_NAME:
            if content[1:5] == struct.pack("<L", zlib.crc32(raw_name)) and content[5:] not in _spellings(raw_name):
                raise ambiguous(f"部件 {_shown(raw_name)} 有两个不同的名称")
            continue
        values = struct.unpack_from(f"<{len(content) // 8}Q", content)
        if FULL not in claims:
            if len(values) >= 2 and values[:2] not in (claims[:2], (0, 0)):
                raise ambiguous(f"部件 {_shown(raw_name)} 的大小写了两种")
            continue
        wide = iter(values)
        claims = tuple(next(wide, claim) if claim == FULL else claim for claim in claims)
    return claims


def _spellings(raw_name: bytes) -> set[bytes]:
    """A name in UTF-8, from what Windows writes in China or elsewhere where it is not in UTF-8 itself."""
    found = {raw_name}
    for encoding in ("gb18030", "cp437"):
        try:
            found.add(raw_name.decode(encoding).encode())
        except UnicodeDecodeError:
            continue
    return found


def _shown(raw_name: bytes) -> str:
    return repr(raw_name.decode("utf-8", "backslashreplace")[:100])


def member_start(data: bytes, at: int, until: int, method: int, claims: tuple[int, int, int], raw_name: bytes) -> int:
    """Where the packed bytes of the member begin whose header stands ``at``, the next record beginning at ``until``.

    ``claims`` are checksum, packed size and size by the directory. Raises Rejected: F003 incomplete, F012 another name or
    method than in the directory, F026 other claims, or anything between the member and the next record.
    """
    header = data[at : at + _LOCAL.size]
    if len(header) < _LOCAL.size or not header.startswith(ZIP):
        raise refusal(FaultCode.INCOMPLETE_FILE, f"部件 {_shown(raw_name)} 的数据损坏或不完整")
    fields: tuple[int, ...] = _LOCAL.unpack(header)[1:]
    _, flags, own_method, _, _, crc, packed, size, name_size, extra_size = fields
    name_at = at + _LOCAL.size
    start = name_at + name_size + extra_size
    if data[name_at : name_at + name_size] != raw_name or own_method != method:
        raise refusal(FaultCode.UNSAFE_PART_NAME, f"部件 {_shown(raw_name)} 在压缩目录里和在数据里的名称或压缩方法不同")
    size, packed = widened(data[name_at + name_size : start], (size, packed), raw_name)
    end = start + claims[1]
    if end > until:
        raise refusal(FaultCode.INCOMPLETE_FILE, f"部件 {_shown(raw_name)} 的数据不完整")
    true = (crc, packed, size) == claims
    late = all(own in (0, FULL, claim) for own, claim in zip((crc, packed, size), claims, strict=True))
    if not (true or (flags & _SIZES_FOLLOW and late)):
        raise ambiguous(f"部件 {_shown(raw_name)} 的大小或校验码在压缩目录里和在数据里不同")
    follows = data[end:until]
    if follows or not true:
        if not (flags & _SIZES_FOLLOW and _describes(follows, claims)):
            raise ambiguous(f"部件 {_shown(raw_name)} 后面多出 {len(follows)} 字节，或者写在那里的大小不对")
        if method == 0 and _DESCRIPTOR_MARK in data[start:end]:
            raise ambiguous(f"部件 {_shown(raw_name)} 没有压缩，看不出在哪里结束")
    return start


def _describes(follows: bytes, claims: tuple[int, int, int]) -> bool:
    """Whether the bytes behind a member are its descriptor: with or without a mark, sizes of 32 or 64 bits."""
    plain = follows.removeprefix(_DESCRIPTOR_MARK) if len(follows) in (16, 24) else follows
    layouts = {12: "<3L", 20: "<L2Q"}
    return len(plain) in layouts and struct.unpack(layouts[len(plain)], plain) == claims
