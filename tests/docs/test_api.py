"""The page for programs: its examples run as they stand, in their order; the last one is a program of its own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

import pytest

from tests.docs.pages import ROOT, examples
from xlsxeval import api

PAGE = ROOT / "docs" / "internals" / "api.md"
*STEPS, PROGRAM = [example.text for example in examples(PAGE) if example.language == "python"]


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The campaign that the page's examples leave behind."""
    folder = tmp_path_factory.mktemp("reader")
    before = Path.cwd()
    os.chdir(folder)
    try:
        told: dict[str, object] = {}
        for step in STEPS:
            exec(compile(step, str(PAGE), "exec"), told)
        yield folder / "自评2024"
    finally:
        os.chdir(before)


def test_the_examples_make_what_they_say(campaign: Path) -> None:
    names = {path.suffix for path in (campaign / "结果").iterdir()}
    assert names == {".xlsx", ".docx"}
    with api.open_campaign(campaign) as opened:
        acts = {(chapter.action.what, chapter.action.who) for chapter in opened.history()}
        assert opened.verify_archive().is_whole
    assert acts == {("generate", "王会计"), ("collect", "王会计"), ("report", "王会计"), ("receive", "收表窗口")}


def test_the_second_shell_serves(campaign: Path, tmp_path: Path) -> None:
    program = tmp_path / "counter.py"
    program.write_text(PROGRAM, encoding="utf-8")
    assert len([line for line in PROGRAM.splitlines() if line.strip()]) <= 40
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, str(program), str(campaign), "0"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as shell:
        assert shell.stdout is not None
        place = f"http://127.0.0.1:{int(shell.stdout.readline())}/"
        try:
            (workbook,) = (campaign / "收回").glob("*.xlsx")
            told = urlopen(place + quote("又一份.xlsx"), workbook.read_bytes(), timeout=120).read().decode()
            bad = urlopen(place + quote("坏.xlsx"), b"not a workbook", timeout=120).read().decode()
            stands = urlopen(place, timeout=120).read().decode()
        finally:
            shell.kill()
    assert told.startswith("又一份.xlsx：收到过。")
    assert bad.startswith("坏.xlsx：没有算数。")
    assert "株洲市医疗保障局" in stands


def test_the_table_names_what_there_is() -> None:
    text = PAGE.read_text(encoding="utf-8")
    table = "".join(line for line in text.splitlines() if line.startswith("| `"))
    named = set(re.findall(r"`(\w+)`", table))
    methods = {name for name in vars(api.OpenCampaign) if not name.startswith("_")}
    assert named - methods - set(api.__all__) == set()
    assert {name for name in api.__all__ if name[0].islower()} - named == set()
