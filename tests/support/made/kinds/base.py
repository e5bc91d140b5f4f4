"""What a kind of return is: how its files are made, and what must become of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from random import Random

from tests.support.made.books import Book, Desk, Sender

DEADLINE = dt.date(2025, 5, 31)
TODAY = dt.date(2025, 6, 20)
"""The day on which the campaign is looked at."""
NOON = 12
"""Files come at noon, universal time: the same day almost everywhere on earth."""


@dataclass(frozen=True)
class Outcome:
    """What must become of one unit.

    ``codes`` are of all findings of what counts, sorted. ``first`` is the day, counted from the deadline, on which the
    last of its parts first came; None where it is not complete. ``sheets`` are those worksheets that stand otherwise
    than the unit. ``counts`` says whether its figures are in the summary.
    """

    status: str
    codes: tuple[str, ...] = ()
    first: int | None = -5
    versions: int = 1
    sheets: Mapping[str, str] = field(default_factory=dict)
    counts: bool = True

    @property
    def summary(self) -> str:
        """As what the unit stands in the summary."""
        came, wrong = self.versions > 0, self.status == "errors" and self.codes
        return "有错误" if wrong else "已报" if came else "未报"


def done(*codes: str, **more: object) -> Outcome:
    """Everything came and nothing is left to do."""
    return Outcome("done", codes, **more)  # type: ignore[arg-type]


def check(*codes: str, **more: object) -> Outcome:
    """Something is for a person to look at."""
    return Outcome("check", codes, **more)  # type: ignore[arg-type]


def errors(*codes: str, **more: object) -> Outcome:
    """The unit must mend something."""
    return Outcome("errors", codes, **more)  # type: ignore[arg-type]


def missing(**more: object) -> Outcome:
    """Nothing came that could be read."""
    return Outcome("missing", first=None, versions=0, counts=False, **more)  # type: ignore[arg-type]


def gone() -> Outcome:
    """The unit was taken out of the campaign."""
    return Outcome("gone", first=None, versions=0, counts=False)


@dataclass(frozen=True)
class Sent:
    """A file as it lies in the inbox, and when it came there."""

    name: str
    data: bytes
    moment: dt.datetime
    holds: tuple[bytes, ...] = ()
    """The single files that are packed in it."""
    read: bool = True
    """Whether it is read at all: lock files and leftovers are passed over."""


@dataclass(frozen=True)
class Now:
    """What is otherwise about a unit since its workbook went out."""

    name: str | None = None
    gone: bool = False
    project: bool = False
    """It has a project, and the form for it."""


@dataclass
class Case:
    """One occurrence of a kind: its units, and what they send."""

    number: int
    random: Random
    desk: Desk
    units: list[Sender]
    sent: list[Sent] = field(default_factory=list)
    now: dict[str, Now] = field(default_factory=dict)
    """Units that the campaign has otherwise than when the workbooks went out."""
    counting: dict[str, Book] = field(default_factory=dict)
    """The workbook that must count, where it is not the last that the unit made."""

    @property
    def unit(self) -> Sender:
        """The only unit, or the first."""
        return self.units[0]

    def put(
        self,
        name: str,
        data: bytes | Book,
        day: int = -5,
        hour: int = NOON,
        holds: Iterable[bytes | Book] = (),
        *,
        read: bool = True,
    ) -> None:
        """A file in the inbox; the day is counted from the deadline. Each case has its own folder: names may be alike."""
        inside = tuple(map(_bytes, holds))
        self.sent.append(Sent(f"{self.number:03d}/{name}", _bytes(data), moment(day, hour), inside, read))


def _bytes(data: bytes | Book) -> bytes:
    return data.data if isinstance(data, Book) else data


def moment(day: int, hour: int = NOON) -> dt.datetime:
    """That day, counted from the deadline."""
    return dt.datetime(*DEADLINE.timetuple()[:3], hour, tzinfo=dt.UTC) + dt.timedelta(days=day)


@dataclass(frozen=True)
class Kind:
    """A kind of return. ``share`` is how often it is among 300 units; 0 takes what the others leave.

    ``forms`` are those that its units fill in, ``aside`` the reasons for which files of it are set aside,
    ``states`` how many of its files stand where (``collect``), ``blank``
    says whether workbooks went out to its units.
    """

    name: str
    title: str
    make: Callable[[Case], None]
    outcomes: tuple[Outcome, ...]
    share: int
    forms: tuple[str, ...]
    aside: tuple[str, ...]
    states: Mapping[str, int]
    blank: bool


KINDS: list[Kind] = []
SMALL, BOTH, ALL = ("overall",), ("basic", "overall"), ("basic", "overall", "project")


def kind(
    title: str,
    *outcomes: Outcome,
    share: int = 2,
    forms: tuple[str, ...] = SMALL,
    aside: tuple[str, ...] = (),
    blank: bool = True,
    **states: int,
) -> Callable[[Callable[[Case], None]], Callable[[Case], None]]:
    """Adds a kind under the name of its function. ``states`` default to one file that counts for each unit that sent one."""

    def add(make: Callable[[Case], None]) -> Callable[[Case], None]:
        found = dict(states) or {"current": sum(one.versions > 0 for one in outcomes)}
        if aside:
            found["set_aside"] = len(aside)
        KINDS.append(Kind(make.__name__, title, make, outcomes, share, forms, aside, found, blank))
        return make

    return add
