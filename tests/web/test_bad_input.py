"""Bad input and bad luck at the desk: hostile files, a full disk, changes from elsewhere, two pages, long paths."""

from __future__ import annotations

import errno
import os
import resource
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.running import run
from tests.hostile import RECIPES
from tests.support.made.hostility import hostile
from tests.web.conftest import Posted
from tests.web.desks import DeskBrowser
from xlsxeval.api import open_campaign
from xlsxeval.judging.front import Front

LIGHT = [recipe for recipe in RECIPES if not recipe.heavy]
EACH = list({(recipe.outcome, recipe.code): recipe for recipe in LIGHT}.values())
"""One file for each answer; tests/hostile reads all of them, and tools/hostile_table.py takes them through every command."""


@pytest.fixture
def campaign(posted: Posted, tmp_path: Path) -> Path:
    """A campaign of one's own, as it was sent out."""
    folder = tmp_path / "任务"
    shutil.copytree(posted.campaign, folder)
    return folder


def test_every_kind_of_hostile_file_is_answered_on_the_first_page(desk: DeskBrowser) -> None:
    files = {f"{recipe.name}.xlsx": recipe.make() for recipe in EACH}
    task = desk.done(desk.post("/look", files=files))
    lines = dict(zip(files, (line["text"] for line in task["lines"]), strict=True))
    for recipe in EACH:
        told = lines[f"{recipe.name}.xlsx"]
        if recipe.outcome == "rejected":
            assert told.endswith("读不了"), (recipe.name, told)
    number, last = next((number, one) for number, one in enumerate(EACH) if one.outcome == "rejected")
    assert str(last.code) in desk.page(task["lines"][number]["link"])
    assert desk.log == []


def test_hostile_files_cost_the_others_nothing(desk: DeskBrowser, campaign: Path, posted: Posted) -> None:
    key = desk.work.register(campaign)
    files = {f"{recipe.name}.xlsx": recipe.make() for recipe in hostile()[::9]}
    junk = {"~$好.xlsx": b"\x05", ".DS_Store": b"x", "Thumbs.db": b"x", "收表/.~lock.好.xlsx#": b"x"}
    task = desk.done(desk.post(f"/c/{key}/returns", files=files | junk | {"好.xlsx": posted.files["careful"]}))
    assert task["state"] == "done", task
    assert f"收到 1 份，没有算数的 {len(files)} 个" in task["messages"][-1]
    assert not any("~$" in line["text"] or "lock" in line["text"] for line in task["lines"])
    state = open_campaign(campaign).status()
    assert state.units[0].counting
    assert len(state.unsettled) == len(files)
    assert desk.log == []
    only_junk = desk.post(f"/c/{key}/returns", files=junk)
    assert "没有收到文件" in desk.told(only_junk)


