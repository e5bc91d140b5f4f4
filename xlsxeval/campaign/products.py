"""Record of outputs and the inputs they were made from: an output is made again only when its inputs have changed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from xlsxeval.campaign.digests import file_digest
from xlsxeval.campaign.files import write_file

FILE_NAME = "made.jsonl"
"""File in a campaign's ``.xlsxeval`` folder. If it is deleted, all outputs are made again and older ones set aside."""
_ROOM = 200
"""Number of superseded lines after which the file is rewritten."""


@dataclass(frozen=True, slots=True)
class Product:
    """Digests of an output: ``inputs`` of everything it depends on, ``sha256`` of its own bytes."""

    inputs: str
    sha256: str


class Made:
    """The record of a campaign's outputs: a line of JSON each time that one is made; the last one of a path counts.

    Paths are relative to ``base``, so that this folder may be moved as a whole.
    """

    def __init__(self, file: Path, base: Path) -> None:
        self.file = file
        self.base = base
        self.news = 0
        """Number of outputs made since the record was opened."""
        self._known, lines = _read(file)
        if lines > len(self._known) + _ROOM:
            write_file(file, b"".join(_line(path, one) for path, one in self._known.items()))

    def is_fresh(self, path: Path, inputs: str) -> bool:
        """Whether the output exists and was made from exactly these inputs. Later edits do not count."""
        known = self._known.get(self._name(path))
        return known is not None and known.inputs == inputs and path.is_file()

    def is_edited(self, path: Path) -> bool:
        """Whether the output was edited since it was made."""
        known = self._known.get(self._name(path))
        return known is not None and file_digest(path) not in (None, known.sha256)

    def is_ours(self, path: Path) -> bool:
        """Whether the file is the output as it was made: replacing it loses no one's work."""
        known = self._known.get(self._name(path))
        return known is not None and file_digest(path) == known.sha256

    def paths(self, folder: Path, suffix: str) -> list[Path]:
        """Recorded outputs with this suffix that lie directly in a folder."""
        made = (self.base / name for name in self._known)
        return sorted(path for path in made if path.parent == folder and path.suffix == suffix and path.is_file())

    def record(self, path: Path, inputs: str) -> None:
        """Records that an output was made. Raises OSError where that fails; the output will then be made again."""
        sha256 = file_digest(path)
        assert sha256 is not None
        name, made = self._name(path), Product(inputs, sha256)
        self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self.file.open("ab") as file:
            if file.tell() and not _ends_well(self.file):
                file.write(b"\n")
            file.write(_line(name, made))
        self._known[name] = made
        self.news += 1

    def _name(self, path: Path) -> str:
        return path.relative_to(self.base).as_posix()


def _read(file: Path) -> tuple[dict[str, Product], int]:
    """Reads the record and its number of lines. Damaged lines are ignored."""
    known: dict[str, Product] = {}
    try:
        lines = file.read_bytes().splitlines()
    except FileNotFoundError:
        return known, 0
    for line in lines:
        try:
            data = json.loads(line)
            known[str(data["path"])] = Product(str(data["inputs"]), str(data["sha256"]))
        except (ValueError, KeyError, TypeError):
            continue
    return known, len(lines)


def _line(name: str, made: Product) -> bytes:
    data = {"path": name, "inputs": made.inputs, "sha256": made.sha256}
    return json.dumps(data, ensure_ascii=True).encode() + b"\n"


def _ends_well(file: Path) -> bool:
    return file.read_bytes().endswith(b"\n")
