"""What may stand in an output. Texts of units and names of files can hold any character, also such as drive a terminal."""

from __future__ import annotations

import re

from xlsxeval.parcels.names import decoded

_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_SURROGATES = re.compile("[\ud800-\udfff]")  # a file name that is no UTF-8 comes as these
_BYTES = re.compile("(?:[\udc80-\udcff][@-~]?)+")  # of such a name; in GB18030 the second byte may be a letter
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, production 2
_STEERING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")  # controls, and those of direction


def encodable(text: str) -> str:
    """The text with names of files that are no UTF-8 written out, and without other lone surrogates."""
    if _SURROGATES.search(text) is None:
        return text
    text = _BYTES.sub(lambda found: decoded(found.group().encode("utf-8", "surrogateescape")), text)
    return _SURROGATES.sub(_REPLACEMENT, text)


def for_xml(text: str) -> str:
    """The text with every character that XML 1.0 forbids replaced: even escaped they make a file unreadable."""
    return _NOT_IN_XML.sub(_REPLACEMENT, encodable(text))


def for_terminal(text: str) -> str:
    """The text without characters that would move the cursor, change colours or turn the direction of a line."""
    return encodable(_STEERING.sub(_REPLACEMENT, text))


def utf8(text: str) -> bytes:
    """The text as UTF-8; names of files that are none are written out."""
    return encodable(text).encode()
