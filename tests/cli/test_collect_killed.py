"""``collect`` killed at every step and run again ends where a run that nothing disturbed does."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cli.collectdesk import MONDAY, TUESDAY, Desk, Post
from tests.cli.running import files_below
from tests.parcels.packing import archive
from xlsxeval.cli.words import wording
from xlsxeval.collection.result import CollectResult
from xlsxeval.collection.text import collect_text

_DIED = 9
_SHARES = 4
"""The steps are dealt out to so many tests, which may run beside one another."""


def _laid(post: Post, folder: Path) -> Desk:
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


def _killed(desk: Desk, last: int) -> bool:
    """Collects in a process that dies at a step; False where it came to its end before."""
    process = os.fork()
    if process == 0:
        seen = 0

        def step(act: str) -> None:
            nonlocal seen
            seen += 1
            if seen == last:
                os._exit(_DIED)

        code = 1
        try:
            desk.collect(step=step)
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(process, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code in (0, _DIED)
    return code == _DIED


def _state(desk: Desk, result: CollectResult) -> tuple[object, ...]:
    kept = files_below(desk.task / ".xlsxeval" / "archive")
    return kept, desk.recorded(), collect_text(result, wording("任务")), result.told_apart


def _same(one: tuple[object, ...], other: tuple[object, ...]) -> bool:
    """Compared apart from the assertion, which would show the archives."""
    return one == other


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("first", range(1, _SHARES + 1))
def test_killed_at_every_step_and_run_again_it_ends_in_the_same_state(post: Post, tmp_path: Path, first: int) -> None:
    whole = _laid(post, tmp_path / "whole")
    expected = _state(whole, whole.collect())
    result = expected[-1]
    assert isinstance(result, CollectResult)
    assert {one.state.value for one in result.files} == {"current", "conflict", "superseded", "duplicate", "set_aside"}
    assert any(one.errors for one in result.files)
    for last in range(first, 500, _SHARES):
        desk = _laid(post, tmp_path / str(last))
        died = _killed(desk, last)
        assert _same(_state(desk, desk.collect()), expected), f"killed at step {last}"
        if not died:
            break
    assert not died
    assert last > 50


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_killed_again_and_again_it_still_gets_there(post: Post, tmp_path: Path) -> None:
    whole = _laid(post, tmp_path / "whole")
    expected = _state(whole, whole.collect())
    desk = _laid(post, tmp_path / "again")
    for last in (3, 9, 20, 30, 12, 25):
        _killed(desk, last)
    assert _same(_state(desk, desk.collect()), expected)
