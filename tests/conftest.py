"""What holds for all tests: long files first, and nothing laid out while tests are collected."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from xlsxeval.layout import placing


class LaidOutTooEarlyError(Exception):
    """A test module lays out a workbook while it is imported. Every worker imports every module: let a fixture do it."""


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Iterator[None]:
    """Collects with laying out forbidden."""

    def refuse(*_: object, **__: object) -> None:
        raise LaidOutTooEarlyError(LaidOutTooEarlyError.__doc__)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(placing._Builder, "build", refuse)
        result = yield
    gc.collect()
    gc.freeze()  # modules and tests stay until the end: no later collection need look at them
    return result
