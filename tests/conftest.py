"""What holds for all tests: long files run first, nothing is laid out while tests are collected, shapes are made once."""

from __future__ import annotations

import gc
from collections.abc import Generator, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from xlsxeval.calc import Scalar
from xlsxeval.interpreter import settle
from xlsxeval.layout import placing
from xlsxeval.layout.layout import Layout, WorkbookShape
from xlsxeval.layout.shaping import Outline, Shapes
from xlsxeval.model import Address

if TYPE_CHECKING:
    from tests.output.browser import Browsers


LONG = (
    "cli/test_made_campaign.py",
    "rules/test_cases.py",
    "test_benchmarks.py",
    "cli/test_commands.py",
    "rules/test_mutations.py",
    "cli/test_collect_killed.py",
    "cli/test_last_year.py",
    "fuzz/test_fuzz.py",
    "hostile/test_in_worker.py",
    "workers/test_local.py",
    "rules/test_alignment.py",
    "rules/test_tampering.py",
    "forms/test_shapes.py",
    "cli/test_report.py",
    "cli/test_run.py",
    "workbook/test_annotated.py",
    "workbook/test_annotate_command.py",
    "test_packaging.py",
)
"""The files that take longest, the longest first. They are begun first, so that all processes end at the same time."""


MOST_COMPUTED = 64
"""Results that are kept."""


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


def pytest_configure() -> None:
    """Python's collector works as it does in the program."""
    settle()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Puts the tests of long files in front."""
    places = {Path(__file__).parent / name: place for place, name in enumerate(LONG)}
    if gone := [path.name for path in places if not path.is_file()]:
        raise pytest.UsageError(f"tests/conftest.py: LONG names files that are not there: {', '.join(gone)}")
    items.sort(key=lambda item: places.get(item.path, len(places)))


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


_compute = Layout.compute


@pytest.fixture(scope="session", autouse=True)
def computed_once() -> Iterator[None]:
    """Keeps the results of workbooks whose formulas and values were computed before in this process.

    Most tests change one value of the same few workbooks: what a unit saves is computed, then what must follow from it.
    """
    known: dict[tuple[int, frozenset[object]], tuple[WorkbookShape, dict[Address, Scalar]]] = {}

    def compute(layout: Layout, inputs: Mapping[Address, Scalar]) -> dict[Address, Scalar]:
        values = {**layout.fixed_values, **inputs}
        key = id(layout.shape), frozenset((at, type(value), value) for at, value in values.items())
        if key not in known:
            if len(known) == MOST_COMPUTED:
                del known[next(iter(known))]
            known[key] = layout.shape, _compute(layout, inputs)
        return dict(known[key][1])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Layout, "compute", compute)
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