def test_a_full_disk_is_told_and_nothing_is_half_written(
    desk: DeskBrowser, campaign: Path, posted: Posted, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = desk.work.register(campaign)
    desk.page(f"/c/{key}/")
    before = content(campaign)

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        task = desk.done(desk.post(f"/c/{key}/returns", files={"好.xlsx": posted.files["careful"]}))
        assert "没有收下" in task["lines"][0]["text"]
        roster = (posted.campaign / "名册.xlsx").read_bytes() + b" "
        for answer in (
            desk.post(f"/c/{key}/roster", files={"名册.xlsx": roster}),
            desk.post(f"/c/{key}/settings", {"deadline": "2025-07-01"}),
            desk.post("/new", {"name": "新", "year": "2024", "department": "局", "edition": "chenxi-2024"}),
        ):
            assert answer.status_code == 507
            assert "磁盘" in desk.told(answer)
        made = desk.done(desk.post(f"/c/{key}/sending", {"unit": posted.code, "again": "on"}))
        assert made["state"] == "failed"
    assert content(campaign) == before
    again = desk.done(desk.post(f"/c/{key}/returns", files={"好.xlsx": posted.files["careful"]}))
    assert "收到" in again["lines"][0]["text"]
    assert desk.log == []


@contextmanager
def no_file_above(size: int) -> Iterator[None]:
    """No file of this process may grow beyond this size, as on a disk that is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_ledger_that_cannot_grow_is_told(desk: DeskBrowser, campaign: Path, posted: Posted) -> None:
    key = desk.work.register(campaign)
    desk.page(f"/c/{key}/returns")
    with no_file_above(4096):
        task = desk.done(desk.post(f"/c/{key}/returns", files={"好.xlsx": posted.files["careful"]}))
        assert "没有收下" in task["lines"][0]["text"]
        answer = desk.post(f"/c/{key}/reviews/{posted.code}", {"state": "pending", "note": "注" * 1500})
        assert answer.status_code in (422, 507)
    again = desk.done(desk.post(f"/c/{key}/returns", files={"好.xlsx": posted.files["careful"]}))
    assert "收到" in again["lines"][0]["text"]
    assert run("ledger", "verify", campaign).code == 0
    assert desk.log == []


def test_what_the_command_line_changes_meanwhile_is_seen(desk: DeskBrowser, campaign: Path, posted: Posted) -> None:
    key = desk.work.register(campaign)
    files = {"一/表.xlsx": posted.files["careful"], "二/表.xlsx": posted.files["wrong"]}
    desk.done(desk.post(f"/c/{key}/returns", files=files))
    unit = open_campaign(campaign).unit(posted.code)
    assert unit is not None
    (slot,) = unit.conflicts
    chosen, other = (file.sha256 for file in slot.conflict)
    assert run("collect", campaign, "--choose", chosen[:12], "--reason", "来电", "--by", "李科长").code == 0
    assert "要您选定的" not in desk.page(f"/c/{key}/returns")
    late = desk.post(f"/c/{key}/choose", {"file": other, "reason": "另一页上选的"})  # a page from before
    assert late.status_code == 303
    now = open_campaign(campaign).unit(posted.code)
    assert now is not None
    assert now.counting == (other,)
    shutil.copy(campaign / "名册.xlsx", campaign / "好.bak")
    (campaign / "名册.xlsx").write_bytes(b"no roster")
    for page in ("returns", "reviews", "sending", "results", "settings"):
        answer = desk.get(f"/c/{key}/{page}")
        assert answer.status_code in (409, 422)
        assert "名册" in desk.told(answer)
    assert "要改的地方" in desk.page(f"/c/{key}/")
    assert desk.get("/").status_code == 200
    (campaign / "好.bak").replace(campaign / "名册.xlsx")
    assert "名册没有问题" in desk.page(f"/c/{key}/")
    shutil.rmtree(campaign)
    assert desk.get("/").status_code == 200
    assert desk.get(f"/c/{key}/returns").status_code == 422
    assert "现在没有任务" in desk.page("/")
    assert desk.log == []


def test_two_pages_at_once_take_a_file_once(desk: DeskBrowser, campaign: Path, posted: Posted) -> None:
    key = desk.work.register(campaign)
    address, files = f"/c/{key}/returns", {"好.xlsx": posted.files["careful"]}
    page = desk.page(address)
    assert page
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda _: desk.twin().post(address, files=files), range(4)))
    begun = [answer for answer in answers if answer.status_code == 303]
    assert begun
    assert all("还在进行" in desk.told(answer) for answer in answers if answer not in begun)
    for answer in begun:
        desk.done(answer)
    notes = [{"state": "pending", "note": note} for note in ("甲", "乙", "丙", "丁")]
    with ThreadPoolExecutor(4) as threads:
        told = list(threads.map(lambda note: desk.twin().post(f"/c/{key}/reviews/{posted.code}", note), notes))
    assert all(answer.status_code in (303, 409) for answer in told)
    opened = open_campaign(campaign)
    unit = opened.unit(posted.code)
    assert unit is not None
    assert len(unit.counting) == 1
    assert unit.conflicts == ()
    assert desk.log == []


def test_a_long_path_with_chinese_and_blanks(posted: Posted, tmp_path: Path, front: Front) -> None:
    deep = tmp_path
    while len(str(deep)) < 200:
        deep /= "某某 市财政局　绩效 科（2024）"
    deep.mkdir(parents=True)
    desk = DeskBrowser(deep, front=front)
    asked = {"name": "2024年度 自评（全市）", "year": "2024", "edition": "chenxi-2024", "department": "某某市财政局"}
    address = desk.post("/new", asked).headers["Location"]
    roster = (posted.campaign / "名册.xlsx").read_bytes()
    assert desk.post(f"{address}roster", files={"名册.xlsx": roster}).status_code == 303
    folder = desk.work.home / asked["name"]
    shutil.copytree(posted.campaign / ".xlsxeval", folder / ".xlsxeval", dirs_exist_ok=True)
    task = desk.done(desk.post(f"{address}sending", {"unit": posted.code, "archive": "on", "again": "on"}))
    assert task["state"] == "done", task
    task = desk.done(desk.post(f"{address}returns", files={"某 局/表 （1）.xlsx": posted.files["careful"]}))
    assert "收到" in task["lines"][0]["text"]
    for what in ("summary", "drafts", "board", "run"):
        made = desk.done(desk.post(f"{address}results", {"what": what}))
        assert made["state"] == "done", made
    assert desk.done(desk.post(f"{address}backup"))["state"] == "done"
    assert desk.log == []
    desk.close()


def content(folder: Path) -> dict[str, bytes]:
    """Everything in a campaign but the mark of the desk's presence, and scratch files of the ledger."""
    files = (path for path in folder.rglob("*") if path.is_file())
    passed = ("-wal", "-shm", "desk.json")
    return {str(path): path.read_bytes() for path in files if not path.name.endswith(passed)}
