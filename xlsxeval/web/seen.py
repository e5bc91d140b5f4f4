"""Forms that replace something carry what their page showed, so that nobody overwrites what he has not seen."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Final

from flask import request

from xlsxeval.errors import UsageError

_FIELD: Final = "seen"
_CHANGING: Final = Lock()


class ChangedMeanwhileError(UsageError):
    """Raised where what a form would replace is not what its page showed; ``typed`` is given back to its writer."""

    def __init__(self, typed: str = "") -> None:
        told = "您打开这一页以后，这里又有变动（别人改了，或者又收到了表），所以这一次没有改。请返回、刷新，看过现在的样子再决定。"
        super().__init__(told + (f"您写的是：{typed}" if typed else ""))


def shown(*parts: object) -> str:
    """A short digest of what a page shows and a form on it may replace."""
    return hashlib.sha256(repr(parts).encode("utf-8", "backslashreplace")).hexdigest()[:16]


@contextmanager
def unchanged(now: Callable[[], str], typed: str = "") -> Iterator[None]:
    """Within it the form is carried out, one at a time. Raises ChangedMeanwhileError where ``now`` is not what was shown.

    A form that carries nothing, of a program that asks without a page, is carried out.
    """
    told = request.form.get(_FIELD)
    with _CHANGING:
        if told is not None and told != now():
            raise ChangedMeanwhileError(typed)
        yield
