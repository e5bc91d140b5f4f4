"""One document turned into another kind by LibreOffice."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from xlsxeval.errors import XlsxevalError
from xlsxeval.office import keeper
from xlsxeval.office.profile import environment, write_profile
from xlsxeval.office.program import office_program

_MB = 1024 * 1024
_DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class OfficeBounds:
    """What one conversion may take."""

    seconds: int = 180
    memory_bytes: int = 2048 * _MB
    result_bytes: int = 256 * _MB
    apart: bool = True
    """Whether it leaves the network where the system allows that, besides the settings that forbid it everything."""


class OfficeError(XlsxevalError):
    """LibreOffice is not there or made nothing; the message is a clause that says so."""


def converted(data: bytes, suffix: str, kind: str, bounds: OfficeBounds, *, read_as: str | None = None) -> bytes:
    """A document as another kind: ``kind`` as LibreOffice names it (``pdf``, ``xlsx:Calc MS Excel 2007 XML``).

    ``suffix`` is that of the document, ``read_as`` the filter that must read it, whatever else it looks like.
    Raises OfficeError.
    """
    program = office_program()
    if program is None:
        raise OfficeError("这台机器上没有找到 LibreOffice（soffice）")
    with tempfile.TemporaryDirectory(prefix="xlsxeval-office-", ignore_cleanup_errors=True) as scratch:
        work = Path(scratch)
        source = work / f"{_DOCUMENT}.{suffix}"
        source.write_bytes(data)
        write_profile(work / "profile")
        command = [program, f"-env:UserInstallation={(work / 'profile').as_uri()}", "--headless", "--norestore"]
        command += ["--nolockcheck", "--nologo", *([f"--infilter={read_as}"] if read_as else [])]
        command += ["--convert-to", kind, "--outdir", str(work / "out"), str(source)]
        complaint = _run(command, work, bounds)
        result = work / "out" / f"{_DOCUMENT}.{kind.partition(':')[0]}"
        if not result.is_file():
            raise OfficeError(f"LibreOffice 没有转出来（{complaint or '没有说明原因'}）")
        if result.stat().st_size > bounds.result_bytes:
            raise OfficeError(f"LibreOffice 转出的文件超过 {bounds.result_bytes // _MB} MB")
        return result.read_bytes()


def _run(command: list[str], work: Path, bounds: OfficeBounds) -> str:
    """Runs LibreOffice under its keeper and gives the last line that it complained with."""
    limits = (bounds.seconds, bounds.memory_bytes, bounds.result_bytes, bounds.apart)
    keeping = [sys.executable, "-I", "-S", str(Path(keeper.__file__)), *(str(int(one)) for one in limits), str(work)]
    try:
        process = subprocess.Popen(  # noqa: S603
            [*keeping, *command],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
            env={**environment(dict(os.environ)), "TMPDIR": str(work)},
        )
    except OSError as error:
        raise OfficeError(f"启动不了 LibreOffice（{error.strerror}）") from error
    assert process.stdin is not None
    assert process.stderr is not None
    with process:
        try:
            complaint = process.stderr.read()
            code = process.wait()
        except BaseException:
            process.stdin.close()  # the keeper ends LibreOffice, and then itself
            process.wait()
            raise
    if code == keeper.TIMED_OUT:
        raise OfficeError(f"LibreOffice 超过 {bounds.seconds} 秒没有转完，已经停止")
    lines = complaint.decode(errors="replace").strip().splitlines()
    return lines[-1].replace(str(work), "")[:200] if lines else ""
