"""Archives that two programs take for two different ones: a second directory, gaps, members that are described in two ways."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from dataclasses import replace

from tests.hostile.recipe import accepted, rejected
from tests.intake.ooxml import (
    Member,
    bodies,
    end_record,
    end_records_of_64_bits,
    lying_zip,
    members,
    parts,
)

FULL = 0xFFFFFFFF
_OTHER = '<row r="1"><c r="A1"><v>77</v></c></row>'
_PLACE = 4


def _members(rows: str | None = None) -> list[Member]:
    return members(parts() if rows is None else parts(rows))


def _sheet(change: Callable[[Member], Member]) -> bytes:
    """An honest archive but for its worksheet."""
    made = _members()
    made[_PLACE] = change(made[_PLACE])
    return lying_zip(made)


def _claims(member: Member) -> tuple[int, int, int]:
    deflate = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = deflate.compress(member.content) + deflate.flush()
    return zlib.crc32(member.content), len(packed), len(member.content)


def _wide(*values: int) -> bytes:
    return struct.pack(f"<2H{len(values)}Q", 1, 8 * len(values), *values)


@rejected("F026")
def gap_before_the_end_record() -> bytes:
    """Where the end record says and where a directory of that size would end lie two directories."""
    body, directory = bodies(_members())
    other, its_directory = bodies(_members(_OTHER), len(body) + len(directory))
    size = max(len(directory), len(its_directory))
    assert len(directory) == len(its_directory)
    return body + directory + other + its_directory + end_record(7, size, len(body))


@rejected("F026")
def filler_before_the_end_record() -> bytes:
    body, directory = bodies(_members())
    return body + directory + b"\0" * 8 + end_record(7, len(directory), len(body))


@rejected("F026")
def whole_archive_behind_another() -> bytes:
    return lying_zip(_members(_OTHER)) + lying_zip(_members())


@rejected("F026")
def whole_archive_behind_another_with_its_offsets() -> bytes:
    first = lying_zip(_members(_OTHER))
    body, directory = bodies(_members(), len(first))
    return first + body + directory + end_record(7, len(directory), len(first) + len(body))


@rejected("F026")
def comment_that_is_an_end_record() -> bytes:
    """Who looks for the last mark reads one directory, who minds the comment's length the other."""
    first, directory = bodies(_members())
    other, its_directory = bodies(_members(_OTHER), len(first) + len(directory))
    inner = end_record(7, len(directory), len(first))
    body = first + directory + other + its_directory
    outer = end_record(7, len(its_directory), len(first) + len(directory) + len(other), inner)
    return body + outer


@rejected("F026")
def end_record_in_a_comment_of_its_own() -> bytes:
    body, directory = bodies(_members())
    end = end_record(7, len(directory), len(body))
    return body + directory + end[:-2] + len(end).to_bytes(2, "little") + end


@rejected("F026")
def two_end_records() -> bytes:
    body, directory = bodies(_members())
    end = end_record(7, len(directory), len(body))
    return body + directory + end + end


@rejected("F003")
def comment_cut_off() -> bytes:
    body, directory = bodies(_members())
    return body + directory + end_record(7, len(directory), len(body), b"x" * 40)[:-20]


@rejected("F026")
def end_records_that_disagree() -> bytes:
    """A program that believes the record of 64 bits reads another directory."""
    first, directory = bodies(_members())
    other, its_directory = bodies(_members(_OTHER), len(first) + len(directory))
    body = first + directory + other + its_directory
    wide = end_records_of_64_bits(7, len(directory), len(first), len(body))
    return body + wide + end_record(7, len(its_directory), len(first) + len(directory) + len(other))


@rejected("F026")
def gap_before_the_record_of_64_bits() -> bytes:
    body, directory = bodies(_members())
    at = len(body) + len(directory) + 4
    wide = end_records_of_64_bits(7, len(directory), len(body), at)
    return body + directory + b"\0" * 4 + wide + end_record(7, FULL, FULL)


@rejected("F003")
def locator_to_nowhere() -> bytes:
    body, directory = bodies(_members())
    wide = end_records_of_64_bits(7, len(directory), len(body), 12)
    return body + directory + wide + end_record(7, len(directory), len(body))


@rejected("F026")
def record_of_64_bits_that_is_too_long() -> bytes:
    body, directory = bodies(_members())
    wide = bytearray(end_records_of_64_bits(7, len(directory), len(body), len(body) + len(directory)))
    wide[4] += 4
    return body + directory + bytes(wide) + end_record(7, len(directory), len(body))


@rejected("F026")
def data_before_the_first_member() -> bytes:
    before = bodies([Member(b"readme.txt", b"first")])[0]
    made = _members()
    made[0] = replace(made[0], before=before)
    return lying_zip(made)


@rejected("F026")
def member_in_no_directory() -> bytes:
    """Programs that go from one local header to the next read it."""
    return _sheet(
        lambda one: replace(one, before=bodies([replace(one, content=parts(_OTHER)["xl/worksheets/sheet1.xml"])])[0])
    )


