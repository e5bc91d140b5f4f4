"""The zip container: its directory read strictly, its members inflated with every byte counted.

The own reading of the directory is small and on purpose stricter than ``zipfile``: what two programs could read
differently (overlaps, names that differ between directory and member, doubled names) is refused, not repaired.
"""

from __future__ import annotations

import re
import struct
import zlib
from dataclasses import dataclass
from urllib.parse import unquote

from xlsxeval.fault_codes import FaultCode
from xlsxeval.file_kinds import ZIP
from xlsxeval.intake.rejected import Rejected, refusal
from xlsxeval.limits import Limits

_END = struct.Struct("<4s4H2LH")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_STORED, _DEFLATED = 0, 8
_ENCRYPTED = 0x1
_ZIP64 = 0x0001
_CHUNK = 1 << 18
_UNSAFE_NAME = re.compile(r"\\|^/|^[A-Za-z]:|(^|/)\.\.?(/|$)|//")


@dataclass(frozen=True, slots=True)
class DirectoryEntry:
    """One member as the directory describes it. ``size`` is a claim until the member was inflated."""

    name: str
    method: int
    crc: int
    packed: int
    size: int
    offset: int
    raw_name: bytes

    @property
    def key(self) -> str:
        """The name by which parts are compared: upper and lower case alike, escapes resolved."""
        return part_key(self.name)


def part_key(name: str) -> str:
    """Two part names mean the same part when their keys are equal."""
    return unquote(name).casefold()


def read_directory(data: bytes, limits: Limits) -> tuple[DirectoryEntry, ...]:
    """All members (without folders) of a zip archive.

    Raises Rejected: F003 incomplete or contradictory, F005 encrypted, F010 overlapping or too large,
    F011 too many members, F012 unsafe names, F013 doubled names.
    """
    start, end, declared = _find_directory(data, limits)
    entries: list[DirectoryEntry] = []
    position = start
    while position < end:
        if len(entries) >= limits.entries:
            raise refusal(FaultCode.TOO_MANY_PARTS, f"压缩包里的部件超过 {limits.entries} 个")
        entry, position = _central_entry(data, position, end)
        entries.append(entry)
    if len(entries) != declared:
        raise refusal(FaultCode.INCOMPLETE_FILE, f"压缩目录写明 {declared} 个部件，实际有 {len(entries)} 个")
    _refuse_overlaps(entries, start)
    members = tuple(entry for entry in entries if not entry.name.endswith("/"))
    _refuse_names(members)
    return members


def inflate(data: bytes, entry: DirectoryEntry, most: int) -> bytes:
    """The content of one member, at most ``most`` bytes.

    Raises Rejected: F003 damaged, F010 more than ``most`` or more than its header claims, F012 another name inside.
    """
    packed = _packed(data, entry)
    if entry.method == _STORED:
        content = packed
        if len(content) > most:
            raise _too_large(entry, most)
    else:
        content = _inflate(packed, entry, most)
    if len(content) > entry.size:
        raise refusal(FaultCode.TOO_LARGE, f"部件 {entry.name} 写明 {entry.size} 字节，解压后是 {len(content)} 字节")
    if len(content) < entry.size or zlib.crc32(content) != entry.crc:
        raise _damaged(entry)
    return content


def _find_directory(data: bytes, limits: Limits) -> tuple[int, int, int]:
    """Start and end of the directory and the number of members that it claims."""
    at = data.rfind(b"PK\x05\x06", max(0, len(data) - _END.size - 0xFFFF))
    if at < 0 or at + _END.size > len(data):
        raise refusal(FaultCode.INCOMPLETE_FILE, f"文件只有前 {len(data)} 字节，缺少结尾的压缩目录")
    _, disk, first_disk, on_disk, declared, size, offset, _ = _END.unpack_from(data, at)
    if declared > limits.entries:
        raise refusal(FaultCode.TOO_MANY_PARTS, f"压缩包里的部件至少有 {declared} 个，上限是 {limits.entries} 个")
    if disk or first_disk or on_disk != declared or offset + size > at:
        raise refusal(FaultCode.INCOMPLETE_FILE, "压缩目录指向文件以外的位置")
    return offset, offset + size, declared


