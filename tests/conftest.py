"""What holds for all tests: nothing is laid out while they are collected, and shapes are made once for all of them."""

from __future__ import annotations

import gc
from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING

import pytest

from xlsxeval.layout import placing
from xlsxeval.layout.layout import WorkbookShape
from xlsxeval.layout.shaping import Outline, Shapes

if TYPE_CHECKING:
    from tests.output.browser import Browsers


class LaidOutTooEarlyError(Exception):
    """A test module lays out a workbook while it is imported. Every worker imports every module: let a fixture do it."""


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Collects with laying out forbidden."""

    def refuse(*_: object, **__: object) -> None:
        raise LaidOutTooEarlyError(LaidOutTooEarlyError.__doc__)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(placing._Builder, "build", refuse)
        result = yield
    gc.collect()
    gc.freeze()  # modules and tests stay to the end: no later collection need look at them
    return result


_shape_of = Shapes.of


@pytest.fixture(scope="session", autouse=True)
def shared_shapes() -> Iterator[None]:
    """One pool of shapes for whatever is laid out in this process: otherwise a third of the time goes into making them.

    ``tests/forms/test_shapes.py`` shows that a layout is the same whoever else its shape was made for.
    """
    pool = Shapes(kept_formulas=12_000)

    def of(_: Shapes, outline: Outline, unit: str) -> WorkbookShape:
        return _shape_of(pool, outline, unit)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Shapes, "of", of)
        yield


@pytest.fixture(scope="session")
def browsers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browsers]:
    """Chromium, started once."""
    from tests.output.browser import Browsers

    made = Browsers(tmp_path_factory.mktemp("browsers"))
    yield made
    made.quit()


@pytest.fixture(scope="module")
def own_shapes() -> Iterator[None]:
    """For tests about shapes themselves: whoever makes a ``Shapes`` has it alone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Shapes, "of", _shape_of)
        yield
