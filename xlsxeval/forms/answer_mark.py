"""What a workbook answers: the SHA-256 of the files that it was made from, signed beside the seal with the campaign's key.

A mended copy that comes back knows by it which file it takes the place of, whatever day it comes and whatever it is called.
Without the key nobody can say so, and the mark of one workbook is worth nothing in another: its seal is signed with it.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Sequence

from xlsxeval.forms.seal import Seal

_WORD = "xlsxeval-answers"
_MOST = 50
"""Files that a mark names, the latest first: so often no form goes to and fro."""
_NAMES = re.compile(r"[0-9a-f]{64}(?:,[0-9a-f]{64})*")


def answer_texts(answered: Sequence[str], seal: Seal, key: bytes) -> list[str]:
    """What stands beside the seal in a workbook that answers these files, the latest first."""
    names = ",".join(answered[:_MOST])
    return [_WORD, _sign(names, seal, key), names]


def read_answer(texts: Sequence[str], seal: Seal, key: bytes) -> tuple[str, ...]:
    """The files that a workbook answers, the latest first; none where the mark is not the campaign's own for this seal."""
    if len(texts) != 3 or texts[0] != _WORD or _NAMES.fullmatch(texts[2][: 65 * _MOST]) is None:
        return ()
    if not hmac.compare_digest(texts[1].encode(), _sign(texts[2], seal, key).encode()):
        return ()
    return tuple(texts[2].split(","))


def _sign(names: str, seal: Seal, key: bytes) -> str:
    return hmac.new(key, f"{_WORD}|{seal.signature}|{names}".encode(), hashlib.sha256).hexdigest()
