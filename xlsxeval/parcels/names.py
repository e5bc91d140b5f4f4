"""Names of files in parcels: read as the people who packed them saw them, and those that are no returns at all."""

from __future__ import annotations

import unicodedata
from contextlib import suppress

from xlsxeval.file_kinds import LOCK_FILES, MANIFEST, NOTICE

_LEFTOVERS = frozenset({"thumbs.db", "desktop.ini", "ehthumbs.db", "icon\r", NOTICE})
_LEFTOVER_FOLDERS = frozenset({"__macosx", "$recycle.bin", "system volume information"})


_STEERING = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def is_passed_over(name: str) -> bool:
    """Whether a file, named with its folders, is none that anybody returned.

    Lock files, hidden files, what systems leave behind, and what the program itself sent along with the forms.
    """
    *folders, last = name.replace("\\", "/").split("/")
    if any(folder.casefold() in _LEFTOVER_FOLDERS or _is_hidden(folder) for folder in folders):
        return True
    folded = last.casefold()
    return folded.startswith((*LOCK_FILES, ".")) or folded in _LEFTOVERS or last.startswith(MANIFEST)


def _is_hidden(folder: str) -> bool:
    return folder.startswith(".") and folder.strip(".") != ""


def decoded(raw: bytes) -> str:
    """Bytes of a name of which nobody says what they are: UTF-8, else what Windows writes in China, else as they are."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "backslashreplace")


def written_out(path: str) -> str:
    """A path of a file system as it can be kept and shown: a name in it that is no UTF-8 is read as ``decoded`` reads it.

    Characters that steer a terminal or turn the direction of a line are written out; spaces of every width stay.
    """
    return "/".join(_written_out(name) for name in path.split("/"))


def _written_out(name: str) -> str:
    try:
        name.encode()
    except UnicodeEncodeError:
        with suppress(UnicodeEncodeError):  # other lone surrogates, as Windows has them, are written out below
            name = decoded(name.encode("utf-8", "surrogateescape"))
    return "".join(f"\\u{ord(char):04x}" if unicodedata.category(char) in _STEERING else char for char in name)


def shown(name: str, most: int = 240) -> str:
    """A name that garbles no terminal, is no end of line and is not endless: what cannot be printed is written out."""
    text = "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in name[: most + 1])
    text = text or "（没有名称）"
    return text if len(text) <= most else f"{text[: most - 1]}…"
