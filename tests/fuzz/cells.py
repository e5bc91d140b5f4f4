"""Changes to what cells hold, in every way that Open XML has for it, and to the text of formulas."""

from __future__ import annotations

import random
import re
from typing import Any

from lxml import etree

from tests.support.packages import MAIN, Package
from xlsxeval.model import column_letters

NUMBERS = (
    "0", "-0", "1", "100", "1e2", "1.0E+02", "0.1", "0.30000000000000004", "1234.5", "1234.50", "+7", ".5", "5.", "-1", "85",
    "1e15", "123456789012345678", "1e308", "1e400", "-1e-320", "4.9E-324", "NaN", "INF", "0x1F", "1_000", "1,234", "１２", "",
    " 7 ", "7\n", "12abc", "45292", "73415.5", "-1.5e-7", "00012", "1e", "1e+", "--1", "1 234",
)  # fmt: skip
TEXTS = (
    "", " ", "好", "1234.5", "１２３", "1,234.5", "'12", "12万元", "—", "无", "85%", "８５％", "0%", "5 %", "是 ", "否", "Ｙ", "=1+1",
    "2024-12-20", "2024年12月20日", "2025-02-30", "12/11/25", "_x0000_", "_x0041_", "\u200b5", "5\u202e", "1\u00a0234", "1e5",
    "TRUE", "#REF!", "∞", "½", "a" * 33000, "\n", "12\n13", "1.2.3", "(5)", "-5-", "$5", "￥5", "5元", "0.5.", "1e999",
)  # fmt: skip
ERRORS = (
    "#DIV/0!",
    "#N/A",
    "#REF!",
    "#VALUE!",
    "#NAME?",
    "#NUM!",
    "#NULL!",
    "#SPILL!",
    "#GETTING_DATA",
    "nonsense",
    "",
)
DATES = (
    "2024-12-20",
    "2024-12-20T00:00:00",
    "2024-02-30",
    "1899-12-30",
    "9999-12-31",
    "2024-12-20T23:59:59.999Z",
    "24",
    "",
)
FORMULAS = (
    "1+1",
    "A1",
    "SUM(A1:E9)",
    "",
    "=1",
    "1/0",
    'HYPERLINK("a")',
    'INDIRECT("A1")',
    "NOW()",
    "_xlfn.X(1)",
    "((",
    "B4",
)


def _cells(package: Package) -> list[Any]:
    names = [name for name in package.parts if name.startswith("xl/worksheets/sheet")]
    return [cell for name in names for cell in package.tree(name).iter(f"{MAIN}c")]


def retyped(dice: random.Random, data: bytes) -> bytes:
    """Some cells, of inputs or not, hold something else."""
    package = Package(data)
    cells = _cells(package)
    for _ in range(dice.choice((1, 1, 1, 2, 5))):
        write(dice, dice.choice(cells))
    return package.save()


def write(dice: random.Random, cell: Any) -> None:
    """One cell with another value, its formula kept, taken or put in."""
    formula = cell.find(f"{MAIN}f")
    keep = formula is not None and dice.randrange(2) == 0
    cell[:] = [formula] if keep else []
    if not keep and dice.randrange(8) == 0:
        etree.SubElement(cell, f"{MAIN}f").text = dice.choice(FORMULAS)
    cell.attrib.pop("t", None)
    match dice.randrange(7):
        case 0 | 1:
            _value(cell, dice.choice((None, "n")), dice.choice(NUMBERS))
        case 2:
            _value(cell, "str", dice.choice(TEXTS))
        case 3:
            cell.set("t", "inlineStr")
            inline = etree.SubElement(cell, f"{MAIN}is")
            text = dice.choice(TEXTS)
            at = dice.randrange(len(text) + 1)
            for run in (text[:at], text[at:]) if dice.randrange(2) else (text,):
                home = inline if run is text else etree.SubElement(inline, f"{MAIN}r")
                etree.SubElement(home, f"{MAIN}t").text = run
        case 4:
            _value(cell, "b", dice.choice(("0", "1", "true", "FALSE", "2", "")))
        case 5:
            _value(cell, "e", dice.choice(ERRORS))
        case _:
            _value(cell, "d", dice.choice(DATES)) if dice.randrange(2) else None


def _value(cell: Any, kind: str | None, text: str) -> None:
    if kind is not None:
        cell.set("t", kind)
    etree.SubElement(cell, f"{MAIN}v").text = text


def reformulated(dice: random.Random, data: bytes) -> bytes:
    """Another text for one formula, its stored value kept: some mean the same, most do not."""
    package = Package(data)
    formulas = [cell.find(f"{MAIN}f") for cell in _cells(package)]
    chosen = dice.choice([formula for formula in formulas if formula is not None and formula.text])
    for _ in range(dice.choice((1, 1, 2))):
        chosen.text = rephrased(dice, chosen.text)
    if dice.randrange(10) == 0:
        chosen.set("t", dice.choice(("array", "shared", "dataTable", "normal", "x")))
        chosen.set("si", dice.choice(("0", "7", "x")))
        chosen.set("ref", dice.choice(("A1", "A1:B9", "x")))
    return package.save()


_OPERATORS = ("+", "-", "*", "/", "^", "&", "=", "<>", "<", "<=", ">", ">=", " ", ",", ":", "%")


def rephrased(dice: random.Random, formula: str) -> str:
    """A formula with one of its tokens changed."""
    tokens = re.findall(
        r'"(?:[^"]|"")*"|\'[^\']*\'!|[A-Za-z_.]+\(|\$?[A-Z]{1,3}\$?[0-9]+|[0-9.]+|<>|<=|>=|\s+|.', formula, re.S
    )
    if not tokens:
        return dice.choice(FORMULAS)
    at = dice.randrange(len(tokens))
    token = tokens[at]
    if dice.randrange(3) == 0:
        tokens[at] = dice.choice(
            (f" {token}", f"({token})", token.lower(), token.swapcase(), token + token, "", f"{token}+0")
        )
    elif token.startswith('"'):
        tokens[at] = dice.choice(
            ('""', token.lower(), token[:-1] + ' "', f'"{token[1:-1]}\u200b"', token.replace("✓", "✗"))
        )
    elif re.fullmatch(r"\$?[A-Z]{1,3}\$?[0-9]+", token):
        cell = f"{column_letters(dice.randrange(1, 9))}{dice.randrange(1, 16)}"
        tokens[at] = dice.choice(
            (cell, f"$A${dice.randrange(1, 9)}", f"{token}:{cell}", f"'{token}'!A1", f"R1C1+{token}")
        )
    elif re.fullmatch(r"[0-9.]+", token):
        tokens[at] = dice.choice(
            (token + "0", f"{token}.0", f"0{token}", f"{token}e0", f"{token}%", "1", token + "00000000000000001")
        )
    elif token.endswith("("):
        tokens[at] = dice.choice(("SUM(", "MAX(", f"_xlfn.{token}", f"@{token}", "N(", f"{token[:-1]} (", "NOW()+("))
    else:
        tokens[at] = dice.choice(_OPERATORS)
    return "".join(tokens)


VALUES = [retyped]
FORMULA = [reformulated]