def _central_entry(data: bytes, position: int, end: int) -> tuple[DirectoryEntry, int]:
    if position + _CENTRAL.size > end:
        raise refusal(FaultCode.INCOMPLETE_FILE, "压缩目录不完整")
    fields = _CENTRAL.unpack_from(data, position)
    signature, flags, method, crc, packed, size = fields[0], fields[3], fields[4], *fields[7:10]
    name_size, extra_size, comment_size, offset = *fields[10:13], fields[16]
    next_position = position + _CENTRAL.size + name_size + extra_size + comment_size
    if signature != b"PK\x01\x02" or next_position > end:
        raise refusal(FaultCode.INCOMPLETE_FILE, "压缩目录不完整")
    extra_at = position + _CENTRAL.size + name_size
    raw_name = data[position + _CENTRAL.size : extra_at]
    name = _decode(raw_name)
    size, packed, offset = _wide(data[extra_at : extra_at + extra_size], size, packed, offset)
    if flags & _ENCRYPTED:
        raise refusal(FaultCode.ENCRYPTED_FILE, f"压缩包里的部件 {name!r} 设有密码")
    if method not in (_STORED, _DEFLATED):
        raise refusal(FaultCode.INCOMPLETE_FILE, f"部件 {name!r} 用了 xlsx 不使用的压缩方法 {method}")
    return DirectoryEntry(name, method, crc, packed, size, offset, raw_name), next_position


def _wide(extra: bytes, *claims: int) -> tuple[int, ...]:
    """Size, packed size and offset: some programs write them with 64 bits into the extra field of any file."""
    while len(extra) >= 4:
        tag, length = struct.unpack_from("<2H", extra)
        if tag == _ZIP64:
            wide = iter(struct.unpack(f"<{length // 8}Q", extra[4 : 4 + length // 8 * 8].ljust(length // 8 * 8, b"\0")))
            return tuple(next(wide, claim) if claim == 0xFFFFFFFF else claim for claim in claims)
        extra = extra[4 + length :]
    return claims


def _decode(raw_name: bytes) -> str:
    """Windows tools in China write GBK names without saying so; part names proper are ASCII."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw_name.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw_name.decode("cp437")


def _refuse_overlaps(entries: list[DirectoryEntry], directory: int) -> None:
    free_from = 0
    for entry in sorted(entries, key=lambda entry: entry.offset):
        if entry.offset < free_from:
            raise refusal(FaultCode.TOO_LARGE, f"部件 {entry.name!r} 与另一部件占用同一段数据")
        free_from = entry.offset + _LOCAL.size + len(entry.raw_name) + entry.packed
        if free_from > directory:
            raise refusal(FaultCode.INCOMPLETE_FILE, f"部件 {entry.name!r} 的数据不完整")


def _refuse_names(members: tuple[DirectoryEntry, ...]) -> None:
    seen: set[str] = set()
    for entry in members:
        if not _safe(entry.name) or not _safe(unquote(entry.name)):
            raise refusal(FaultCode.UNSAFE_PART_NAME, f"压缩包里有不安全的部件名 {entry.name[:100]!r}")
        if entry.key in seen:
            raise refusal(FaultCode.DUPLICATE_PART, f"部件 {entry.name!r} 在压缩包里出现两次")
        seen.add(entry.key)


def _safe(name: str) -> bool:
    return 0 < len(name) <= 255 and name.isprintable() and not _UNSAFE_NAME.search(name)


def _packed(data: bytes, entry: DirectoryEntry) -> bytes:
    header = data[entry.offset : entry.offset + _LOCAL.size]
    if len(header) < _LOCAL.size or not header.startswith(ZIP):
        raise _damaged(entry)
    fields = _LOCAL.unpack(header)
    name_at = entry.offset + _LOCAL.size
    start = name_at + fields[9] + fields[10]
    if data[name_at : name_at + fields[9]] != entry.raw_name or fields[3] != entry.method:
        raise refusal(FaultCode.UNSAFE_PART_NAME, f"部件 {entry.name!r} 在压缩目录里和在数据里的名称或压缩方法不同")
    packed = data[start : start + entry.packed]
    if len(packed) < entry.packed:
        raise _damaged(entry)
    return packed


def _inflate(packed: bytes, entry: DirectoryEntry, most: int) -> bytes:
    engine = zlib.decompressobj(-zlib.MAX_WBITS)
    chunks: list[bytes] = []
    size = 0
    rest = packed
    try:
        while not engine.eof:
            chunk = engine.decompress(rest, _CHUNK)
            rest = engine.unconsumed_tail
            size += len(chunk)
            if size > most:
                raise _too_large(entry, most)
            if not chunk and not rest and not engine.eof:
                raise _damaged(entry)
            chunks.append(chunk)
    except zlib.error as error:
        raise _damaged(entry) from error
    if engine.unused_data:
        raise _damaged(entry)
    return b"".join(chunks)


def _too_large(entry: DirectoryEntry, most: int) -> Rejected:
    return refusal(FaultCode.TOO_LARGE, f"部件 {entry.name} 解压后超过 {most // (1024 * 1024)} MB")


def _damaged(entry: DirectoryEntry) -> Rejected:
    return refusal(FaultCode.INCOMPLETE_FILE, f"部件 {entry.name} 的数据损坏或不完整")
