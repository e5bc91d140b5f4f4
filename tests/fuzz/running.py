"""One input after another: made from its number alone, so that a failing one can be made again."""

from __future__ import annotations

import random
import traceback
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from tests.fuzz.bounds import TooMuch, bounded
from tests.fuzz.kinds import KINDS, Kind


@dataclass(frozen=True)
class Failure:
    """An input that something is wrong with: the kind and number that make it, and what was seen."""

    kind: str
    number: int
    what: str
    trace: str = ""

    @property
    def alike(self) -> str:
        """The same for failures that have the same cause, as far as can be told."""
        return self.what.partition(":")[0] if self.trace else self.what.rpartition(":")[2][:40]


def made(kind: Kind, number: int) -> Any:
    """The input of that number."""
    return kind.make(random.Random(f"{kind.name}:{number}"))


def failures(name: str, numbers: Iterable[int]) -> Iterator[Failure]:
    """Every input of a kind that an answer is wrong for: a crash, a hang, too much memory, a wrong “clean”."""
    kind = KINDS[name]
    for number in numbers:
        try:
            given = made(kind, number)
        except Exception as error:  # a slip of a mutator: told, and the others go on
            yield Failure(
                name, number, f"{type(error).__name__} while it was made: {error}"[:500], traceback.format_exc()
            )
            continue
        failure = tried(kind, number, given)
        if failure is not None:
            yield failure


def tried(kind: Kind, number: int, given: Any) -> Failure | None:
    """What is wrong with the answer to one input, or None."""
    try:
        with bounded():
            faults = list(kind.check(given))
    except (Exception, TooMuch) as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        what = f"{type(error).__name__} at {place.name}: {error}"
        return Failure(kind.name, number, what[:500], traceback.format_exc())
    return Failure(kind.name, number, faults[0]) if faults else None
