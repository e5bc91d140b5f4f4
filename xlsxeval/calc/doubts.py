"""Formulas whose results are not compared with what a file shows: those of the clock, of chance, of other programs."""

from __future__ import annotations

from typing import Final

from xlsxeval.calc.nodes import Call, Name, Node
from xlsxeval.calc.places import World
from xlsxeval.calc.trees import walk

DOUBTS: Final = {
    "function": "不支持的函数 {}",
    "name": "没有定义的名称 {}",
    "book": "引用其他工作簿",
    "syntax": "不能解读的公式",
    "cycle": "循环引用",
    "sheet": "没有的工作表 {}",
}
"""Why a formula with a fault of some kind is not compared; ``{}`` is what the fault is about."""

VOLATILE: Final = frozenset({"NOW", "TODAY", "RAND", "RANDBETWEEN", "RANDARRAY", "INFO"})
"""Functions whose results depend on the moment, on chance or on the machine."""


def doubt_of(node: Node, world: World) -> str | None:
    """Why the result of a formula is not the same whenever and wherever it is computed; None where it is."""
    for part in walk(node):
        if isinstance(part, Call):
            if part.name in VOLATILE:
                return f"每次都不同的函数 {part.name}"
        elif isinstance(part, Name):
            meaning = world.name(part.name, part.sheet or (world.sheets[0] if world.sheets else ""))
            if meaning is not None and not isinstance(meaning, Name):
                reason = (
                    doubt_of(meaning, world) if not any(isinstance(inner, Name) for inner in walk(meaning)) else None
                )
                if reason is not None:
                    return reason
    return None
