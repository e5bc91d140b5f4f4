"""LibreOffice as a real client: opens a workbook, computes everything again, saves it."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest

TIMEOUT = 120
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
        run = subprocess.run(command, capture_output=True, timeout=TIMEOUT, check=False)
        made = [out / f"{source.stem}.{to}" for source in sources]
        if not all(path.is_file() for path in made):
            raise RuntimeError(f"LibreOffice wrote nothing: {run.stdout!r} {run.stderr!r}")
        return [path.read_bytes() for path in made]


def resave(workbook: bytes) -> bytes:
    """An xlsx as LibreOffice saves it after computing every formula."""
    return convert(workbook, ".xlsx", "xlsx")
