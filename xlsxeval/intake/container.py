"""The zip container: its directory read strictly, its members inflated with every byte counted.

The own reading of the directory is small and on purpose stricter than ``zipfile``: what two programs could read
differently (overlaps, gaps, a second directory, members that are described in two ways) is refused, not repaired.
"""

from __future__ import annotations

import re
import struct
import zlib
from dataclasses import dataclass, replace
from urllib.parse import unquote

from xlsxeval.fault_codes import FaultCode
from xlsxeval.intake.rejected import Rejected, refusal
from xlsxeval.intake.zip_records import ambiguous, find_directory, member_start, widened
from xlsxeval.limits import Limits

_CENTRAL = struct.Struct("<4s6H3L5H2L")
_STORED, _DEFLATED = 0, 8
_ENCRYPTED = 0x1 | 0x40 | 0x2000
"""Flags of members with a password, in the old and the new way, and of directories whose names are masked."""
_CHUNK = 1 << 18
_UNSAFE_NAME = re.compile(r"^/|^[A-Za-z]:|(^|/)\.\.?(/|$)|//")


@dataclass(frozen=True, slots=True)
class DirectoryEntry:
    """One member as the directory describes it. ``size`` is a claim until the member was inflated.

    ``name`` has ``/`` between its steps and none in front, whatever the program that packed it wrote; ``start`` is where
    its packed bytes begin.
    """

    name: str
    method: int
    crc: int
    packed: int
    size: int
    offset: int
    raw_name: bytes
    start: int = 0

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
    F011 too many members, F012 unsafe names, F013 doubled names, F026 what programs would read differently.
    """
    start, end, declared = find_directory(data)
    if declared > limits.entries:
        raise refusal(FaultCode.TOO_MANY_PARTS, f"压缩包里的部件至少有 {declared} 个，上限是 {limits.entries} 个")
    entries: list[DirectoryEntry] = []
    position = start
    while position < end:
        if len(entries) >= limits.entries:
            raise refusal(FaultCode.TOO_MANY_PARTS, f"压缩包里的部件超过 {limits.entries} 个")
        entry, position = _central_entry(data, position, end)
        entries.append(entry)
    if len(entries) != declared:
        raise refusal(FaultCode.INCOMPLETE_FILE, f"压缩目录写明 {declared} 个部件，实际有 {len(entries)} 个")
    starts = _starts(data, entries, start)
    members = tuple(
        replace(entry, start=starts[entry.offset]) for entry in entries if entry.size or not entry.name.endswith("/")
    )
    _refuse_names(members)
    if len({_way(entry.raw_name) for entry in members if "/" in entry.name}) > 1:
        raise ambiguous("部件名有的用“/”分隔，有的用“\\”或以“/”开头")
    return members


def inflate(data: bytes, entry: DirectoryEntry, most: int) -> bytes:
    """The content of one member, at most ``most`` bytes.

    Raises Rejected: F003 damaged, F010 more than ``most`` or more than its header claims.
    """
    packed = data[entry.start : entry.start + entry.packed]
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
    name = _decode(raw_name).replace("\\", "/").removeprefix("/")
    size, packed, offset = widened(data[extra_at : extra_at + extra_size], (size, packed, offset), raw_name)
    if flags & _ENCRYPTED:
        raise refusal(FaultCode.ENCRYPTED_FILE, f"压缩包里的部件 {name!r} 设有密码")
    if method not in (_STORED, _DEFLATED):
        raise refusal(FaultCode.INCOMPLETE_FILE, f"部件 {name!r} 用了 xlsx 不使用的压缩方法 {method}")
    return DirectoryEntry(name, method, crc, packed, size, offset, raw_name), next_position


def _decode(raw_name: bytes) -> str:
    """Windows tools in China write GBK names without saying so; part names proper are ASCII."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw_name.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw_name.decode("cp437")


def _starts(data: bytes, entries: list[DirectoryEntry], directory: int) -> dict[int, int]:
    """Where the packed bytes of each member begin, by its offset: one directly behind the other, from the first byte on."""
    ordered = sorted(entries, key=lambda entry: entry.offset)
    if directory and (not ordered or ordered[0].offset):
        raise ambiguous("文件开头有不属于任何部件的数据")
    starts: dict[int, int] = {}
    for number, entry in enumerate(ordered):
        until = ordered[number + 1].offset if number + 1 < len(ordered) else directory
        if until < entry.offset + entry.packed:
            raise refusal(FaultCode.TOO_LARGE, f"部件 {entry.name!r} 与另一部件占用同一段数据")
        claims = (entry.crc, entry.packed, entry.size)
        starts[entry.offset] = member_start(data, entry.offset, until, entry.method, claims, entry.raw_name)
    return starts


def _way(raw_name: bytes) -> tuple[bool, bool]:
    """How the steps of a name are written: programs that know one way only find all parts of a file, or none."""
    return raw_name.startswith((b"/", b"\\")), b"\\" in raw_name and b"/" not in raw_name


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
