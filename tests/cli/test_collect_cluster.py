"""``collect`` with workers on other machines: the ledger, which this machine alone writes, holds what it holds without them."""

from __future__ import annotations

from pathlib import Path

from tests.cli.collectdesk import TUESDAY, Desk, Post
from tests.parcels.packing import archive
from tests.workers.clusterdesk import cluster
from xlsxeval.workers.cluster import Cluster


def test_the_ledger_is_the_same_whoever_judges(post: Post, tmp_path: Path) -> None:
    desks = [Desk(post, tmp_path / name) for name in ("here", "far")]
    for desk in desks:
        desk.put("1.xlsx", "001a")
        desk.put("再报.xlsx", "001b", TUESDAY)
        desk.put("收表.zip", archive([("2.xlsx", desk.books["002a"]), ("3.xlsx", desk.books["003 wrong"])]))
        desk.put("坏.xlsx", b"\0" * 9)
    here, far = desks
    here.collect()
    with cluster() as made:
        result = far.collect(jobs=Cluster(made.address))
    assert len(result.files) == 5
    assert far.recorded() == here.recorded()
