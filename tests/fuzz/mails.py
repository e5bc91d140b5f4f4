"""Mails as nobody should write them, names of files in any bytes, and what must hold of what is read of them."""

from __future__ import annotations

import atexit
import base64
import datetime as dt
import itertools
import os
import random
import shutil
import tempfile
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from tests.fuzz.packing import spoiled
from xlsxeval.archive import Archive
from xlsxeval.collection.arrivals import gather, record_receipt
from xlsxeval.collection.standing import LyingFiles
from xlsxeval.ledger import Ledger
from xlsxeval.output.characters import for_terminal, for_xml, utf8
from xlsxeval.parcels import Origin, ParcelLimits, open_parcel

NOON = dt.datetime(2025, 3, 1, 12, tzinfo=dt.UTC)
TEXTS = (
    b"a.xlsx", "某某局 表.xlsx".encode(), "某某局.xlsx".encode("gb18030"), b"\xff\xfe\x00", b"", b"..", b"../../x.xlsx", b"a" * 3000,
    b"a\x00b.xlsx", b"a\r\n b.xlsx", b"\xe2\x80\xaegpj.xlsx", b'"', b"\\", b"\\\"", b"=?", b"?=", b"=?utf-8?B?", b"%", b"%ZZ", b"%E8%A1",
    b"\xed\xa0\x80", b"'", b"utf-8''", b"x''y", b"\x1b[2J", b"CON", b"*0*=", b"\t", b";", b"=", b"<a@b>", b"\xf0\x9f\x98\x80",
)  # fmt: skip
CHARSETS = (
    b"utf-8", b"GBK", b"gb2312", b"big5", b"utf-7", b"utf-16", b"idna", b"punycode", b"unicode_escape", b"undefined", b"base64", b"rot13",
    b"", b"x\x00y", b"\xff", b"hz", b"iso-2022-cn", b"utf-8*zh", b"cp65001", b"a" * 500, b"mbcs", b"raw_unicode_escape", b"uu", b"zlib",
)  # fmt: skip
KINDS = (
    b"application/octet-stream", b"text/plain", b"multipart/mixed", b"multipart/digest", b"message/rfc822", b"message/partial",
    b"message/external-body", b"message/delivery-status", b"text/html; charset=", b"image/png", b"", b"/", b"x", b"multipart/",
    b"application/vnd.ms-excel; name*0*=; name*=", b"text/plain; charset=x; charset*0=", b"application/x; boundary*1*=%", b"\xff/\xfe",
)  # fmt: skip
CODINGS = (
    b"base64",
    b"quoted-printable",
    b"x-uuencode",
    b"8bit",
    b"7bit",
    b"uuencode",
    b"",
    b"\xff",
    b"x",
    b"binary",
    b"BASE64 ",
)
DATES = (
    b"Sat, 01 Mar 2025 09:30:00 +0800", b"x", b"", b"Sat, 01 Mar 0001 00:00:00 +2359", b"31 Dec 9999 23:59:59 -2359", b"1 1 1 1 1",
    b"Sat, 99 Mar 2025 99:99:99 +9999", b"Sat, 01 Mar 2025 09:30:00 -0000", b"1 Jan 99999999999 0:0 +0", b"Jan", b"01 Mar 70 0:0:0 GMT",
)  # fmt: skip
CONTENTS = (
    b"hello",
    b"",
    b"=",
    b"=ZZ",
    b"abcde",
    b"begin 644 x\n#0V%T\n`\nend",
    b"begin",
    b"\xff" * 50,
    b"PK\x03\x04",
    b"--b--\n",
    b"A" * 77,
)


def mail(dice: random.Random) -> tuple[str, bytes]:
    """A mail that is odd in some of its headers, nesting and codings; now and then its bytes are spoilt as well."""
    data = b"\n".join([*_head(dice), b"MIME-Version: 1.0", *_body(dice, dice.randrange(5))])
    if dice.randrange(40) == 0:
        data = b"Content-Type: multipart/mixed; boundary=b\n\n--b\n" * dice.choice((5, 200, 2000)) + data
    if dice.randrange(3) == 0:
        data = data.replace(b"\n", b"\r\n")
    return "来信.eml", spoiled(dice, data) if dice.randrange(3) == 0 else data


def _head(dice: random.Random) -> Iterator[bytes]:
    for name in (b"Subject", b"From", b"Date", b"Subject"):
        if dice.randrange(4):
            yield name + b": " + (dice.choice(DATES) if name == b"Date" else _text(dice))


def _text(dice: random.Random) -> bytes:
    """A text of a header: encoded words, right and wrong, bare bytes, and what lies between."""
    return b"".join(_word(dice) for _ in range(dice.choice((1, 1, 2, 3))))


def _word(dice: random.Random) -> bytes:
    text = dice.choice(TEXTS)
    match dice.randrange(5):
        case 0 | 1:
            return text
        case 2:
            return b"=?" + dice.choice(CHARSETS) + b"?B?" + base64.b64encode(text)[: dice.randrange(90)] + b"?="
        case 3:
            return b"=?" + dice.choice(CHARSETS) + b"?Q?" + text.replace(b"a", b"=4") + b"?="
        case _:
            return b"=?" + dice.choice(CHARSETS) + b"?" + dice.choice((b"x", b"b", b"q", b"")) + b"?" + text + b"?="


