"""The file of a campaign that records exceptions: 例外.jsonl, one line for each act; lines are only ever added."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from xlsxeval.errors import UsageError
from xlsxeval.rules.waivers import Waived, WaiverRegister, Withdrawn, line_text, read_register

if TYPE_CHECKING:
    from xlsxeval.ledger import Writer

FILE_NAME = "例外.jsonl"


def load_register(directory: Path) -> WaiverRegister:
    """Loads the exceptions of the campaign in a folder; none where there is no file.

    Raises DefinitionError where a line is damaged, UsageError where the file is not UTF-8 text.
    """
    path = directory / FILE_NAME
    if not path.exists():
        return WaiverRegister()
    try:
        return read_register(path.read_text(encoding="utf-8-sig"), str(path))
    except UnicodeDecodeError:
        raise UsageError(f"{path} 不是 UTF-8 文本，可能被别的软件另存过。请从备份恢复。") from None


def mirror(w: Writer, register: WaiverRegister) -> None:
    """Copies into the ledger the lines of the register that it does not have yet."""
    from xlsxeval.ledger import WaiverLine  # SQLAlchemy only where it is needed

    told = {"by", "date", "unit", "code", "sheet", "cell", "field", "shown", "reason"}
    w.mirror_waivers(WaiverLine(line.id, line.action, **line.model_dump(include=told)) for line in register.lines)


def append(directory: Path, line: Waived | Withdrawn) -> Path:
    """Adds a line to the file of exceptions. The line is on the disk when this returns."""
    path = directory / FILE_NAME
    with path.open("ab") as file:
        if file.tell() and not path.read_bytes().endswith(b"\n"):
            file.write(b"\n")
        file.write(line_text(line).encode("utf-8", "replace"))
        file.flush()
        os.fsync(file.fileno())
    return path
