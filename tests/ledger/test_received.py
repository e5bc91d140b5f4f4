"""Arrivals received by several threads at once, in the ledger of a campaign on either database, while a run holds it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.cli.collectdesk import MONDAY, NOW, TUESDAY, Desk, Post, send_out
from xlsxeval.api import open_campaign


@pytest.fixture(scope="module")
def post(tmp_path_factory: pytest.TempPathFactory) -> Post:
    return send_out(tmp_path_factory.mktemp("post"))


def test_the_ledgers_writers_come_one_after_another(post: Post, target: str | Path, tmp_path: Path) -> None:
    desk = Desk(post, tmp_path)
    posted = [
        ("a", "001a", MONDAY),
        ("b", "001b", TUESDAY),
        ("c", "002a", MONDAY),
        ("d", "003a", MONDAY),
        ("坏", b"x", MONDAY),
    ]
    with open_campaign(desk.task, templates=post.templates, by="窗口", ledger=str(target)) as campaign:
        with campaign._workspace.ledger() as other, other.run("李会计", NOW, "run"), ThreadPoolExecutor(5) as threads:

            def hand_in(one: tuple[str, str | bytes, object]) -> str:
                data = desk.books[one[1]] if isinstance(one[1], str) else one[1]
                (piece,) = campaign.receive(data, name=f"{one[0]}.xlsx", at=one[2]).pieces  # type: ignore[arg-type]
                return piece.filed.state.value

            states = list(threads.map(hand_in, posted))
        current = {unit.code: unit.slots[0].current for unit in campaign.units()}
        assert len(campaign.history()) == len(posted) + 1  # the campaign itself, once
    assert {code: None if one is None else one.name for code, one in current.items()} == {
        "001": "b.xlsx",
        "002": "c.xlsx",
        "003": "d.xlsx",
    }
    assert states[2:] == ["current", "current", "set_aside"]
