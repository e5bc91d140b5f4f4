"""Saved mails: attachments under every way of writing a name, forwarded mails, and what is no attachment."""

from __future__ import annotations

import base64
import datetime as dt
from urllib.parse import quote

import pytest

from tests.parcels.packing import archive, attachment, mail
from xlsxeval.parcels import Origin, ParcelLimits, Piece, open_parcel

BOOK = b"a workbook"
NAME = "某某局 绩效自评表（修订）.xlsx"
GBK = NAME.encode("gb18030")


def opened(data: bytes, limits: ParcelLimits | None = None) -> list[Piece]:
    return list(open_parcel("来信.eml", data, Origin(received_at=dt.datetime(2025, 5, 1, tzinfo=dt.UTC)), limits))


def word(content: bytes, charset: str) -> bytes:
    return f"=?{charset}?B?{base64.b64encode(content).decode()}?=".encode()


CUT = 9  # within a character
WAYS = {
    "RFC 2231 in UTF-8": b"attachment; filename*=UTF-8''" + quote(NAME).encode(),
    "RFC 2231 in GBK": b"attachment; filename*=GBK''" + quote(GBK).encode(),
    "RFC 2231 in pieces": b"attachment;\r\n filename*0*=UTF-8''"
    + quote(NAME)[:45].encode()
    + b";\r\n filename*1*="
    + quote(NAME)[45:].encode(),
    "an encoded word": b'attachment; filename="' + word(GBK, "gb2312") + b'"',
    "encoded words cut within a character": b'attachment;\r\n filename="'
    + word(GBK[:CUT], "gb18030")
    + b"\r\n "
    + word(GBK[CUT:], "gb18030")
    + b'"',
    "bare GBK": b'attachment; filename="' + GBK + b'"',
    "bare UTF-8": b'attachment; filename="' + NAME.encode() + b'"',
    "both ways at once": b"attachment; filename=\"_.xlsx\"; filename*=UTF-8''" + quote(NAME).encode(),
}


@pytest.mark.parametrize("disposition", WAYS.values(), ids=WAYS)
def test_a_name_is_read_whichever_way_it_was_written(disposition: bytes) -> None:
    (piece,) = opened(mail(attachment(disposition, BOOK)))
    assert (piece.name, piece.data) == (NAME, BOOK)
    assert piece.trail == ("来信.eml", NAME)


def test_a_name_may_stand_in_the_content_type_only_or_nowhere() -> None:
    kind = b'application/vnd.ms-excel; name="' + word(GBK, "GBK") + b'"'
    assert [piece.name for piece in opened(mail(attachment(b"", BOOK, kind)))] == [NAME]
    (piece,) = opened(mail(attachment(b"attachment", BOOK)))
    assert (piece.name, piece.data) == ("没有名字的附件", BOOK)


def test_subject_sender_and_date_go_with_every_attachment() -> None:
    parts = [attachment(b'inline; filename="a.xlsx"', BOOK), attachment(b'attachment; filename="b.xlsx"', BOOK)]
    pieces = opened(mail(*parts))
    assert [piece.name for piece in pieces] == ["a.xlsx", "b.xlsx"]
    moment = dt.datetime(2025, 3, 1, 1, 30, tzinfo=dt.UTC)
    assert {piece.origin for piece in pieces} == {Origin("报表", "a@example.org", moment)}


def test_a_mail_without_its_date_has_that_of_its_file() -> None:
    data = mail(attachment(b'attachment; filename="a.xlsx"', BOOK)).replace(b"Date: Sat, 01", b"Date: Xyz")
    assert opened(data)[0].origin.received_at == dt.datetime(2025, 5, 1, tzinfo=dt.UTC)


def test_texts_and_the_pictures_in_them_are_no_attachments() -> None:
    logo = attachment(b'inline; filename="logo.png"', b"\x89PNG", b"image/png\r\nContent-ID: <1>")
    (piece,) = opened(mail(logo))
    assert (piece.fault and piece.fault.code) == "F014"
    found = opened(mail(logo, attachment(b'attachment; filename="a.png"', b"\x89PNG", b"image/png")))
    assert [piece.name for piece in found] == ["a.png"]


def test_a_forwarded_mail_is_opened_and_its_own_sender_told() -> None:
    headers = b"Subject: inner\r\nFrom: unit@example.org\r\n"
    inner = mail(attachment(b'attachment; filename="a.xlsx"', BOOK), headers=headers)
    as_mail = b"Content-Type: message/rfc822\r\n\r\n" + inner
    as_file = attachment(b'attachment; filename="b.eml"', inner)
    pieces = opened(mail(as_mail, as_file))
    assert [piece.source for piece in pieces] == ["来信.eml › inner.eml › a.xlsx", "来信.eml › b.eml › a.xlsx"]
    assert {piece.origin.sender for piece in pieces} == {"unit@example.org"}
    assert {piece.data for piece in pieces} == {BOOK}


