"""Texts as the cells of a summary hold them."""

from __future__ import annotations

import re
from functools import lru_cache

from xlsxeval.workbook.remark import shortened

LONGEST = 1000
"""The most characters of a text that a table shows; a cell could hold 32 767, and nobody could read them."""
_LONE = re.compile("[\ud800-\udfff]")


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """A text without signs that XML cannot carry, and not too long to read."""
    return _LONE.sub("�", shortened(text, LONGEST))
