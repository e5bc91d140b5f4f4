"""``collect`` of a small campaign, killed at a step of one's choice and run again."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from tests.cli.collectdesk import MONDAY, TUESDAY, Desk, Post
from tests.cli.running import files_below
from tests.parcels.packing import archive
from xlsxeval.cli.words import wording
from xlsxeval.collection.result import CollectResult
from xlsxeval.collection.text import collect_text

_DIED = 9


def laid(post: Post, folder: Path) -> Desk:
    """A desk with something of everything: an archive, the same twice, two of one day, a newer one, a bad one, parts."""
    desk = Desk(post, folder)
    desk.put("收表.zip", archive([("a.xlsx", desk.books["001a"]), ("坏.xlsx", b"bad")]))
    desk.put("又.xlsx", "001a", TUESDAY)
    desk.put("一.xlsx", "003a")
    desk.put("二.xlsx", "003b")
    desk.put("新.xlsx", "001b", TUESDAY)
    desk.put("附件1.xlsx", desk.parts["附件1"])
    desk.put("附件2.xlsx", desk.parts["附件2 wrong"], MONDAY)
    return desk


def dies(act: Callable[[Callable[[str], None]], object], last: int) -> bool:
    """Does something in a process that dies at a step; False where it came to its end before. Unix alone.

    ``act`` is given what it calls at each step.
    """
    process = os.fork()
    if process == 0:
        seen = 0

        def step(_: str) -> None:
            nonlocal seen
            seen += 1
            if seen == last:
                os._exit(_DIED)

        code = 1
        try:
            act(step)
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(process, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code in (0, _DIED)
    return code == _DIED


def killed(desk: Desk, last: int) -> bool:
    """Collects in a process that dies at a step; False where it came to its end before."""
    return dies(lambda step: desk.collect(step=step), last)


def state_after(desk: Desk, result: CollectResult) -> tuple[object, ...]:
    """All that can be told of a desk: archive, ledger, what was said, the result."""
    kept = files_below(desk.task / ".xlsxeval" / "archive")
    return kept, desk.recorded(), collect_text(result, wording("任务")), result.told_apart


def undisturbed(post: Post, folder: Path) -> tuple[list[str], tuple[object, ...]]:
    """The acts of a run that nothing disturbs, and what it ends in."""
    acts: list[str] = []
    desk = laid(post, folder)
    return acts, state_after(desk, desk.collect(step=acts.append))


def turning_points(acts: Sequence[str]) -> list[int]:
    """The steps, from 1, at which an act follows another for the first time, and the last one."""
    first: dict[tuple[str, str], int] = {}
    for at, (before, act) in enumerate(itertools.pairwise(["", *acts]), 1):
        first.setdefault((before, act), at)
    return [*first.values(), len(acts)]


def differing(post: Post, folder: Path, steps: Iterable[int], expected: tuple[object, ...]) -> Iterator[int]:
    """Those of the steps at which a run that is killed, and then run again, ends otherwise than as expected."""
    for last in steps:
        desk = laid(post, folder / str(last))
        if not killed(desk, last) or state_after(desk, desk.collect()) != expected:
            yield last
