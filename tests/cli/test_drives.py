"""A campaign on a drive that spoils ledgers is told when it is opened."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.running import CAMPAIGN, run
from xlsxeval.campaign.drives import drive_note

MOUNTS = """\
22 1 8:1 / / rw - ext4 /dev/sda1 rw
30 22 0:50 / {place} rw,relatime shared:1 - {kind} //server/share rw
"""


@pytest.mark.parametrize(
    ("folder", "program"),
    [
        ("OneDrive - 某某市财政局/任务", "OneDrive"),
        ("我的坚果云/任务", "坚果云"),
        ("BaiduSyncdisk/a/任务", "百度网盘"),
        ("Dropbox/任务", "Dropbox"),
        ("文档/任务", ""),
        ("onedriver/任务", ""),
    ],
)
def test_a_synchronised_folder(tmp_path: Path, folder: str, program: str) -> None:
    place = tmp_path / folder
    place.mkdir(parents=True)
    note = drive_note(place)
    assert (program in note) if program else note == ""


def test_the_folder_that_onedrive_names_for_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OneDriveCommercial", str(tmp_path))
    assert "OneDrive" in drive_note(tmp_path / "任务")


@pytest.mark.parametrize(("kind", "remote"), [("cifs", True), ("nfs4", True), ("ext4", False), ("overlay", False)])
@pytest.mark.skipif(__import__("os").name == "nt", reason="mounts of Linux")
def test_a_drive_of_another_computer(tmp_path: Path, kind: str, remote: bool) -> None:
    share = tmp_path / "公用 盘"
    (share / "任务").mkdir(parents=True)
    mounts = tmp_path / "mountinfo"
    mounts.write_text(MOUNTS.format(place=str(share).replace(" ", "\\040"), kind=kind), encoding="utf-8")
    assert bool(drive_note(share / "任务", mounts)) is remote
    assert drive_note(tmp_path, mounts) == ""


def test_every_command_says_so_when_it_opens_the_campaign(tmp_path: Path) -> None:
    task = tmp_path / "OneDrive" / "任务"
    task.mkdir(parents=True)
    shutil.copy(CAMPAIGN / "campaign.yaml", task)
    for act in ("lint", "status"):
        assert "OneDrive" in run(act, task).err
