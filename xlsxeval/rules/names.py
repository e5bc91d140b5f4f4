"""Names of units and projects in a form in which differences of spelling do not count."""

from __future__ import annotations

import re
import unicodedata

_SIGNS = re.compile(r"[\W_]")


def spelled(text: str) -> str:
    """A name without blanks, full-width characters and capitals."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def plain(text: str) -> str:
    """A name as ``spelled`` gives it, also without punctuation: 「业务 培训」 becomes 业务培训."""
    return _SIGNS.sub("", spelled(text))
