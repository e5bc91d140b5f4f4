"""A Word report as PDF, by an installed LibreOffice."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from xlsxeval.errors import UsageError
from xlsxeval.workers import tethered

TIMEOUT = 180
"""Seconds that one conversion may take."""

_NAMES = ("soffice", "libreoffice")
_OUTPUT = "report.pdf"
_NOT_STARTED = 127
_PATIENCE = 10


def to_pdf(docx: Path, out_dir: Path) -> Path:
    """Converts a docx to a PDF of the same name in ``out_dir`` and returns its path.

    LibreOffice runs with a profile of its own, so a running one is not disturbed. A PDF of that name is replaced only
    when the new one is complete. Raises UsageError without LibreOffice, without the file, or where it makes no PDF.
    """
    program = office_program()
    if not docx.is_file():
        raise UsageError(f"找不到要转换的文件 {docx}，请检查路径。")
    out_dir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="xlsxeval-pdf-") as scratch:
        work = Path(scratch)
        source = work / "report.docx"
        shutil.copyfile(docx, source)
        profile = f"-env:UserInstallation={(work / 'profile').as_uri()}"
        command = [
            program,
            profile,
            "--headless",
            "--norestore",
            "--convert-to",
            "pdf",
            "--outdir",
            str(work),
            str(source),
        ]
        complaint = _run(command, docx.name, work)
        result = work / _OUTPUT
        if not result.is_file():
            raise UsageError(f"LibreOffice 没有转出 {docx.name} 的 PDF（{complaint or '没有说明原因'}）。")
        target = out_dir / f"{docx.stem}.pdf"
        partial = out_dir / f".{docx.stem}.pdf.part"
        shutil.copyfile(result, partial)
        os.replace(partial, target)  # noqa: PTH105
    return target


def office_program() -> str:
    """The installed LibreOffice. Raises UsageError where there is none, so that it can be told before any work."""
    program = next((found for name in _NAMES if (found := shutil.which(name))), None)
    if program is None:
        raise UsageError(
            "转成 PDF 需要 LibreOffice，这台机器上没有找到 soffice。请安装 LibreOffice，或者在 Word 里另存为 PDF。"
        )
    return program


def _run(command: list[str], name: str, folder: Path) -> str:
    """Runs LibreOffice and gives the last line that it complained with. Raises UsageError where it does not end.

    It ends with this process, however that ends; its ``folder`` is removed then.
    """
    said = folder / "stderr"
    try:
        with said.open("wb") as stream:
            process = subprocess.Popen(  # noqa: S603
                [sys.executable, tethered.__file__, str(folder), *command],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=stream,
                start_new_session=True,
            )
    except OSError as error:
        raise UsageError(f"启动不了 LibreOffice（{command[0]}：{error.strerror}）。请重新安装 LibreOffice。") from error
    with process:
        try:
            code = process.wait(TIMEOUT)
        except BaseException as error:
            _stop(process)
            if not isinstance(error, subprocess.TimeoutExpired):
                raise
            slow = f"LibreOffice 转换 {name} 超过 {TIMEOUT:g} 秒没有完成，已经停止。"
            raise UsageError(f"{slow}请重试，或者在 Word 里另存为 PDF。") from None
    lines = said.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    if code == _NOT_STARTED:
        raise UsageError(
            f"启动不了 LibreOffice（{command[0]}：{lines[-1] if lines else ''}）。请重新安装 LibreOffice。"
        )
    return lines[-1] if lines else ""


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Ends LibreOffice with the program that it starts itself, which would live on and hold its profile."""
    assert process.stdin is not None
    process.stdin.close()  # the other end sees to it
    try:
        process.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
