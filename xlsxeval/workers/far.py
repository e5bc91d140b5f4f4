"""What a worker on another machine does: a run of items, each in a process of its own machine that may die."""

from __future__ import annotations

import multiprocessing
import pickle
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any, Protocol, runtime_checkable

from xlsxeval.errors import XlsxevalError
from xlsxeval.workers import local
from xlsxeval.workers.protocol import Bounds

Traits = Mapping[str, str]
"""What this machine and another must have in common for their results to be the same: a word for each, and its value."""


class StrangerError(XlsxevalError):
    """A worker has another program, other forms, or another campaign."""


@runtime_checkable
class Agreeing(Protocol):
    """Work that depends on what stands on the machine."""

    def traits(self) -> Traits:
        """Those of this machine."""


@runtime_checkable
class Keeping(Protocol):
    """Work that keeps its results where every machine finds them."""

    def kept(self, items: Sequence[Any]) -> list[Any] | None:
        """The results of a run that was done before with the same contents; None where there are none."""

    def keep(self, items: Sequence[Any], results: Sequence[Any]) -> None:
        """Keeps the results of a run, a ``Lost`` among them; keeping them again changes nothing."""


@dataclass(frozen=True, slots=True)
class Errand:
    """A run of items with all that a worker needs. ``work`` is pickled: it is unpacked once in a process."""

    work: bytes
    traits: Traits
    items: tuple[Any, ...]
    bounds: Bounds


_ONE_AT_A_TIME = Lock()
_unpacked: tuple[bytes, Traits, Any] | None = None
_standing: tuple[bytes, Bounds, local.StandingWorkers] | None = None


def carry_out(errand: Errand) -> list[Any]:
    """The results of a run, in order, with ``Lost`` for what came to no end.

    The items are worked on in a child of this process: one that crashes, hangs or eats memory costs itself and not this
    process, which serves other runs. Raises StrangerError, and what concerns the whole run.
    """
    with _ONE_AT_A_TIME:  # threads of one process would only wait for each other
        work = _work(errand)
        if isinstance(work, Keeping) and (kept := work.kept(errand.items)) is not None:
            return kept
        results = list(_child(work, errand).each(errand.items))
        if isinstance(work, Keeping):
            work.keep(errand.items, results)
        return results


def traits_of(work: bytes) -> Traits:
    """What the pickled work finds on this machine."""
    unpacked = pickle.loads(work)  # noqa: S301 - from whoever may run programs here
    return unpacked.traits() if isinstance(unpacked, Agreeing) else {}


def differences(ours: Traits, theirs: Traits) -> list[str]:
    """What is not the same, in words."""
    return [
        f"{name}是 {theirs.get(name, '（没有）')}，这里是 {value}"
        for name, value in ours.items()
        if theirs.get(name) != value
    ]


def _work(errand: Errand) -> Any:
    """The work, unpacked and compared when it comes for the first time: a worker may have joined later than the others."""
    global _unpacked
    if _unpacked is None or _unpacked[:2] != (errand.work, errand.traits):
        work = pickle.loads(errand.work)  # noqa: S301 - from whoever may run programs here
        if isinstance(work, Agreeing) and (faults := differences(errand.traits, work.traits())):
            raise StrangerError(f"有一台工作机的{'；'.join(faults)}。请让它们一样，再运行一次。")
        _unpacked = (errand.work, errand.traits, work)
    return _unpacked[2]


def _child(work: Any, errand: Errand) -> local.StandingWorkers:
    """The child that works for this process, kept from run to run; another one for other work."""
    global _standing
    if _standing is None or _standing[:2] != (errand.work, errand.bounds):
        if _standing is not None:
            _standing[2].end()
        _allow_children()
        _standing = (errand.work, errand.bounds, local.StandingWorkers(work, 1, errand.bounds))
    return _standing[2]


def _allow_children() -> None:
    """Dask's workers are themselves children of a kind that may have none; ours end when their pipe does, whoever is killed."""
    multiprocessing.current_process()._config["daemon"] = False  # type: ignore[attr-defined]  # there is no other way
