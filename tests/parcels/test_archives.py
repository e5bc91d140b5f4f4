"""Zip archives of returns: names from everywhere, hostile and broken members told by themselves."""

from __future__ import annotations

import zipfile

import pytest

from tests.parcels.packing import archive
from xlsxeval.parcels import Origin, ParcelLimits, Piece, open_parcel

BOOK = b"a workbook"
WORKBOOK = archive([("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"<workbook/>")])


def opened(data: bytes, name: str = "收表.zip", limits: ParcelLimits | None = None) -> list[Piece]:
    return list(open_parcel(name, data, Origin(), limits))


def faults(pieces: list[Piece]) -> list[tuple[str, str | None]]:
    return [(piece.trail[-1], piece.fault and piece.fault.code) for piece in pieces]


@pytest.mark.parametrize(
    "name",
    ["张三/某某局.xlsx".encode("gb18030"), "张三/某某局.xlsx".encode(), "张三/某某局.xlsx"],
    ids=["GBK", "UTF-8 without its mark", "UTF-8"],
)
def test_names_read_as_they_were_meant(name: str | bytes) -> None:
    (piece,) = opened(archive([(name, BOOK)]))
    assert piece.trail == ("收表.zip", "张三/某某局.xlsx")
    assert (piece.name, piece.data) == ("某某局.xlsx", BOOK)
    assert piece.source == "收表.zip › 张三/某某局.xlsx"


@pytest.mark.parametrize("name", ["../../evil.xlsx", "/etc/evil.xlsx", "C:\\x\\evil.xlsx", "a\\..\\evil.xlsx"])
def test_a_name_that_climbs_out_is_only_a_name(name: str) -> None:
    (piece,) = opened(archive([(name, BOOK)]))
    assert (piece.name, piece.data) == ("evil.xlsx", BOOK)


def test_a_name_cannot_drive_a_terminal() -> None:
    (piece,) = opened(archive([("\x1b[2J\n\u202eabc.xlsx", BOOK)]))
    assert piece.source.isprintable()


def test_the_same_name_twice_is_two_files() -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        data = archive([("a.xlsx", b"one"), ("a.xlsx", b"two")])
    assert [piece.data for piece in opened(data)] == [b"one", b"two"]


def test_what_nobody_returned_is_passed_over() -> None:
    names = ["~$a.xlsx", "x/.DS_Store", "__MACOSX/a.xlsx", "Thumbs.db", "下发清单.csv", "填报通知.docx", "a.xlsx"]
    assert [piece.name for piece in opened(archive([(name, BOOK) for name in names]))] == ["a.xlsx"]


def test_a_workbook_is_no_archive_whatever_it_is_called() -> None:
    (piece,) = opened(WORKBOOK, "表.zip")
    assert (piece.trail, piece.data) == (("表.zip",), WORKBOOK)


def test_an_archive_in_an_archive_is_opened_and_a_deep_one_is_not() -> None:
    data = archive([("a.xlsx", BOOK)])
    for _ in range(2):
        data = archive([("内.zip", data)])
    assert [piece.source for piece in opened(data)] == ["收表.zip › 内.zip › 内.zip › a.xlsx"]
    assert faults(opened(archive([("外.zip", data), ("b.xlsx", BOOK)]))) == [("内.zip", "F014"), ("b.xlsx", None)]


def test_a_member_with_a_password_or_damaged_is_told_and_the_others_come() -> None:
    data = bytearray(archive([("a.xlsx", b"x" * 999), ("b.xlsx", BOOK), ("c.xlsx", BOOK)]))
    first, second = (data.find(name, data.find(b"PK\x01\x02")) - 46 for name in (b"a.xlsx", b"b.xlsx"))
    data[first + 8] |= 1  # the mark of encryption in the directory
    body = data.find(b"b.xlsx") + 6
    data[body : body + 4] = b"\xff\xff\xff\xff"
    assert data[second : second + 4] == b"PK\x01\x02"
    assert faults(opened(bytes(data))) == [("a.xlsx", "F005"), ("b.xlsx", "F003"), ("c.xlsx", None)]


def test_bombs_are_counted_while_they_inflate() -> None:
    limits = ParcelLimits(piece_bytes=1000, total_bytes=2500)
    data = archive([("a.xlsx", b"0" * 5000), ("b.xlsx", b"1" * 900)])
    assert faults(opened(data, limits=limits)) == [("a.xlsx", "F010"), ("b.xlsx", None)]
    many = archive([(f"{number}.xlsx", b"0" * 900) for number in range(9)])
    found = faults(opened(many, limits=limits))
    assert found == [("0.xlsx", None), ("1.xlsx", None), ("收表.zip", "F010")]


def test_too_many_members() -> None:
    data = archive([(f"{number}.xlsx", b"") for number in range(30)])
    assert faults(opened(data, limits=ParcelLimits(pieces=20))) == [("收表.zip", "F011")]
    assert faults(opened(data, limits=ParcelLimits(records=20))) == [("收表.zip", "F011")]


def test_many_small_archives_are_bounded_as_a_large_one() -> None:
    inner = archive([(f"{number}.xlsx", BOOK) for number in range(6)])
    found = opened(archive([(f"{n}.zip", inner) for n in range(6)]), limits=ParcelLimits(pieces=15))
    assert sum(piece.fault is None for piece in found) < 15
    assert {piece.fault.code for piece in found if piece.fault} == {"F011"}


@pytest.mark.parametrize("cut", [10, 60, -30])
def test_an_archive_that_was_cut_off_comes_as_it_is_for_the_guard_to_name(cut: int) -> None:
    data = archive([("a.xlsx", BOOK)])[:cut]
    (piece,) = opened(data)
    assert (piece.data, piece.fault) == (data, None)


def test_an_empty_archive_and_one_of_an_unknown_method() -> None:
    assert faults(opened(archive([("folder/", b"")]))) == [("收表.zip", "F014")]
    data = bytearray(archive([("a.xlsx", BOOK)], method=zipfile.ZIP_STORED))
    at = data.find(b"PK\x01\x02")
    data[at + 10 : at + 12] = data[8:10] = (97).to_bytes(2, "little")
    assert faults(opened(bytes(data))) == [("a.xlsx", "F014")]


def test_refused_members_are_charged() -> None:
    """Forty members a byte too large cost as much as forty that are taken."""
    limits = ParcelLimits(piece_bytes=1000, total_bytes=10_000)
    data = archive([(f"{number}.xlsx", b"0" * 1001) for number in range(40)])
    found = opened(data, limits=limits)
    assert len(found) < 12
    assert found[-1].fault is not None
    inner = archive([(f"{number}.zip", data) for number in range(5)])
    assert len(opened(inner, limits=ParcelLimits(piece_bytes=100_000, total_bytes=20_000))) < 30


def test_an_archive_that_takes_too_long_is_given_up() -> None:
    found = opened(archive([(f"{number}.xlsx", b"0" * 9) for number in range(40)]), limits=ParcelLimits(seconds=0))
    assert [one.fault and one.fault.code for one in found] == ["F050"]
