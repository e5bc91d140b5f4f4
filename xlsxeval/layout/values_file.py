"""VALUES.yaml → values of input cells: ``{form or attachment: {field: value}}``, lines of a block as a list."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from xlsxeval.calc import Scalar
from xlsxeval.errors import DefinitionError, Problem
from xlsxeval.forms.values import typed_value
from xlsxeval.forms.yaml_file import YamlFile, suggestion
from xlsxeval.layout.layout import CellKind, Layout, PlacedCell, SheetLayout
from xlsxeval.model import Address

_Path = tuple[str | int, ...]


def load_values(path: Path, layout: Layout, *, locked: bool = False) -> dict[Address, Scalar]:
    """The values of a file by address.

    With ``locked`` the file holds values for computed cells, as typed by a person who breaks the lock; for making
    samples and tests. Raises DefinitionError with every fault at its place: unknown forms and fields, locked fields,
    lines beyond the block, values of the wrong type.
    """
    return _ValuesReader(YamlFile(path), layout, locked=locked).read()


class _ValuesReader:
    def __init__(self, file: YamlFile, layout: Layout, *, locked: bool) -> None:
        self.file = file
        self.layout = layout
        self.locked = locked
        self.problems: list[Problem] = []
        self.values: dict[Address, Scalar] = {}

    def read(self) -> dict[Address, Scalar]:
        for name, content in self.file.data.items():
            sheets = self._sheets(str(name))
            if not sheets:
                known = [sheet.name for sheet in self.layout.sheets] + [s.form.id for s in self.layout.sheets if s.form]
                self._fault((name,), f"没有「{name}」这张表{suggestion(str(name), known)}")
            elif isinstance(content, list):
                self._instances(str(name), content, sheets)
            elif len(sheets) > 1:
                names = "、".join(sheet.name for sheet in sheets)
                self._fault((name,), f"「{name}」有 {len(sheets)} 张（{names}），请按附件号分别写，或写成一组")
            else:
                self._sheet((name,), content, sheets[0])
        if self.problems:
            raise DefinitionError(self.problems)
        return self.values

    def _sheets(self, name: str) -> list[SheetLayout]:
        named = [sheet for sheet in self.layout.sheets if name in (sheet.name, sheet.attachment) and sheet.form]
        return named or [sheet for sheet in self.layout.sheets if sheet.form and sheet.form.id == name]

    def _instances(self, name: str, content: list[Any], sheets: list[SheetLayout]) -> None:
        if len(content) > len(sheets):
            self._fault((name, len(sheets)), f"「{name}」只有 {len(sheets)} 张，这里写了 {len(content)} 张")
        for number, (part, sheet) in enumerate(zip(content, sheets, strict=False)):
            self._sheet((name, number), part, sheet)

    def _sheet(self, path: _Path, content: Any, sheet: SheetLayout) -> None:
        if not isinstance(content, dict):
            self._fault(path, "应为「字段: 值」的映射")
            return
        assert sheet.form is not None
        for key, value in content.items():
            block = sheet.block(str(key))
            if block is None:
                self._value((*path, key), sheet, str(key), value)
            elif not isinstance(value, list):
                self._fault((*path, key), f"「{key}」应为一组行（列表）")
            elif len(value) > block.lines:
                self._fault((*path, key, block.lines), f"「{key}」最多 {block.lines} 行，这里写了 {len(value)} 行")
            else:
                self._lines((*path, key), sheet, str(key), value)

    def _lines(self, path: _Path, sheet: SheetLayout, block: str, lines: list[Any]) -> None:
        for number, line in enumerate(lines, start=1):
            here = (*path, number - 1)
            if not isinstance(line, dict):
                self._fault(here, "每行应为「字段: 值」的映射")
                continue
            for key, value in line.items():
                self._value((*here, key), sheet, f"{block}[{number}].{key}", value)

    def _value(self, path: _Path, sheet: SheetLayout, name: str, value: Any) -> None:
        assert sheet.form is not None
        cell = self.layout.slots.get((sheet.form.id, sheet.instance, name))
        if cell is None:
            known = [slot[2] for slot in self.layout.slots if slot[0] == sheet.form.id and slot[1] == sheet.instance]
            self._fault(path, f"「{sheet.name}」没有字段「{name}」{suggestion(name, known)}")
            return
        if not self._writable(cell):
            what = "由公式计算" if cell.kind is CellKind.COMPUTED else "由任务给定"
            self._fault(path, f"「{sheet.name}」的「{name}」{what}，是锁定的，不能填")
            return
        assert cell.slot is not None
        try:
            self.values[cell.address] = typed_value(cell.slot.field, value)
        except ValueError as error:
            self._fault(path, str(error))

    def _writable(self, cell: PlacedCell) -> bool:
        return cell.kind is (CellKind.COMPUTED if self.locked else CellKind.INPUT)

    def _fault(self, path: _Path, message: str) -> None:
        self.problems.append(self.file.position(path).problem(message))
