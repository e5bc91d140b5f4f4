"""A later program: it adds to a form what this one adds, in other words, in other places, and more of it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.conftest import _shape_of
from xlsxeval.calc import Node, Text, parse
from xlsxeval.campaign import earlier_forms, sent_forms, workbooks
from xlsxeval.judging import basis
from xlsxeval.layout import carried, check_formulas, grid, self_check
from xlsxeval.layout.layout import FAILED, NOT_YET, PASSED, UNDECIDED, SheetLayout
from xlsxeval.layout.self_check import SelfCheck
from xlsxeval.layout.shaping import Shapes
from xlsxeval.model import Address, Severity


def install(patch: pytest.MonkeyPatch, name: str = "later") -> None:
    """Puts the later program in the place of this one, in this process. A second ``name`` makes it a third program."""
    for module in (earlier_forms, sent_forms, workbooks):
        patch.setattr(module, "generator_digest", lambda: name)
    patch.setattr(basis, "program_digest", lambda: name)
    patch.setattr(Shapes, "of", _shape_of)  # what was laid out before is this program's
    patch.setattr(self_check, "form_status", _form_status)
    patch.setattr(self_check, "lines_status", _lines_status)
    patch.setattr(self_check, "_FIRST_ROW", 6)
    patch.setattr(self_check, "_HEADER", ("号", "附件", "查什么", "结果", "现为", "应为", "位置"))
    patch.setattr(SelfCheck, "_required", _required)
    for module in (carried, grid):
        patch.setattr(module, "HELPER_GAP", 2)
    written = 'SUBSTITUTE(TRIM(_own),"\u3000","")'
    patch.setattr(carried, "_FIRST", parse(written))
    patch.setattr(carried, "_NEXT", parse(f"IF(LEN({written})=0,_above,{written})"))


def _form_status(severity: Severity, that: Node, where: Node | None) -> Node:
    failed = f"{FAILED[severity]} {check_formulas._verdict(severity)}"
    text = f'IFERROR(IF(NOT(_where),"{NOT_YET}",IF(NOT(_that),"{failed}","{PASSED}")),"{UNDECIDED}")'
    return check_formulas._put(text, that, where)


def _lines_status(severity: Severity, results: Sequence[Address]) -> Node:
    area, mark = check_formulas._area(results[0], results[-1]), FAILED[severity]
    return parse(f'IF(COUNTIF({area},"{mark}*")>0,"{mark} "&COUNTIF({area},"{mark}*")&" 处","{PASSED}")')


_own_required = SelfCheck._required


def _required(self: SelfCheck, sheet: SheetLayout) -> None:
    first = sheet.cells[0].address
    self._line(sheet, "这张表看过了", Text(PASSED), None, None, "General", first)
    _own_required(self, sheet)
