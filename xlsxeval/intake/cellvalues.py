"""What a cell holds, by its declared type: shared, inline and formula texts, numbers, booleans, errors, dates."""

from __future__ import annotations

import re

from xlsxeval.intake import literals
from xlsxeval.intake.cells import Kind
from xlsxeval.intake.reading import Reading
from xlsxeval.intake.rejected import refusal

Value = tuple[Kind, str | None, float | str | bool | None]
"""Kind, text and typed value of a ``RawCell``."""

KINDS = frozenset({"n", "s", "str", "inlineStr", "b", "e", "d"})
"""The types of cells that Open XML has."""
INDEX = re.compile(r"\s*[0-9]{1,9}\s*", re.ASCII)
"""A number that may point into a table."""
_BLANK: Value = ("", None, None)


class ValueReader:
    """Reads the values of one worksheet's cells; what cannot be read keeps its text, has no value and is reported."""

    def __init__(self, sheet: str, reading: Reading) -> None:
        self._sheet = sheet
        self._reading = reading

    def read(self, kind: str, written: str | None, inline: str, a1: str | None) -> Value:
        """The value of the cell at ``a1`` from its type, the text of ``v`` (None: there is none) and its inline text.

        Raises Rejected F024 for a shared text that is not there.
        """
        if kind == "inlineStr":
            return self._text(inline, a1)
        if written is None:
            return _BLANK
        if kind == "str":
            return self._text(literals.unescape(written), a1)
        text = written.strip()[: self._reading.limits.cell_characters]
        match kind:
            case _ if not text:
                return _BLANK
            case "s":
                return self._text(self._shared(text, a1), a1)
            case "e":
                return "e", text[:64], literals.error(text)
            case "b":
                return "b", text, self._known("V003", literals.boolean(text), text, "不是逻辑值", a1)
            case "d":
                serial = literals.serial(text, date1904=self._reading.date1904)
                return "d", text, self._known("V020", serial, text, "不是有效的日期", a1)
            case _:
                return "n", text, self._known("V003", literals.number(text), text, "不是 Excel 能表示的数", a1)

    def _known(
        self, code: str, value: float | bool | None, text: str, trouble: str, a1: str | None
    ) -> float | bool | None:
        if value is None:
            self._reading.log.add(code, f"值写作 {text[:40]!r}，{trouble}", self._sheet, a1)
        return value

    def _text(self, text: str, a1: str | None) -> Value:
        most = self._reading.limits.cell_characters
        if len(text) > most:
            detail = f"文字长 {len(text)} 字，超过 Excel 的上限 {most} 字，后面的部分没有读取"
            self._reading.log.add("F028", detail, self._sheet, a1)
            text = text[:most]
        return "s", text, text

    def _shared(self, text: str, a1: str | None) -> str:
        strings = self._reading.strings
        index = int(text) if INDEX.fullmatch(text) else -1
        if not 0 <= index < len(strings):
            detail = f"单元格引用第 {text[:20]} 条共享文字，文字表只有 {len(strings)} 条"
            raise refusal("F024", detail, sheet=self._sheet, cell=a1)
        return strings[index]
