"""What was collected is judged again where what it is held against has changed, and only then."""

from __future__ import annotations

import dataclasses
import json
import shutil
from pathlib import Path

import pytest

from tests.cli.collectdesk import MONDAY, TUESDAY, Desk, Post, codes, states
from tests.cli.running import Ran, run
from xlsxeval.collection.result import CollectResult
from xlsxeval.judging import basis
from xlsxeval.judging.judge import Judge, JudgedFile
from xlsxeval.judging.memory import FOLDER
from xlsxeval.ledger import Judgement


@pytest.fixture
def own(post: Post, tmp_path: Path) -> Desk:
    """A desk whose templates may be changed."""
    templates = tmp_path / "templates"
    shutil.copytree(post.templates, templates)
    return Desk(dataclasses.replace(post, templates=templates), tmp_path)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are read from now on."""
    names: list[str] = []
    real = Judge.read_bytes

    def noted(self: Judge, name: str, data: bytes) -> JudgedFile:
        names.append(name)
        return real(self, name, data)

    monkeypatch.setattr(Judge, "read_bytes", noted)
    return names


def laid(desk: Desk) -> Desk:
    for name, book in (("一.xlsx", "001a"), ("二.xlsx", "002a"), ("三.xlsx", "003 wrong")):
        desk.put(name, book)
    desk.put("坏.xlsx", b"bad")
    return desk


def errors(result: CollectResult) -> dict[str, int]:
    return {one.receipt.name: one.errors for one in result.files if one.state == "current"}


def judgements(desk: Desk) -> list[Judgement]:
    with desk.workspace().ledger() as ledger, ledger.read() as r:
        return r.judgements()


def waive(desk: Desk, *words: str) -> Ran:
    return run("--templates", desk.post.templates, "waive", *words, "--campaign", desk.task)


def edit(desk: Desk, file: str, old: str, new: str) -> None:
    path = desk.post.templates / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_while_nothing_changes_nothing_is_read_again(desk: Desk, read: list[str]) -> None:
    laid(desk).collect()
    assert sorted(read) == ["一.xlsx", "三.xlsx", "二.xlsx", "坏.xlsx"]
    read.clear()
    assert desk.collect().judged_again == 0
    desk.put("新.xlsx", "001b", TUESDAY)
    desk.collect()
    assert read == ["新.xlsx"]


def test_another_program_judges_again_once_and_the_old_judgement_stays(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = laid(desk).collect()
    before = judgements(desk)
    monkeypatch.setattr(basis, "program_digest", lambda: "another")
    assert desk.collect().judged_again == 3
    after = judgements(desk)
    assert after[: len(before)] == before
    assert {one.submission for one in after[len(before) :]} == {one.submission for one in before}
    assert len({one.under for one in after}) == 6
    again = desk.collect()
    assert again.judged_again == 0
    assert again.told_apart == first.told_apart
    assert judgements(desk) == after


def test_a_changed_definition_counts_for_what_was_collected_before(own: Desk) -> None:
    assert errors(laid(own).collect())["三.xlsx"] == 1
    edit(own, "forms/overall/small.yaml", "severity: error", "severity: warning")
    result = own.collect()
    assert result.judged_again == 3
    assert "I012" in own.recorded()
    assert own.run("collect").err.count("重新核对") == 0
    edit(own, "forms/overall/small.yaml", "severity: warning", "severity: error")
    assert errors(own.collect()) == {"一.xlsx": 0, "二.xlsx": 0, "三.xlsx": 1}


def test_what_the_campaign_says_of_a_rule_counts_at_once(desk: Desk) -> None:
    laid(desk).collect()
    desk.rewrite("year: 2024\n", "year: 2024\nrules: {X901: warning}\n")
    assert errors(desk.collect())["三.xlsx"] == 0
    desk.rewrite("rules: {X901: warning}\n", "")
    assert errors(desk.collect())["三.xlsx"] == 1


def test_an_exception_on_record_counts_at_once_and_no_longer_once_withdrawn(desk: Desk, read: list[str]) -> None:
    laid(desk).collect()
    accepted = ("--unit", "003", "--reason", "查过了", "--by", "科长")
    assert waive(desk, "X901", *accepted).code == 0
    read.clear()
    result = desk.collect()
    assert (errors(result)["三.xlsx"], result.judged_again, read) == (0, 1, [])
    assert waive(desk, "--withdraw", "1").code == 0
    assert errors(desk.collect())["三.xlsx"] == 1


def test_a_change_of_one_unit_reads_its_file_alone(desk: Desk, read: list[str]) -> None:
    laid(desk).collect()
    read.clear()
    desk.rewrite("[{name: 某某专项}]", "[{name: 某某专项}, {name: 另一专项}]")
    result = desk.collect()
    assert set(read) == {"一.xlsx", "坏.xlsx"}
    told = {one.unit: one.message for one in result.files if one.state == "current"}
    assert "另一专项" in (told["001"] or "")
    assert told["002"] is None
    assert desk.collect().told_apart == result.told_apart


def test_a_return_that_can_no_longer_be_read_is_set_aside_and_counts_again_once_it_can(own: Desk) -> None:
    laid(own).collect()
    edit(own, "editions/small.yaml", "version: 1", "version: 2")
    result = own.collect()
    assert {name: code for name, code in codes(result).items() if name != "坏.xlsx"} == dict.fromkeys(
        ("一.xlsx", "二.xlsx", "三.xlsx"), "I011"
    )
    assert [one.unit for one in result.missing] == ["001", "002", "003"]
    edit(own, "editions/small.yaml", "version: 2", "version: 1")
    assert errors(own.collect()) == {"一.xlsx": 0, "二.xlsx": 0, "三.xlsx": 1}


def test_what_was_set_aside_by_the_program_and_comes_again_counts_again_once_it_can_be_read(own: Desk) -> None:
    own.put("一.xlsx", "001a")
    own.collect()
    edit(own, "editions/small.yaml", "version: 1", "version: 2")
    own.put("又来.xlsx", "001a", TUESDAY)
    assert states(own.collect()) == {"一.xlsx": "set_aside", "又来.xlsx": "set_aside"}
    edit(own, "editions/small.yaml", "version: 2", "version: 1")
    assert states(own.collect()) == {"一.xlsx": "current", "又来.xlsx": "duplicate"}


def test_parts_that_are_judged_again_keep_what_they_show_only_together(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.put("附件1.xlsx", desk.parts["附件1"])
    desk.put("附件2.xlsx", desk.parts["附件2 wrong"], MONDAY)
    assert errors(desk.collect())["附件2.xlsx"] == 1
    monkeypatch.setattr(basis, "program_digest", lambda: "another")
    result = desk.collect()
    assert result.judged_again == 2
    assert errors(result) == {"附件1.xlsx": 0, "附件2.xlsx": 1}


@pytest.mark.parametrize(
    "damage",
    [lambda data: data[:-7], lambda data: data.replace(b'"outdated":false', b'"outdated":true'), lambda _: b""],
)
def test_what_was_kept_and_damaged_is_read_again(desk: Desk, read: list[str], damage: object) -> None:
    assert callable(damage)
    laid(desk).collect()
    kept = sorted((desk.task / ".xlsxeval" / FOLDER).glob("*.json"))
    assert len(kept) == 3
    for path in kept:
        path.write_bytes(damage(path.read_bytes()))
    read.clear()
    desk.rewrite('"002", name: 某某中心', '"002", name: 某某事务中心')
    result = desk.collect()
    assert set(read) == {"一.xlsx", "二.xlsx", "三.xlsx", "坏.xlsx"}
    assert errors(result) == {"一.xlsx": 0, "二.xlsx": 0, "三.xlsx": 1}
    assert states(result)["一.xlsx"] == "current"


def test_another_definition_of_the_forms_is_told_of_every_unit_that_was_sent_one(own: Desk) -> None:
    generated = run("--templates", own.post.templates, "generate", own.task, "-o", own.task / "下发")
    assert generated.code == 0
    edit(own, "forms/basic/small.yaml", "label: 人数", "label: 在职人数")
    state = json.loads(own.run("status", "--format", "json").out)
    assert all(unit["form_changes"] for unit in state["units"])


def test_until_it_is_judged_again_status_says_what_is_out_of_date(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    laid(desk).collect()
    assert json.loads(desk.run("status", "--format", "json").out)["stale"] == 0
    assert waive(desk, "X901", "--unit", "003", "--reason", "查过了", "--by", "科长").code == 0
    assert json.loads(desk.run("status", "--format", "json").out)["stale"] == 0
    monkeypatch.setattr(basis, "program_digest", lambda: "another")
    done = desk.run("status", "--format", "json")
    assert json.loads(done.out)["stale"] == 3
    assert "collect" in done.err
    desk.collect()
    assert json.loads(desk.run("status", "--format", "json").out)["stale"] == 0
