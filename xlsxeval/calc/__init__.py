"""Formulas computed as Excel computes them: tokens → parser → compiled layout → values.

``parse`` reads a formula into a tree, ``compile_formulas`` makes a program of many, ``Program.run`` computes it.
"""

from xlsxeval.calc.compilation import compile_formulas
from xlsxeval.calc.formatting import format_value
from xlsxeval.calc.functions import Function, functions, is_function
from xlsxeval.calc.nodes import (
    AreaRef,
    Array,
    Binary,
    Boolean,
    Call,
    CellRef,
    ErrorLiteral,
    MissingArgument,
    Name,
    Node,
    Number,
    Percent,
    SheetSpan,
    Text,
    Unary,
    Union,
)
from xlsxeval.calc.parser import parse
from xlsxeval.calc.printer import to_formula
from xlsxeval.calc.program import ExplainedStep, FormulaFault, Program
from xlsxeval.calc.recalculation import Recalculated, Recalculation, recalculate
from xlsxeval.calc.references import quote_sheet
from xlsxeval.calc.tokens import FormulaSyntaxError
from xlsxeval.calc.trees import same_formula, shift, transform, walk
from xlsxeval.calc.values import ExcelError, Scalar

__all__ = [
    "AreaRef",
    "Array",
    "Binary",
    "Boolean",
    "Call",
    "CellRef",
    "ErrorLiteral",
    "ExcelError",
    "ExplainedStep",
    "FormulaFault",
    "FormulaSyntaxError",
    "Function",
    "MissingArgument",
    "Name",
    "Node",
    "Number",
    "Percent",
    "Program",
    "Recalculated",
    "Recalculation",
    "Scalar",
    "SheetSpan",
    "Text",
    "Unary",
    "Union",
    "compile_formulas",
    "format_value",
    "functions",
    "is_function",
    "parse",
    "quote_sheet",
    "recalculate",
    "same_formula",
    "shift",
    "to_formula",
    "transform",
    "walk",
]
