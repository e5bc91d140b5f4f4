"""What a cell holds, by its declared type: shared, inline and formula texts, numbers, booleans, errors, dates."""

from __future__ import annotations

from collections.abc import Callable

from xlsxeval.fault_codes import FaultCode
from xlsxeval.intake import literals
from xlsxeval.intake.cells import Kind
from xlsxeval.intake.reading import Reading
from xlsxeval.intake.rejected import refusal

Value = tuple[Kind, str | None, float | str | bool | None]
"""Kind, text and typed value of a ``RawCell``."""

KINDS = frozenset({"n", "s", "str", "inlineStr", "b", "e", "d"})
"""The types of cells that Open XML has."""
Where = Callable[[], str | None]
"""Tells the place of the cell that is being read; asked only where there is something to tell."""
_BLANK: Value = ("", None, None)


def table_index(text: str) -> int:
    """A number that may point into a table; -1 for what is none."""
    plain = text.strip(" \t\n\r")
    return int(plain) if len(plain) < 10 and plain.isascii() and plain.isdigit() else -1


class ValueReader:
    """Reads the values of one worksheet's cells; what cannot be read keeps its text, has no value and is reported."""

    def __init__(self, sheet: str, reading: Reading) -> None:
        self._sheet = sheet
        self._reading = reading

    def read(self, kind: str, written: str | None, inline: str, where: Where) -> Value:
        """The value of a cell from its type, the text of ``v`` (None: there is none) and its inline text.

        Raises Rejected: F024 for a shared text that is not there, F026 for a value with blanks around it.
        """
        if kind == "inlineStr":
            return self._text(inline, where)
        if written is None:
            return _BLANK
        if kind == "str":
            return self._text(literals.unescape(written), where)
        written = written[: self._reading.limits.cell_characters]
        text = written.strip()
        match kind:
            case _ if not text:
                return _BLANK
            case _ if text != written:
                detail = f"值写作 {written[:40]!r}，两边有空白，有的软件读成别的"
                raise refusal(FaultCode.WRITTEN_TWICE, detail, sheet=self._sheet, cell=where())
            case "s":
                return self._text(self._shared(text, where), where)
            case "e":
                return "e", text[:64], literals.error(text)
            case "b":
                return (
                    "b",
                    text,
                    self._known(FaultCode.NUMBER_OUT_OF_REACH, literals.boolean(text), text, "不是逻辑值", where),
                )
            case "d":
                serial = literals.serial(text, date1904=self._reading.date1904)
                return "d", text, self._known(FaultCode.NOT_A_DATE, serial, text, "不是有效的日期", where)
            case _:
                return (
                    "n",
                    text,
                    self._known(
                        FaultCode.NUMBER_OUT_OF_REACH, literals.number(text), text, "不是 Excel 能表示的数", where
                    ),
                )

    def _known(
        self, code: FaultCode, value: float | bool | None, text: str, trouble: str, where: Where
    ) -> float | bool | None:
        if value is None:
            self._reading.log.add(code, f"值写作 {text[:40]!r}，{trouble}", self._sheet, where())
        return value

    def _text(self, text: str, where: Where) -> Value:
        most = self._reading.limits.cell_characters
        if len(text) > most:
            detail = f"文字长 {len(text)} 字，超过 Excel 的上限 {most} 字，后面的部分没有读取"
            self._reading.log.add(FaultCode.TEXT_CUT, detail, self._sheet, where())
            text = text[:most]
        return "s", text, text

    def _shared(self, text: str, where: Where) -> str:
        strings = self._reading.strings.texts
        index = table_index(text)
        if not 0 <= index < len(strings):
            detail = f"单元格引用第 {text[:20]} 条共享文字，文字表只有 {len(strings)} 条"
            raise refusal(FaultCode.DANGLING_REFERENCE, detail, sheet=self._sheet, cell=where())
        return strings[index]
