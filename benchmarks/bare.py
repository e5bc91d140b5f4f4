"""The same workbook written bare: a straight program of XlsxWriter's calls, with every argument known beforehand.

The writing of a real layout is listened to, and each call to the workbook, a worksheet or a format becomes one line of
Python. What comes out is what a person would write by hand who had all cells, formats, merges, validations, formulas
and their values in front of him, and gives the very same bytes; running it is XlsxWriter's own work and no other. The
forms of the samples call no function that XlsxWriter would have to look up, so the bare program does not ask it to.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Mapping
from typing import Any
from unittest.mock import patch

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from xlsxeval.calc import Scalar
from xlsxeval.forms.seal import Seal
from xlsxeval.layout.layout import Layout
from xlsxeval.model import Address
from xlsxeval.workbook import workbook_bytes, writer


def bare_writer(
    layout: Layout, seal: Seal, password: str, values: Mapping[Address, Scalar] | None = None
) -> Callable[[], bytes]:
    """A function that writes the workbook of ``workbook_bytes`` again, knowing nothing of layouts."""
    real = writer._LockedWorkbook
    lines: list[str] = []

    def listening(buffer: io.BytesIO, options: Mapping[str, Any]) -> _Listener:
        plain = {key: value for key, value in options.items() if key != "use_future_functions"}
        lines.append(f"book = Workbook(buffer, {plain!r})")
        return _Listener(real(buffer, options), "book", lines)

    with patch.object(writer, "_LockedWorkbook", listening):
        workbook_bytes(layout, seal, password, values)
    body = "\n    ".join(lines)
    program = f"def write():\n    buffer = io.BytesIO()\n    {body}\n    return buffer.getvalue()\n"
    names: dict[str, Any] = {
        "Workbook": type("Bare", (real,), {"worksheet_class": Worksheet}),
        "io": io,
        "datetime": dt,
    }
    exec(compile(program, "<bare>", "exec"), names)  # noqa: S102 - of our own making
    write: Callable[[], bytes] = names["write"]
    return write


class _Listener:
    """Stands for a workbook, a worksheet or a format: does what it is told, and writes it down as ``name.method(…)``."""

    _real: Any
    _name: str
    _lines: list[str]

    def __init__(self, real: Any, name: str, lines: list[str]) -> None:
        self.__dict__.update(_real=real, _name=name, _lines=lines)

    def __repr__(self) -> str:
        return self._name

    def __setattr__(self, attribute: str, value: Any) -> None:
        self._lines.append(f"{self._name}.{attribute} = {value!r}")
        setattr(self._real, attribute, value)

    def __getattr__(self, method: str) -> Callable[..., Any]:
        def call(*args: Any, **options: Any) -> Any:
            told = ", ".join([*map(repr, args), *(f"{key}={value!r}" for key, value in options.items())])
            line = f"{self._name}.{method}({told})"
            result = getattr(self._real, method)(*map(_real, args), **{key: _real(one) for key, one in options.items()})
            if not isinstance(result, (Format, Worksheet)):
                self._lines.append(line)
                return result
            name = f"{'style' if isinstance(result, Format) else 'page'}_{len(self._lines)}"
            self._lines.append(f"{name} = {line}")
            return _Listener(result, name, self._lines)

        return call


def _real(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _real(item) for key, item in value.items()}
    return value._real if isinstance(value, _Listener) else value
