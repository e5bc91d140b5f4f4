"""What travels to a process of this machine brings along what was opened."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import CAMPAIGN
from xlsxeval.judging.judge import Judge
from xlsxeval.resources import templates_directory
from xlsxeval.results.annotated import Annotator
from xlsxeval.workers.packed_work import packed, unpacked


def test_a_judge_arrives_open_and_small(monkeypatch: pytest.MonkeyPatch) -> None:
    judge = Judge(templates_directory(), CAMPAIGN)
    content = packed(Annotator(judge, Path("结果")))
    monkeypatch.setattr("xlsxeval.judging.judge.context_for", lambda *_, **__: pytest.fail("opened again"))
    arrived = unpacked(content)
    assert len(content) < 64 * 1024  # opening it anew reads seventy files
    assert arrived.folder == Path("结果")
    assert arrived.judge.context.campaign == judge.context.campaign
    assert arrived.judge.limits == judge.limits


def test_what_has_no_way_of_its_own_travels_as_ever() -> None:
    assert unpacked(packed({"a": (1, 2), "b": Path("x")})) == {"a": (1, 2), "b": Path("x")}
