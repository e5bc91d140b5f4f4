"""What a hostile file is: a name, the answer it must get, and how to make its bytes. No file is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

Maker = Callable[[], bytes]
_share = 1


@dataclass(frozen=True)
class Recipe:
    """One bad file. ``outcome``: ``rejected`` with the code, ``reported`` with it while the rest is read, ``accepted``."""

    name: str
    outcome: str
    code: str | None
    make: Maker

    @property
    def family(self) -> str:
        """The module that it stands in."""
        return self.make.__module__.rpartition(".")[2]

    @property
    def heavy(self) -> bool:
        """Whether making or reading it takes seconds or hundreds of megabytes."""
        return self.family == "bombs"


RECIPES: list[Recipe] = []


def so_many(count: int) -> int:
    """So many of something as a bomb takes against the program's own bounds, or that part of it that is asked for."""
    return count // _share


@contextmanager
def bombs_of(share: int) -> Iterator[None]:
    """Within it bombs are smaller by that share: for bounds that are smaller, too."""
    global _share
    _share = share
    try:
        yield
    finally:
        _share = 1


def _recipe(outcome: str, code: str | None = None) -> Callable[[Maker], Maker]:
    def register(make: Maker) -> Maker:
        RECIPES.append(Recipe(make.__name__, outcome, code, make))
        return make

    return register


def rejected(code: str) -> Callable[[Maker], Maker]:
    """The file is not read; the fault has this code."""
    return _recipe("rejected", code)


def reported(code: str) -> Callable[[Maker], Maker]:
    """The file is read; among its faults is this code and no other."""
    return _recipe("reported", code)


def accepted(make: Maker) -> Maker:
    """Odd but sane: read without a fault."""
    return _recipe("accepted")(make)
