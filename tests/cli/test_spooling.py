"""Verdicts on their way through ``check``: kept on disk, read as often as needed, and no more in memory however many."""

from __future__ import annotations

import datetime as dt
import os
import sys
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.rules.verdicts import finding, verdict
from xlsxeval.cli.check_command import exit_code
from xlsxeval.forms.library import Library
from xlsxeval.judging import spool as spooling
from xlsxeval.judging.judge import Conclusion
from xlsxeval.judging.spool import Spool, SpoolError
from xlsxeval.output import OutputSources, format_for
from xlsxeval.resources import templates_directory
from xlsxeval.results.output_files import write_output
from xlsxeval.rules.engine import judge_batch
from xlsxeval.rules.verdict import Verdict

SMALL = 2**12
FINDINGS = 12


@pytest.fixture(autouse=True)
def on_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Even what is small goes to disk."""
    monkeypatch.setattr(spooling, "_IN_MEMORY", SMALL)


def verdicts(count: int) -> Iterator[Verdict]:
    """Of as many units, with what differs from file to file made anew for each."""
    for number in range(count):
        found = (finding(cell=f"G{row}", message=f"第 {number} 份第 {row} 行不等") for row in range(FINDINGS))
        made = verdict(*found, unit=f"4302{number:06d}", path=f"收回/自评表 {number}.xlsx")
        yield replace(made, sha256=f"{number:064d}")


def test_a_spool_is_read_as_often_as_one_likes() -> None:
    with Spool[Verdict]() as spool:
        spool.extend(verdicts(30))
        assert len(spool) == 30
        assert list(spool) == list(spool) == list(verdicts(30))
        assert [one == other for one, other in zip(spool, spool, strict=True)] == [True] * 30
        assert spool[-1] == spool[29]
        assert list(spool[3:9:2]) == [spool[3], spool[5], spool[7]]
        with pytest.raises(IndexError):
            spool[30]


def test_a_spool_grows_after_it_was_read() -> None:
    with Spool[bytes]() as spool:
        for number in range(5):
            spool.append(bytes([number]) * SMALL)
            assert [item[0] for item in spool] == list(range(number + 1))


def test_nothing_is_left_of_a_spool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with Spool[bytes]() as spool:
        spool.append(b"x" * 2 * SMALL)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(ValueError, match="closed"):
        spool[0]


@pytest.mark.skipif(sys.platform == "win32", reason="a limit of file sizes stands for the full disk")
def test_a_full_disk_is_told() -> None:
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    with Spool[bytes]() as spool:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4 * SMALL, before[1]))
        try:
            with pytest.raises(SpoolError, match="TMPDIR"):
                spool.extend(os.urandom(SMALL) for _ in range(8))
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_what_follows_the_batch_is_no_file_of_it() -> None:
    twice = [*verdicts(2), *verdicts(2)]
    of_all, of_two = judge_batch(twice), judge_batch(twice, count=2)
    assert [one.findings[0].code for one in of_all] == ["L101", "L101", "I031", "I031"]
    assert list(of_two) == twice


@pytest.mark.parametrize("style", ["jsonl", "json", "text", "concise"])
def test_memory_does_not_grow_with_the_verdicts(style: str, tmp_path: Path) -> None:
    few, many = 50, 1000
    _peak(few, style, tmp_path)  # what is imported and made once
    more = _peak(many, style, tmp_path) - _peak(few, style, tmp_path)
    assert more < (many - few) * _weight() / 2  # some facts of each file are kept, nothing of its findings


def _peak(count: int, style: str, folder: Path) -> int:
    """The most memory between the first verdict and the exit code."""
    tracemalloc.start()
    try:
        with Spool[Verdict]() as spool:
            spool.extend(verdicts(count))
            told = Conclusion(None)(spool, count)
            chosen = format_for(style, None)
            pieces = chosen.render(told, OutputSources(Library(templates_directory()), dt.date(2025, 6, 1)))
            write_output(folder / "out", pieces, chosen)
            assert exit_code(told, "error") == 1
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def _weight() -> float:
    """What a verdict weighs in a list."""
    tracemalloc.start()
    try:
        kept = list(verdicts(100))
        return tracemalloc.get_traced_memory()[0] / len(kept)
    finally:
        tracemalloc.stop()
