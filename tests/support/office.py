"""LibreOffice as a real client: opens a workbook, computes everything again, saves it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from xlsxeval.office import keeper

SECONDS, _SECONDS_EACH = 120, 5
"""What one start may take, and more for each of its documents."""
_STARTS = 4
_MEMORY, _RESULT = 4 << 30, 256 << 20
# Without this LibreOffice keeps the stored values of workbooks that another program saved.
_ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="ODFRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def soffice() -> str:
    """The LibreOffice program. Skips the test where there is none; on CI an absent one is an error."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found is None:
        if os.environ.get("CI"):
            raise RuntimeError("LibreOffice is missing: this test must run on CI")
        pytest.skip("LibreOffice (soffice) is not installed")
    return found


def convert(content: bytes, suffix: str, to: str) -> bytes:
    """A document of one kind (``.xlsx``) as another (``xlsx``, ``pdf``), formulas computed again on the way."""
    (made,) = convert_all([content], suffix, to)
    return made


def convert_all(contents: Sequence[bytes], suffix: str, to: str) -> list[bytes]:
    """The same for several documents at one start of the program."""
    made = convert_some(contents, suffix, to)
    if None in made:
        raise RuntimeError(
            f"LibreOffice wrote nothing for the documents {[at for at, one in enumerate(made) if one is None]}"
        )
    return [one for one in made if one is not None]


def convert_some(contents: Sequence[bytes], suffix: str, to: str) -> list[bytes | None]:
    """The same where LibreOffice may be unable to open some: None for those.

    A document that it hangs on costs a start of its own; after some of those the rest is left undone.
    """
    found: list[bytes | None] = []
    for _ in range(_STARTS):
        made, is_whole = _started(contents[len(found) :], suffix, to)
        done = len(made) if is_whole else max((at for at, one in enumerate(made) if one is not None), default=-1) + 2
        found += made[:done]  # the one behind the last that was written hung
        if len(found) == len(contents):
            break
    return [*found, *[None] * (len(contents) - len(found))]


def _started(contents: Sequence[bytes], suffix: str, to: str) -> tuple[list[bytes | None], bool]:
    """What one start of LibreOffice writes for documents, and whether it came to its end in time."""
    program = soffice()
    with tempfile.TemporaryDirectory(prefix="office-") as name:
        folder = Path(name)
        profile = folder / "profile"
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_ALWAYS_RECALCULATE, encoding="utf-8")
        sources = [folder / f"document{number}{suffix}" for number in range(len(contents))]
        for source, content in zip(sources, contents, strict=True):
            source.write_bytes(content)
        out = folder / "out"
        command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
        command += ["--convert-to", to, "--outdir", str(out), *map(str, sources)]
        is_whole = kept(command, folder, SECONDS + _SECONDS_EACH * len(contents))
        made = [out / f"{source.stem}.{to}" for source in sources]
        return [path.read_bytes() if path.is_file() else None for path in made], is_whole


def kept(command: Sequence[str], folder: Path, seconds: int = SECONDS) -> bool:
    """Runs LibreOffice under its keeper, which ends all of it when the seconds are over; whether it ended by itself."""
    bounds = (seconds, _MEMORY, _RESULT, 1, folder)
    keeping = [sys.executable, "-I", "-S", keeper.__file__, *map(str, bounds)]
    nowhere = subprocess.DEVNULL
    with subprocess.Popen([*keeping, *command], stdin=subprocess.PIPE, stdout=nowhere, stderr=nowhere) as process:
        return process.wait() != keeper.TIMED_OUT


def resave(workbook: bytes) -> bytes:
    """An xlsx as LibreOffice saves it after computing every formula."""
    return convert(workbook, ".xlsx", "xlsx")
