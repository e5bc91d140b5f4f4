"""What the readers of one workbook's parts share: bounds, tables, the log of faults, and running totals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from xlsxeval.fault_codes import FaultCode
from xlsxeval.intake.fault_log import FaultLog
from xlsxeval.intake.rejected import refusal
from xlsxeval.intake.strings import Strings
from xlsxeval.intake.styles import StyleTable
from xlsxeval.limits import Limits


@dataclass(slots=True)
class Reading:
    """The state of reading one workbook, sheet after sheet."""

    limits: Limits
    log: FaultLog
    strings: Strings
    styles: StyleTable
    date1904: bool
    rich_errors: Mapping[int, str] = field(default_factory=dict)
    """Errors that the file format does not have, by the ``vm`` of the cells that show them."""
    cells: int = 0
    formula_characters: int = 0

    def count_cell(self) -> None:
        """One more cell; raises Rejected F010 beyond the bound."""
        self.cells += 1
        if self.cells > self.limits.cells:
            raise refusal(FaultCode.TOO_LARGE, f"单元格（包括只有格式的空格）超过 {self.limits.cells} 个")

    def count_formula(self, formula: str) -> None:
        """One more formula; raises Rejected F010 when all together are too long."""
        self.formula_characters += len(formula)
        if self.formula_characters > self.limits.formula_characters:
            raise refusal(FaultCode.TOO_LARGE, f"公式合计超过 {self.limits.formula_characters} 个字符")
