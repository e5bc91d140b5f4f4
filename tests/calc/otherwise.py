"""Single documented formulas that other programs compute otherwise than Excel does, or cannot compute.

Excel's values stand in the tables of cases, with who says so: Microsoft's pages, or files that Excel saved. Kinds of
formulas that a program computes otherwise are patterns in ``differences`` and ``test_engines``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import yaml

OTHERWISE: Final[dict[str, frozenset[str]]] = {
    program: frozenset(formulas)
    for program, formulas in yaml.safe_load(Path(__file__).with_name("otherwise.yaml").read_text("utf-8")).items()
}
"""By program (formualizer, formulon, libreoffice), the formulas."""
