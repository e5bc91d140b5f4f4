"""Licences of what is bundled: read from the metadata of each wheel, held against those that may be, gathered as files."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from email.message import Message
from email.parser import HeaderParser
from pathlib import Path
from typing import Final

from tools.bundle.inputs import BundleError, lock

_PERMISSIVE: Final = ("0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "BSL-1.0", "CC0-1.0", "ISC", "MIT", "MIT-0")
_ALIKE: Final = ("MPL-2.0", "PSF-2.0", "Python-2.0", "Unlicense", "ZPL-2.1", "Zlib", "blessing", "bzip2-1.0.6")
ALLOWED: Final = frozenset((*_PERMISSIVE, *_ALIKE))
"""SPDX names of the licences that may be in a bundle: they ask for their text to be there, and for nothing else of us."""
_CLASSIFIERS: Final = {
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "MIT No Attribution License (MIT-0)": "MIT-0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "The Unlicense (Unlicense)": "Unlicense",
    "Zope Public License": "ZPL-2.1",
}
_FREE_TEXT: Final = {"BSD": "BSD-3-Clause", "MIT License": "MIT", "ZPL 2.1": "ZPL-2.1", "Apache 2.0": "Apache-2.0"}
_TEXTS: Final = re.compile(r"(^|/)(licen[cs]e|copying|notice|authors)[^/]*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Licensed:
    """A distribution with its licence as an SPDX expression, and the texts that come with it, by file name."""

    name: str
    version: str
    licence: str
    home: str
    texts: dict[str, bytes]

    @property
    def is_allowed(self) -> bool:
        """Whether its licence, or one of those that it leaves to choose, may be in a bundle."""
        return allows(self.licence)


def allows(expression: str) -> bool:
    """Whether an SPDX expression can be met with allowed licences alone: every part of AND, one part of OR."""
    words = re.findall(r"[()]|[^\s()]+", expression)
    return bool(words) and _either(words) and not words


def _either(words: list[str]) -> bool:
    found = _all(words)
    while words and words[0].upper() == "OR":
        words.pop(0)
        found = _all(words) or found
    return found


def _all(words: list[str]) -> bool:
    found = _one(words)
    while words and words[0].upper() == "AND":
        words.pop(0)
        found = _one(words) and found
    return found


def _one(words: list[str]) -> bool:
    if not words:
        return False
    word = words.pop(0)
    if word != "(":
        return word in ALLOWED
    found = _either(words)
    return bool(words) and words.pop(0) == ")" and found


def licence_of(metadata: Message) -> str:
    """The licence in a distribution's metadata as an SPDX expression, else as it is written; ``?`` where none is."""
    told = metadata.get("License-Expression")
    if told:
        return told
    text = (metadata.get("License") or "").strip()
    if _FREE_TEXT.get(text, text) in ALLOWED:
        return _FREE_TEXT.get(text, text)
    named = [one.rpartition(" :: ")[2] for one in metadata.get_all("Classifier", []) if one.startswith("License ::")]
    if named:
        return " OR ".join(_CLASSIFIERS.get(one, one.replace(" ", "-")) for one in named)
    return text.splitlines()[0] if text else "?"


def licensed(wheel: Path) -> Licensed:
    """What a wheel says about its licence."""
    with zipfile.ZipFile(wheel) as pack:
        names = pack.namelist()
        told = next(name for name in names if name.count("/") == 1 and name.endswith(".dist-info/METADATA"))
        metadata = HeaderParser().parsestr(pack.read(told).decode("utf-8"))
        info = told.rpartition("/")[0]
        texts = {
            name.removeprefix(f"{info}/").removeprefix("licenses/").replace("/", "-"): pack.read(name)
            for name in names
            if name.startswith(f"{info}/") and _TEXTS.search(name) and not name.endswith("/")
        }
    home = metadata.get("Home-page") or next(
        (one.partition(",")[2].strip() for one in metadata.get_all("Project-URL", [])), ""
    )
    return Licensed(metadata["Name"], metadata["Version"], licence_of(metadata), home, texts)


def bundled_parts(kind: str) -> list[Licensed]:
    """The parts that are no wheels (interpreter, its libraries, launcher), as the lock tells them; ``kind`` is a system."""
    return [
        Licensed(told["name"], told["version"], told["licence"], told["home"], {})
        for told in lock()["parts"]
        if kind in told["in"]
    ]


def gather(parts: list[Licensed], folder: Path) -> None:
    """Writes the texts of all licences and a list of them. Raises BundleError for a licence that may not be bundled."""
    refused = [f"{one.name} {one.version}: {one.licence}" for one in parts if not one.is_allowed]
    if refused:
        raise BundleError("may not be bundled: " + "; ".join(refused))
    folder.mkdir(parents=True)
    lines = ["这个文件夹里的程序和它们的许可（SPDX 名称）。许可全文在同名的子文件夹里。", ""]
    for one in sorted(parts, key=lambda part: part.name.lower()):
        lines.append(f"{one.name} {one.version}\t{one.licence}\t{one.home}".rstrip())
        for name, text in one.texts.items():
            place = folder / f"{one.name}-{one.version}" / name
            place.parent.mkdir(exist_ok=True)
            place.write_bytes(text)
    (folder / "一览.txt").write_bytes(("\r\n".join(lines) + "\r\n").encode("utf-8-sig"))
