"""Names of units and projects as people write them: what is no difference between two of them."""

from __future__ import annotations

import re
import unicodedata

_SIGNS = re.compile(r"[\W_]")


def spelled(text: str) -> str:
    """A name without blanks, full width and capitals."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def plain(text: str) -> str:
    """The same without signs: 「业务 培训」 is 业务培训."""
    return _SIGNS.sub("", spelled(text))
