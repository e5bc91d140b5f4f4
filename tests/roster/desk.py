"""An empty roster on a desk; a test types into it by sheet, line and header, and reads it back."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from xlsxeval.errors import DefinitionError
from xlsxeval.forms.campaign import Campaign
from xlsxeval.forms.library import Library
from xlsxeval.resources import templates_directory
from xlsxeval.roster import FILE_NAME, load_roster, roster_bytes

TASK = {"campaign": "shili-2024", "year": 2024, "department": "某某市财政局"}
Line = Mapping[str, Any]


@cache
def library() -> Library:
    return Library(templates_directory())


@cache
def empty_roster(edition: str) -> bytes:
    task = TASK | {"edition": edition}
    return roster_bytes(library().edition(edition), tuple(library().editions()), task)


@dataclass
class Desk:
    """One roster being filled in. ``book`` is the open workbook for what ``write`` does not do."""

    folder: Path
    edition: str = "hunan-2024"
    book: Workbook = field(init=False)

    def __post_init__(self) -> None:
        self.book = load_workbook(io.BytesIO(empty_roster(self.edition)))

    @property
    def path(self) -> Path:
        return self.folder / FILE_NAME

    def sheet(self, name: str) -> Worksheet:
        page = self.book[name]
        assert isinstance(page, Worksheet)
        return page

    def column(self, sheet: str, title: str) -> int:
        return next(cell.column for cell in self.sheet(sheet)[1] if cell.value == title)

    def write(self, sheet: str, row: int, **values: Any) -> None:
        """Types a line: ``write("单位", 3, 代码="001", 名称="某某局")``."""
        for title, value in values.items():
            self.sheet(sheet).cell(row, self.column(sheet, title)).value = value

    def unit(self, row: int = 3, code: Any = "001", name: str = "某某局") -> None:
        self.write("单位", row, 代码=code, 名称=name)

    def project(self, row: int = 3, code: Any = "001", name: str = "某某专项") -> None:
        self.write("项目", row, 单位代码=code, 项目名称=name)

    def indicators(self, weights: list[Any], first: int = 3, code: str = "001", project: str | None = None) -> None:
        for number, weight in enumerate(weights):
            line = {
                "单位代码": code,
                "一级指标": "产出指标",
                "三级指标": f"指标{number}",
                "年度指标值": "≥1",
                "分值": weight,
            }
            self.write("指标", first + number, **line | ({"项目名称": project} if project else {}))

    def save(self) -> Path:
        self.book.save(self.path)
        return self.path

    def load(self) -> Campaign:
        return load_roster(self.save(), library())[0]

    def problems(self) -> list[tuple[str, str]]:
        """Place (``单位!B5``) and message of everything that is wrong; at least one thing."""
        with pytest.raises(DefinitionError) as caught:
            self.load()
        return [told(self.path, problem.file, problem.message) for problem in caught.value.problems]

    def places(self) -> list[str]:
        return [place for place, _ in self.problems()]


def told(path: Path, file: str, message: str) -> tuple[str, str]:
    assert file.startswith(str(path))
    return file.removeprefix(str(path)).strip(), message
