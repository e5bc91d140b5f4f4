"""LibreOffice as a typist: a macro opens a workbook, types into its cells as a person would, and saves it."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path

from tests.roster.script import Typed
from tests.support.office import kept, soffice

_MACRO = """\
Sub Fill(source As String, lines As String, target As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden" : hidden(0).Value = True
  document = StarDesktop.loadComponentFromURL(ConvertToURL(source), "_blank", 0, hidden())
  files = createUnoService("com.sun.star.ucb.SimpleFileAccess")
  reader = createUnoService("com.sun.star.io.TextInputStream")
  reader.setInputStream(files.openFileRead(ConvertToURL(lines)))
  reader.setEncoding("UTF-8")
  Do While Not reader.isEOF()
    parts = Split(reader.readLine(), Chr(9))
    If UBound(parts) = 2 Then
      cell = document.Sheets.getByName(parts(0)).getCellRangeByName(parts(1))
      REM What is typed into a cell that is formatted as text stays text.
      If document.NumberFormats.getByKey(cell.NumberFormat).Type = com.sun.star.util.NumberFormat.TEXT Then
        cell.setString(parts(2))
      Else
        cell.setFormula(parts(2))
      End If
    End If
  Loop
  Dim saved(0) As New com.sun.star.beans.PropertyValue
  saved(0).Name = "FilterName" : saved(0).Value = "Calc MS Excel 2007 XML"
  document.storeToURL(ConvertToURL(target), saved())
  document.close(True)
  StarDesktop.terminate()
End Sub
"""
_MODULE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">\n'
    '<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">'
    + _MACRO.replace("&", "&amp;").replace('"', "&quot;")
    + "</script:module>"
)


def type_into(workbook: bytes, typed: list[Typed]) -> bytes:
    """The workbook after LibreOffice typed every value into its cell and saved it as xlsx."""
    program = soffice()
    with tempfile.TemporaryDirectory(prefix="typist-") as name:
        folder = Path(name)
        profile = folder / "profile"
        office = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
        # The first start makes the profile with an empty module of macros; what is there before it is lost.
        kept([*office, "--terminate_after_init"], folder)
        (profile / "user" / "basic" / "Standard" / "Module1.xba").write_text(_MODULE, encoding="utf-8")
        source, lines, target = folder / "source.xlsx", folder / "lines.txt", folder / "target.xlsx"
        source.write_bytes(workbook)
        text = "".join(f"{sheet}\t{a1}\t{_keys(value)}\n" for sheet, a1, value in typed)
        lines.write_text(f"{text}\n", encoding="utf-8")  # of the very last line LibreOffice keeps the line end
        command = [*office, f'macro:///Standard.Module1.Fill("{source}","{lines}","{target}")']
        if not kept(command, folder) or not target.is_file():
            raise RuntimeError("LibreOffice wrote nothing")
        return target.read_bytes()


def _keys(value: object) -> str:
    """What a person types: a date as 2025-05-31, a number as its digits."""
    return value.isoformat() if isinstance(value, dt.date) else str(value)
