"""``check --since``: what became of the findings of an earlier run."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Office
from tests.cli.running import run


def earlier(office: Office, folder: Path) -> Path:
    """The result of checking the blank workbook."""
    path = folder / "上次.json"
    path.write_text(run("check", office.blank, "--format", "json").out, encoding="utf-8")
    return path


def test_the_blank_form_was_filled_in(office: Office, tmp_path: Path) -> None:
    before = earlier(office, tmp_path)
    (file,) = json.loads(run("check", office.filled, "--since", before, "--format", "json").out)["files"]
    was = {one["fingerprint"] for one in json.loads(before.read_text(encoding="utf-8"))["files"][0]["findings"]}
    now = {one["fingerprint"] for one in file["findings"]}
    assert {one["fingerprint"] for one in file["fixed"]} == was - now
    assert len(file["fixed"]) > 50
    assert {one["state"] for one in file["findings"]} <= {"new", "open"}


def test_nothing_changed(office: Office, tmp_path: Path) -> None:
    done = run("check", office.blank, "--since", earlier(office, tmp_path), "--format", "json")
    (file,) = json.loads(done.out)["files"]
    assert {one["state"] for one in file["findings"]} == {"open"}
    assert file["fixed"] == []


def test_in_several_processes_too(office: Office, tmp_path: Path) -> None:
    before = earlier(office, tmp_path)
    one, two = (
        run("check", office.blank, office.filled, "--since", before, "--format", "json", *jobs)
        for jobs in ((), ("-j", "2"))
    )
    assert one.out == two.out
    assert '"I030"' in one.out


def test_what_is_no_earlier_run_is_refused(office: Office, tmp_path: Path) -> None:
    for path in (tmp_path / "没有.json", office.campaign / "campaign.yaml", office.blank):
        done = run("check", office.filled, "--since", path)
        assert done.code == 2
        assert str(path) in done.err
