"""``collect`` killed at a step and run again ends where a run that nothing disturbed does.

Here at each turning point, six seconds in all; ``python tools/kill_campaign.py DIR --steps`` does it at every step.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cli.collectdesk import Post
from tests.cli.killed_steps import differing, killed, laid, state_after, turning_points, undisturbed
from xlsxeval.collection.result import CollectResult

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


@pytest.fixture(scope="module")
def whole(post: Post, tmp_path_factory: pytest.TempPathFactory) -> tuple[list[str], tuple[object, ...]]:
    """The acts of an undisturbed run, and what it ends in."""
    return undisturbed(post, tmp_path_factory.mktemp("whole"))


def test_killed_at_a_turning_point_and_run_again_it_ends_in_the_same_state(
    post: Post, tmp_path: Path, whole: tuple[list[str], tuple[object, ...]]
) -> None:
    acts, expected = whole
    points = turning_points(acts)
    assert {acts[at - 1] for at in points} == set(acts)
    assert 10 <= len(points) < len(acts) / 3
    assert list(differing(post, tmp_path, points, expected)) == []


def test_the_desk_has_something_of_everything(post: Post, tmp_path: Path) -> None:
    result: CollectResult = laid(post, tmp_path).collect()
    assert {one.state.value for one in result.files} == {"current", "conflict", "superseded", "duplicate", "set_aside"}
    assert any(one.errors for one in result.files)


def test_killed_again_and_again_it_still_gets_there(
    post: Post, tmp_path: Path, whole: tuple[list[str], tuple[object, ...]]
) -> None:
    desk = laid(post, tmp_path)
    assert all(killed(desk, last) for last in (3, 9, 20, 30, 12, 25))
    assert (state_after(desk, desk.collect()) == whole[1]) is True  # compared apart, for it would show the archives
