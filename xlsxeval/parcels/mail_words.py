"""Texts in the headers of mails: encoded words (RFC 2047) and bytes that no standard allows, read whatever they hold.

The standard library's reader of encoded words refuses a whole header for one wrong character of Base64.
"""

from __future__ import annotations

import base64
import binascii
import quopri
import re

from xlsxeval.parcels.names import decoded

_ENCODED = re.compile(r"=\?([^?\s]+)\?([bBqQ])\?([^?]*)\?=")
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]")
_SPOILED = re.compile("[\ufffd\udc80-\udcff]")


def words(text: str) -> str:
    """A text with its encoded words resolved. Words that follow one another may be cut within a character."""
    if _SPOILED.search(text):
        text = decoded(text.encode("utf-8", "surrogateescape"))
    joined: list[tuple[bytes, str]] = []
    end = 0
    for match in _ENCODED.finditer(text):
        between = text[end : match.start()]
        if between.strip():
            joined.append((between.strip().encode("utf-8", "replace"), ""))
        charset = match[1].partition("*")[0].casefold()
        content = _content(match[2].casefold(), match[3].encode("utf-8", "replace"))
        if joined and joined[-1][1] == charset and not between.strip():
            joined[-1] = (joined[-1][0] + content, charset)
        else:
            joined.append((content, charset))
        end = match.end()
    if not joined:
        return text.strip()
    if text[end:].strip():
        joined.append((text[end:].strip().encode("utf-8", "replace"), ""))
    return "".join(by_charset(content, charset) for content, charset in joined).strip()


def by_charset(content: bytes, charset: str) -> str:
    """Bytes by the name of their encoding; what calls itself GB2312 is often more than that."""
    charset = charset.casefold()
    try:
        return content.decode("gb18030" if charset.startswith(("gb", "x-gbk", "cp936")) else charset or "utf-8")
    except (LookupError, ValueError):  # also codecs that are none of texts, and such as refuse everything
        return decoded(content)


def _content(encoding: str, text: bytes) -> bytes:
    """The bytes of one encoded word, as far as they can be told; what is no Base64 at all stands as it is."""
    if encoding == "q":
        return quopri.decodestring(text, header=True)
    digits = _NOT_BASE64.sub(b"", text)
    digits = digits[:-1] if len(digits) % 4 == 1 else digits
    try:
        return base64.b64decode(digits + b"=" * (-len(digits) % 4))
    except binascii.Error:
        return text
