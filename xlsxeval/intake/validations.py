"""Data validations from both of their places: the worksheet itself, and the extension that Excel moves them to.

Excel 2010 and later keeps a list that refers to another sheet in the extension when it saves; a reader that knows
one place only would miss it and cry tampering.
"""

from __future__ import annotations

from xlsxeval.intake.boxes import RANGE_COST, boxes
from xlsxeval.intake.cells import RawValidation
from xlsxeval.intake.markup import Budget
from xlsxeval.intake.schema import Attributes, Schema
from xlsxeval.intake.styles import flag


class ValidationReader:
    """Gathers the data validations of one worksheet in the order of the file."""

    def __init__(self, budget: Budget, schema: Schema) -> None:
        self.found: list[RawValidation] = []
        self._budget = budget
        self._attributes: Attributes = {}
        self._formulas: dict[str, str] = {}
        self._ranges = ""
        plain = "worksheet/dataValidations/dataValidation"
        schema.on(plain, self._open, lambda _: self._close(extension=False))
        schema.on(f"{plain}/formula1", closed=lambda text: self._formula("formula1", text))
        schema.on(f"{plain}/formula2", closed=lambda text: self._formula("formula2", text))
        extended = "worksheet/extLst/ext/x14:dataValidations/x14:dataValidation"
        schema.on(extended, self._open, lambda _: self._close(extension=True))
        schema.on(f"{extended}/x14:formula1/xm:f", closed=lambda text: self._formula("formula1", text))
        schema.on(f"{extended}/x14:formula2/xm:f", closed=lambda text: self._formula("formula2", text))
        schema.on(f"{extended}/xm:sqref", closed=self._sqref)

    def _open(self, attributes: Attributes) -> None:
        self._attributes = dict(attributes)
        self._formulas = {}
        self._ranges = attributes.get("sqref", "")

    def _formula(self, which: str, text: str) -> None:
        self._formulas[which] = text

    def _sqref(self, text: str) -> None:
        self._ranges = text

    def _close(self, *, extension: bool) -> None:
        self._budget.spend(RANGE_COST * len(self._ranges.split()))
        self.found.append(
            RawValidation(
                ranges=boxes(self._ranges),
                type=self._attributes.get("type", "none"),
                operator=self._attributes.get("operator", "between"),
                formula1=self._formulas.get("formula1"),
                formula2=self._formulas.get("formula2"),
                allow_blank=flag(self._attributes, "allowBlank"),
                extension=extension,
                stops=flag(self._attributes, "showErrorMessage")
                and self._attributes.get("errorStyle", "stop") == "stop",
            )
        )
