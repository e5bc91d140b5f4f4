"""Mails saved by Outlook (.msg): attachments, mails within mails, and what is no mail or a hostile one."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.parcels.packing import archive, attachment, inner_mail, mail, outlook_mail
from tests.support.compound import compound
from xlsxeval.parcels import Origin, ParcelLimits, Piece, open_parcel

BOOK = b"a workbook" * 600
NAME = "某某局 绩效自评表（修订）.xlsx"
NOON = dt.datetime(2025, 5, 1, tzinfo=dt.UTC)


def opened(data: bytes, limits: ParcelLimits | None = None) -> list[Piece]:
    return list(open_parcel("来信.msg", data, Origin(received_at=NOON), limits))


def test_attachments_come_with_names_sender_and_date() -> None:
    data = compound(outlook_mail("报表", [(NAME, BOOK), ("表二.xlsx".encode("gb18030"), b"small")]))
    first, second = opened(data)
    assert (first.name, first.data, first.trail) == (NAME, BOOK, ("来信.msg", NAME))
    assert (second.name, second.data) == ("表二.xlsx", b"small")
    assert (first.origin.subject, first.origin.sender) == ("报表", "某某局 <a@example.org>")
    assert first.origin.received_at == dt.datetime(2025, 3, 1, 1, 30, tzinfo=dt.UTC)


def test_a_mail_without_a_date_has_that_of_its_arrival() -> None:
    (piece,) = opened(compound(outlook_mail("", [(NAME, BOOK)], sent=None)))
    assert piece.origin.received_at == NOON


def test_a_mail_within_a_mail_is_opened() -> None:
    inner = inner_mail("转报", [(NAME, BOOK)])
    data = compound(outlook_mail("汇总", [("转发的邮件.msg", inner), ("表.zip", archive([("a.xlsx", b"x")]))]))
    nested, packed = opened(data)
    assert (nested.source, nested.data, nested.origin.subject) == (f"来信.msg › 转发的邮件.eml › {NAME}", BOOK, "转报")
    assert (packed.source, packed.data) == ("来信.msg › 表.zip › a.xlsx", b"x")


def test_it_may_itself_be_attached_to_a_mail() -> None:
    saved = compound(outlook_mail("报表", [(NAME, BOOK)]))
    (piece,) = open_parcel("a.eml", mail(attachment(b'attachment; filename="b.msg"', saved)), Origin())
    assert (piece.source, piece.data) == (f"a.eml › b.msg › {NAME}", BOOK)


def test_mails_within_mails_end_somewhere() -> None:
    inner = inner_mail("x", [(NAME, BOOK)])
    for _ in range(8):
        inner = inner_mail("x", [("m.msg", inner)])
    pieces = opened(compound(outlook_mail("x", [("m.msg", inner), (NAME, b"own")])))
    assert [piece.data for piece in pieces if piece.fault is None] == [b"own"]
    assert [piece.fault.code for piece in pieces if piece.fault] == ["F014"]


def test_a_signature_s_picture_is_no_attachment_and_a_link_is_told() -> None:
    streams = outlook_mail("x", [("logo.png", b"\x89PNG"), ("云附件.xlsx", b""), (NAME, BOOK)])
    for path, text in (("3712001F", "image001@x"), ("370E001F", "image/png")):
        streams[f"__attach_version1.0_#00000000/__substg1.0_{path}"] = text.encode("utf-16-le")
    del streams["__attach_version1.0_#00000001/__substg1.0_37010102"]
    link, book = opened(compound(streams))
    assert (link.name, link.fault and link.fault.code) == ("云附件.xlsx", "F003")
    assert book.data == BOOK


def test_many_streams_of_one_place_are_refused_before_they_are_read() -> None:
    """Each entry of the directory names the same sectors: a small mail would fill the memory."""
    data = bytearray(compound(outlook_mail("x", [(f"{n}.xlsx", bytes([n]) * 5000) for n in range(40)])))
    wide = (200_000).to_bytes(8, "little")
    for at in range(512, len(data), 128):
        if data[at : at + 40].startswith("__substg1.0_37010102".encode("utf-16-le")):
            data[at + 120 : at + 128] = wide
    (piece,) = opened(bytes(data))
    assert (piece.fault and piece.fault.code) in ("F010", "F014")


def test_too_many_streams_are_refused_before_they_are_looked_up() -> None:
    (piece,) = opened(compound({f"__substg1.0_{n:08X}": b"" for n in range(8_001)}))
    assert (piece.fault and piece.fault.code) == "F011"


WHOLE = compound(outlook_mail("报表", [(NAME, BOOK)]))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"nothing",
        WHOLE[:512],
        WHOLE[:1500],
        WHOLE[:512] + bytes(4000),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 600,
        compound({"Workbook": BOOK}),
        compound(outlook_mail("x", [])),
    ],
)
def test_what_is_no_mail_is_one_fault_and_never_an_error(data: bytes) -> None:
    (piece,) = opened(data)
    assert (piece.fault and piece.fault.code) == "F014"


def test_any_byte_may_be_wrong() -> None:
    for at in range(0, len(WHOLE), 101):
        spoiled = bytearray(WHOLE)
        spoiled[at] ^= 0xFF
        for piece in opened(bytes(spoiled)):
            assert piece.fault is None or piece.fault.detail
