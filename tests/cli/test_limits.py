"""Bounds on received files: set by the campaign and by the machine, shown by doctor, held for every file of a batch."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.running import CAMPAIGN, run
from tests.hostile import RECIPES
from tests.intake.ooxml import workbook
from tests.support.base import base
from xlsxeval.campaign.bounds import VARIABLE, limits_for
from xlsxeval.errors import UsageError
from xlsxeval.judging.judge import Judge
from xlsxeval.limits import MB, SETTINGS, Limits, setting_fault
from xlsxeval.resources import templates_directory
from xlsxeval.rules.verdict import Verdict
from xlsxeval.workers.pool import AUTO, FEW, each


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A campaign that takes files of 1 MB and gives each a minute."""
    folder = tmp_path / "任务"
    shutil.copytree(CAMPAIGN, folder)
    with (folder / "campaign.yaml").open("a", encoding="utf-8") as file:
        file.write("\nlimits: {file_mb: 1, seconds: 60}\n")
    return folder


@pytest.mark.parametrize("name", SETTINGS)
def test_every_setting_is_a_bound_between_its_own_bounds(name: str) -> None:
    setting = SETTINGS[name]
    assert setting.least <= setting.of(Limits()) <= setting.most
    assert setting_fault(name, setting.of(Limits())) is None
    for wrong in (setting.least - 1, setting.most + 1, True, "5", 7.5, None):
        assert setting_fault(name, wrong) is not None


def test_the_campaign_sets_and_the_machine_has_the_last_word(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    campaign = Judge(templates_directory(), desk).context.campaign
    assert limits_for(campaign).seconds == 60
    assert limits_for(None) == Limits()
    monkeypatch.setenv(VARIABLE, "seconds=90 memory_mb=2048")
    found = limits_for(campaign)
    assert (found.seconds, found.memory_bytes, found.file_bytes) == (90, 2048 * MB, MB)


@pytest.mark.parametrize("text", ["second=9", "seconds=1", "seconds", "seconds=x", "seconds=-1", "seconds = 60"])
def test_a_word_of_the_machine_that_means_nothing_is_told(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, text)
    with pytest.raises(UsageError, match=VARIABLE):
        limits_for(None)


def test_doctor_tells_every_limit_and_who_set_it(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "seconds=90")
    told = run("doctor", "--campaign", desk).out.splitlines()
    by_name = {name: next(line for line in told if f"（{name}，" in line) for name in SETTINGS}
    assert "1 MB" in by_name["file_mb"]
    assert "任务" in by_name["file_mb"]
    assert "90 秒" in by_name["seconds"]
    assert VARIABLE in by_name["seconds"]
    assert "程序自带" in by_name["cells"]


def test_the_campaigns_limit_holds_for_what_is_checked(desk: Path, tmp_path: Path) -> None:
    path = tmp_path / "大.xlsx"
    path.write_bytes(workbook() + bytes(2 * MB))
    assert "F010" in run("check", path, "--campaign", desk, "--format", "concise").out
    assert "F010" not in run("check", path, "--format", "concise").out


class Fragile(Judge):
    """A judge whose worker dies, hangs in a loop or meets a bug of ours at files of that name."""

    def __call__(self, path: Path) -> Verdict:
        match path.stem:
            case "死":
                os._exit(11)
            case "错":
                raise ZeroDivisionError
        return super().__call__(path)


def test_in_a_batch_each_bad_file_is_named_and_every_other_is_judged(tmp_path: Path) -> None:
    """One of each quick hostile file, one that kills its worker and one that meets a bug, among good ones."""
    good = base().data
    hostile = [recipe for recipe in RECIPES if not recipe.heavy and recipe.outcome == "rejected"]
    files = {f"good{number}": good for number in range(20)} | {recipe.name: recipe.make() for recipe in hostile}
    files |= {"死": good, "错": good}
    for name, content in files.items():
        (tmp_path / f"{name}.xlsx").write_bytes(content)
    paths = sorted(tmp_path.iterdir())
    judge = Fragile(templates_directory(), None)
    found = {Path(verdict.path).stem: verdict for verdict in each(judge, paths, AUTO)}
    assert list(found) == [path.stem for path in paths]
    for recipe in hostile:
        assert [finding.code for finding in found[recipe.name].findings] == [recipe.code]
    assert [finding.code for finding in found["死"].findings] == ["F052"]
    assert [finding.code for finding in found["错"].findings] == ["F053"]
    assert len(found["死"].sha256) == 64
    assert {found[f"good{number}"].status for number in range(20)} == {"clean"}


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are looked up in /proc")
def test_ctrl_c_ends_all_at_once_and_says_so(tmp_path: Path) -> None:
    good = base().data
    for number in range(40 * FEW):
        (tmp_path / f"{number}.xlsx").write_bytes(good)
    child = subprocess.Popen(
        [sys.executable, "-m", "xlsxeval", "check", str(tmp_path), "-j", "2"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # who runs tests in the background ignores it
    )
    until = time.monotonic() + 60
    while len(_group(child.pid)) < 3 and time.monotonic() < until:  # both workers are there
        time.sleep(0.05)
    time.sleep(1)
    start = time.monotonic()
    os.killpg(child.pid, signal.SIGINT)
    out, err = child.communicate(timeout=60)
    assert child.returncode == 130
    assert out == b""
    assert "Traceback" not in err.decode()
    assert "再运行一次" in err.decode()
    assert time.monotonic() - start < 20
    while _group(child.pid) and time.monotonic() - start < 30:  # Python's own tracker of resources goes a moment later
        time.sleep(0.05)
    assert _group(child.pid) == []


def _group(leader: int) -> list[int]:
    """The processes of a session that are alive."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(") ")[2].split()
        except OSError:
            continue
        if int(fields[3]) == leader and fields[0] != "Z":
            found.append(int(path.parent.name))
    return found