@rejected("F026")
def member_behind_the_last() -> bytes:
    body, directory = bodies(_members())
    hidden, _ = bodies(_members(_OTHER)[_PLACE : _PLACE + 1])
    whole = body + hidden
    return whole + directory + end_record(7, len(directory), len(whole))


@rejected("F026")
def filler_between_members() -> bytes:
    return _sheet(lambda one: replace(one, before=b"\0" * 30))


@rejected("F026")
def local_sizes_of_another_member() -> bytes:
    return _sheet(lambda one: replace(one, local_claims=(1, 2, 3)))


@rejected("F026")
def local_checksum_of_another_member() -> bytes:
    return _sheet(lambda one: replace(one, local_claims=(1, *_claims(one)[1:])))


@rejected("F026")
def local_sizes_left_out_for_no_reason() -> bytes:
    return _sheet(lambda one: replace(one, local_claims=(0, 0, 0)))


@rejected("F026")
def sizes_that_follow_and_do_not() -> bytes:
    return _sheet(lambda one: replace(one, flags=8, local_claims=(0, 0, 0)))


@rejected("F026")
def sizes_that_follow_and_lie() -> bytes:
    made = bytearray(_sheet(lambda one: replace(one, flags=8, local_claims=(0, 0, 0), descriptor="<4s3L")))
    made[made.index(b"PK\x07\x08") + 4] ^= 1
    return bytes(made)


@rejected("F026")
def stored_member_that_ends_twice() -> bytes:
    """Nothing tells a program that goes through the archive where it ends but the mark, which it contains itself."""
    content = parts()["xl/worksheets/sheet1.xml"].replace(b"</worksheet>", b"<!--PK\x07\x08--></worksheet>")
    return _sheet(
        lambda one: replace(one, content=content, method=0, flags=8, local_claims=(0, 0, 0), descriptor="<4s3L")
    )


@rejected("F026")
def sizes_of_64_bits_that_differ() -> bytes:
    return _sheet(lambda one: replace(one, extra=_wide(5, 5)))


@rejected("F026")
def sizes_of_64_bits_twice() -> bytes:
    return _sheet(lambda one: replace(one, extra=_wide(*_claims(one)[:0:-1]) * 2))


@rejected("F026")
def offset_behind_everything() -> bytes:
    return _sheet(lambda one: replace(one, offset=0xFFFFFF))


@rejected("F026")
def name_in_unicode_of_another_part() -> bytes:
    def change(one: Member) -> Member:
        name = b"\1" + struct.pack("<L", zlib.crc32(one.name)) + b"xl/worksheets/sheet9.xml"
        return replace(one, extra=struct.pack("<2H", 0x7075, len(name)) + name)

    return _sheet(change)


@rejected("F005")
def member_with_a_strong_password() -> bytes:
    return _sheet(lambda one: replace(one, flags=0x41))


@accepted
def sizes_that_follow() -> bytes:
    return _sheet(lambda one: replace(one, flags=8, local_claims=(0, 0, 0), descriptor="<4s3L"))


@accepted
def sizes_that_follow_without_a_mark() -> bytes:
    return _sheet(lambda one: replace(one, flags=8, local_claims=(0, 0, 0), descriptor="<3L"))


@accepted
def sizes_that_follow_in_64_bits() -> bytes:
    """As programs write that must say at the beginning whether a part may become large (POI's streaming writer)."""
    return _sheet(
        lambda one: replace(one, flags=8, local_claims=(0, FULL, FULL), local_extra=_wide(0, 0), descriptor="<4sL2Q")
    )


@accepted
def sizes_of_64_bits_for_a_small_file() -> bytes:
    """As programs write that always use ZIP64."""
    made = [
        replace(one, extra=_wide(size, packed), local_extra=_wide(size, packed), local_claims=(crc, FULL, FULL))
        for one in _members()
        for crc, packed, size in (_claims(one),)
    ]
    body, directory = bodies(made)
    wide = end_records_of_64_bits(7, len(directory), len(body), len(body) + len(directory))
    return body + directory + wide + end_record(0xFFFF, FULL, FULL)


@accepted
def room_for_growth_in_the_header() -> bytes:
    """Excel leaves room behind the name of the first member."""
    made = _members()
    made[0] = replace(made[0], local_extra=struct.pack("<2H", 0xA220, 260) + b"\0" * 260)
    return lying_zip(made)


@accepted
def directory_in_another_order() -> bytes:
    body, directory = bodies(_members())
    records = directory.split(b"PK\x01\x02")[1:]
    return body + b"".join(b"PK\x01\x02" + one for one in reversed(records)) + end_record(7, len(directory), len(body))


@accepted
def comment_of_a_packing_program() -> bytes:
    body, directory = bodies(_members())
    return body + directory + end_record(7, len(directory), len(body), "报表".encode())