def _body(dice: random.Random, depth: int) -> Iterator[bytes]:
    if depth and dice.randrange(3):
        edge = dice.choice((b"b", b"b", b"=_1", b'"b"', b"", b"b b", b"\xff", b"b" * 300, b"(", b"--"))
        kind = dice.choice((b"multipart/mixed", b"multipart/related", b"multipart/digest", b"message/rfc822", *KINDS))
        yield b"Content-Type: " + kind + b'; boundary="' + edge + b'"'
        yield from (b"", b"")
        for _ in range(dice.choice((0, 1, 2, 3))):
            yield b"--" + edge
            yield from _body(dice, depth - 1)
        yield b"--" + edge + dice.choice((b"--", b"", b"-"))
        return
    yield b"Content-Type: " + dice.choice(KINDS) + dice.choice((b"", b"; name=" + _text(dice)))
    yield b"Content-Transfer-Encoding: " + dice.choice(CODINGS)
    number = dice.choice((b"", b"*", b"*0*", b"*0", b"*99999999999999999999", b"*\xd9\xa3*", b"*0*=;filename*1"))
    quote = dice.choice((b"", b'"', b"'"))
    yield b"Content-Disposition: attachment; filename" + number + b"=" + quote + _text(dice) + dice.choice((quote, b""))
    yield from (b"", dice.choice(CONTENTS))


def check_mail(sent: tuple[str, bytes]) -> Iterator[str]:
    """Every piece has bytes or a fault; names, subjects and senders can be printed, dates be told in any zone."""
    for piece in open_parcel(*sent, Origin(received_at=NOON), ParcelLimits(seconds=10)):
        if piece.fault is not None and (piece.data or not piece.fault.detail):
            yield "a fault, and yet bytes or no reason"
        texts = (*piece.trail, piece.origin.subject or "x", piece.origin.sender or "x")
        if any(not text.isprintable() for text in texts):
            yield f"{texts!r}: cannot be printed"
        if piece.origin.received_at is None or piece.origin.received_at.astimezone().year < 1980:
            yield f"{piece.origin.received_at}: no date of today"


def name(dice: random.Random) -> bytes:
    """The name of a file in any bytes that a file system takes."""
    text = b"".join(dice.choice(TEXTS)[:80] for _ in range(dice.choice((1, 1, 2))))
    if dice.randrange(2):
        text = bytes(dice.randrange(1, 256) for _ in range(dice.randrange(1, 40)))
    if dice.randrange(2):
        text = (
            dice.choice(("绩效.xlsx", "表格", "某某局（改）")).encode(dice.choice(("utf-8", "gb18030", "utf-16-le")))
            + text
        )
    text = text.replace(b"\0", b"\x01").replace(b"/", b"_")[:200] + dice.choice(
        (b".xlsx", b".zip", b".eml", b".txt", b"")
    )
    return b"_" + text if text in (b".", b"..", b"") else text


_USES = itertools.count()
_MOST_USES = 50
"""Names that one ledger takes: it is to be asked about few."""


def _desk() -> tuple[Path, Ledger, Archive]:
    return _numbered(next(_USES) // _MOST_USES)


@lru_cache(1)
def _numbered(number: int) -> tuple[Path, Ledger, Archive]:
    folder = Path(tempfile.mkdtemp(prefix="xlsxeval-names-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder, Ledger.open(folder / "ledger.sqlite", "c", NOON), Archive(folder / "archive")


def check_name(name: bytes) -> Iterator[str]:
    """A file of that name is taken in, written into a ledger and every kind of output, and found again where it lies."""
    folder, ledger, archive = _desk()
    place = folder / "收回"
    place.mkdir(exist_ok=True)
    path = place / os.fsdecode(name)
    try:
        path.write_bytes(b"x")
    except OSError:
        return  # no name for this file system
    try:
        came = gather([path], archive, folder, NOON, lambda act: None)
        for arrival in came.arrivals:
            outputs = (for_terminal(arrival.source), for_xml(arrival.source), utf8(str(path)).decode())
            if any(not text for text in outputs) or any(char in arrival.source for char in "\n\r\0\x1b\u202e"):
                yield f"{arrival.source!r}: steers a terminal"
            arrival.source.encode()
            arrival.name.encode()
            with ledger.write("fuzz", NOON, "fuzz") as w:
                number = record_receipt(w, arrival)
                (receipt,) = [one for one in w.receipts(arrival.sha256) if one.id == number]
                if (receipt.name, receipt.source) != (arrival.name, arrival.source):
                    yield f"{receipt!r}: kept otherwise"
                if not LyingFiles(folder, w)(receipt):
                    yield f"{receipt.source!r}: taken to be gone"
        if not came.arrivals and not came.unread and not path.name.startswith("~$"):
            yield "lost"
    finally:
        path.unlink()