def test_a_forwarded_mail_that_was_encoded_whole_is_opened() -> None:
    inner = mail(attachment(b'attachment; filename="a.xlsx"', BOOK), headers=b"From: unit@example.org\r\n")
    head = b"Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    (piece,) = opened(mail(head + base64.encodebytes(inner)))
    assert (piece.source, piece.data) == ("来信.eml › 转发的邮件.eml › a.xlsx", BOOK)


def test_an_archive_in_a_mail_is_opened() -> None:
    data = archive([("张三/表.xlsx".encode("gb18030"), BOOK)])
    (piece,) = opened(mail(attachment(b'attachment; filename="a.zip"', data)))
    assert (piece.source, piece.data) == ("来信.eml › a.zip › 张三/表.xlsx", BOOK)


def test_what_only_outlook_opens_is_told_by_name() -> None:
    (piece,) = opened(mail(attachment(b'attachment; filename="winmail.dat"', BOOK)))
    assert (piece.trail[-1], piece.fault and piece.fault.code) == ("winmail.dat", "F014")


def _nested(depth: int) -> bytes:
    lines = b"".join(b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n) for n in range(depth))
    return b"Subject: x\r\n" + lines


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0" * 500,
        b"nothing",
        _nested(5000),
        b"Content-Type: multipart/mixed\r\n\r\nx",
        b"Content-Type: \xff\xfe; boundary=\r\n\r\nx",
        b"Content-Type: message/rfc822\r\n\r\n",
        b"Content-Disposition: attachment; filename*0*=\r\n\r\n",
    ],
)
def test_what_is_no_mail_is_one_fault_and_never_an_error(data: bytes) -> None:
    (piece,) = opened(data)
    assert (piece.fault and piece.fault.code) == "F014"


def test_too_many_parts() -> None:
    parts = [attachment(b'attachment; filename="a.xlsx"', BOOK)] * 30
    assert [piece.fault and piece.fault.code for piece in opened(mail(*parts), ParcelLimits(pieces=10))] == ["F011"]


# what nobody should send


@pytest.mark.parametrize(
    "subject",
    [
        b"=?utf-8?B?abcde?=",
        b"=?utf-8?B??=",
        b"=?x\x00y?Q?a?=",
        b"=?idna?Q?" + b"a." * 80 + b"?=",
        b"=?undefined?Q?a?=",
        b"=?base64?B?YQ==?=",
        b"=?utf-7?Q?+2AA-?=",
        b"\xff\xfe",
        b"=?utf-8?B?" + b"A" * 50_000 + b"?=",
    ],
)
def test_no_subject_hides_what_is_attached(subject: bytes) -> None:
    headers = b"Subject: " + subject + b"\r\nFrom: " + subject + b"\r\n"
    (piece,) = opened(mail(attachment(b'attachment; filename="a.xlsx"', BOOK), headers=headers))
    assert (piece.name, piece.data) == ("a.xlsx", BOOK)
    for text in (piece.origin.subject, piece.origin.sender):
        assert text is None or text.isprintable()


@pytest.mark.parametrize(
    "date",
    [b"Sat, 01 Jan 1000 00:00:00 +2359", b"31 Dec 9999 23:59:59 -2359", b"1 Jan 70 0:0:0 GMT", b"99999999999999"],
)
def test_a_date_of_no_calendar_is_none(date: bytes) -> None:
    data = mail(attachment(b'attachment; filename="a.xlsx"', BOOK))
    data = data.replace(b"Sat, 01 Mar 2025 09:30:00 +0800", date)
    assert opened(data)[0].origin.received_at == dt.datetime(2025, 5, 1, tzinfo=dt.UTC)


def test_a_part_that_cannot_be_read_costs_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    from email.message import Message

    real = Message.get_payload

    def broken(self: Message, i: int | None = None, decode: bool = False) -> object:
        if decode and "b.xlsx" in str(self["content-disposition"]):
            raise AssertionError
        return real(self, i, decode)

    monkeypatch.setattr(Message, "get_payload", broken)
    parts = [attachment(f'attachment; filename="{name}.xlsx"'.encode(), BOOK) for name in "abc"]
    found = opened(mail(*parts))
    assert [(one.name, one.fault and one.fault.code) for one in found] == [
        ("a.xlsx", None),
        ("b.xlsx", "F014"),
        ("c.xlsx", None),
    ]


def test_mails_nested_without_end_are_told() -> None:
    (piece,) = opened(b"Content-Type: multipart/mixed; boundary=b\n\n--b\n" * 5000 + b"x")
    assert piece.fault is not None


def test_a_mail_that_takes_too_long_is_given_up() -> None:
    data = mail(*[attachment(b'attachment; filename="a.xlsx"', BOOK * 4000)] * 20)
    (piece,) = opened(data, ParcelLimits(seconds=0))
    assert (piece.fault and piece.fault.code) == "F050"
