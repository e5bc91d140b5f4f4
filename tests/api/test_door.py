"""The door for programs: values and errors, nothing else; and the commands go through it."""

from __future__ import annotations

import ast
import hashlib
import inspect
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.cli.collectdesk import MONDAY, NOW, TUESDAY, Desk
from tests.workers.test_local import alive
from xlsxeval import api
from xlsxeval.api import OpenCampaign, check, open_campaign
from xlsxeval.collection.json_form import collect_json
from xlsxeval.errors import DefinitionError, LedgerBusyError, UsageError
from xlsxeval.judging.front import Front
from xlsxeval.judging.judge import Judge
from xlsxeval.workers.shared import WorkersClosedError

ROOT = Path(api.__file__).parent
VALUES = {
    "xlsxeval",
    "xlsxeval.api",
    "xlsxeval.board.json_form",
    "xlsxeval.board.steps",
    "xlsxeval.board.text",
    "xlsxeval.calc",
    "xlsxeval.campaign.folders",
    "xlsxeval.collection.json_form",
    "xlsxeval.collection.level_text",
    "xlsxeval.collection.text",
    "xlsxeval.collection.waivers",
    "xlsxeval.errors",
    "xlsxeval.fault_codes",
    "xlsxeval.forms.campaign",
    "xlsxeval.forms.public_keys",
    "xlsxeval.forms.settings",
    "xlsxeval.forms.yaml_file",
    "xlsxeval.intake.rejected",
    "xlsxeval.interpreter",
    "xlsxeval.layout.layout",
    "xlsxeval.ledger.exports",
    "xlsxeval.ledger.records",
    "xlsxeval.output",
    "xlsxeval.output.characters",
    "xlsxeval.output.formats",
    "xlsxeval.resources",
    "xlsxeval.results.check_plan",
    "xlsxeval.rules.waivers",
    "xlsxeval.workers.pool",
    "xlsxeval.campaign.components",
    "xlsxeval.ledger.portal",
    "xlsxeval.results.audit_plan",
}
"""What the terminal takes from below the door: values, enumerations, words and formats, none of which does anything."""


@pytest.fixture
def opened(desk: Desk) -> Iterator[OpenCampaign]:
    with open_campaign(desk.task, templates=desk.post.templates, by="王会计", clock=lambda: NOW) as campaign:
        yield campaign


def imports(path: Path) -> set[str]:
    """The modules of the package that a file needs when it runs; types alone are no need."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    types = [
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING"
        for inner in ast.walk(node)
    ]
    found = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node not in types]
    return {node.module for node in found if node.module and node.module.startswith("xlsxeval")}


@pytest.mark.parametrize("path", sorted((ROOT / "cli").glob("*.py")), ids=lambda path: path.stem)
def test_the_terminal_does_everything_through_the_door(path: Path) -> None:
    taken = {name for name in imports(path) if not name.startswith(("xlsxeval.cli", "xlsxeval.web"))}
    assert taken - VALUES == set()


def test_only_the_commands_of_desk_and_portal_start_the_other_shell() -> None:
    starters = {
        path.stem for path in (ROOT / "cli").glob("*.py") if any("xlsxeval.web" in name for name in imports(path))
    }
    assert starters == {
        "desk_command",
        "serve_command",
        "account_command",
    }  # passwords are hashed by the server's library


def test_a_room_is_entered_when_it_is_needed() -> None:
    tree = ast.parse(Path(api.__file__).read_text(encoding="utf-8"))
    above = {node.module for node in tree.body if isinstance(node, ast.ImportFrom) and node.module}
    assert {name for name in above if name.startswith("xlsxeval")} == {
        "xlsxeval.board.plain_words",
        "xlsxeval.campaign.listener",
        "xlsxeval.errors",
        "xlsxeval.workers.pool",
    }


def test_everything_that_it_offers_is_described() -> None:
    methods = [one for name, one in inspect.getmembers(OpenCampaign) if not name.startswith("_")]
    functions = [getattr(api, name) for name in api.__all__ if name[0].islower()]
    assert [one for one in [*methods, *functions] if not inspect.getdoc(one)] == []


def test_it_never_prints_and_tells_whoever_listens(
    desk: Desk, opened: OpenCampaign, capfd: pytest.CaptureFixture[str]
) -> None:
    told: list[str] = []
    done: list[tuple[int, int, str]] = []
    desk.put("一.xlsx", "003 wrong")
    result = opened.run(tell=lambda message, step: told.append(message), progress=lambda *at: done.append(at))
    assert result.needs_somebody
    assert any("看板" in message for message in told)
    assert (1, 1, "收表") in done
    opened.run()
    assert capfd.readouterr() == ("", "")


def test_what_a_user_can_mend_is_raised(desk: Desk, opened: OpenCampaign, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="没有这个任务"):
        open_campaign(tmp_path / "没有")
    with pytest.raises(UsageError, match="--by"):
        open_campaign(desk.task, templates=desk.post.templates).collect()
    with pytest.raises(UsageError, match="009"):
        opened.generate(tmp_path / "out", ["009"])
    with (
        desk.workspace().ledger() as other,
        other.run("李会计", NOW, "run"),
        pytest.raises(LedgerBusyError, match="李会计"),
    ):
        opened.collect()
    desk.rewrite("shili-2024", "shili-2024\nunknown: 1")
    with pytest.raises(DefinitionError, match="unknown"):
        opened.status()


def test_it_is_the_campaign_as_its_files_are_now(desk: Desk, opened: OpenCampaign) -> None:
    assert [unit.name for unit in opened.units()] == ["某某局", "某某中心", "某某站"]
    desk.rewrite("某某站", "某某总站")
    assert [unit.name for unit in opened.campaign.units] == ["某某局", "某某中心", "某某总站"]
    assert [unit.name for unit in opened.units()][-1] == "某某总站"


def test_verdicts_are_those_of_check_before_a_collection_and_after(desk: Desk, opened: OpenCampaign) -> None:
    desk.put("一.xlsx", "003 wrong")
    desk.put("二.xlsx", "001a")
    before = {one.subject.code: one.findings for one in opened.verdicts() if one.subject}
    opened.collect()
    after = {one.subject.code: one.findings for one in opened.verdicts() if one.subject}
    assert before == after
    assert [one.code for one in after["003"]] == ["X901"]
    opened.waive("X901", "003", "查过了")
    (verdict,) = [one for one in opened.verdicts() if one.subject and one.subject.code == "003"]
    assert (verdict.path, verdict.open) == ("收回/一.xlsx", ())
    assert opened.check(desk.books["003 wrong"], name="一.xlsx").open == ()


def test_checked_against_the_campaign_nothing_is_recorded(desk: Desk, opened: OpenCampaign) -> None:
    desk.collect()
    before = desk.recorded()
    assert opened.check(desk.books["003 wrong"], name="来件").path == "来件"
    path = desk.put("一.xlsx", "001a")
    assert opened.check(path).status == "clean"
    assert opened.check(b"bad").status == "rejected"
    assert desk.recorded() == before


def test_results_lie_where_people_look_for_them(desk: Desk, opened: OpenCampaign) -> None:
    assert len(opened.generate()) == 3
    desk.put("一.xlsx", "001a")
    opened.collect()
    assert opened.summary().path == desk.task / "结果" / "汇总.xlsx"
    assert opened.board().path == desk.task / "结果" / "看板.html"
    assert {path.name[:3] for path in (desk.task / "下发").glob("*.xlsx")} == {"001", "002", "003"}
    with pytest.raises(UsageError, match="已经存在"):
        opened.generate()


def test_whoever_acts_is_on_record(desk: Desk, opened: OpenCampaign) -> None:
    opened.receive(desk.books["001a"], name="一.xlsx", at=MONDAY)
    opened.acting_for("李出纳").receive(desk.books["001b"], name="二.xlsx", at=MONDAY)
    opened.choose(hashlib.sha256(desk.books["001b"]).hexdigest()[:8], "电话问过")
    acts = [(chapter.action.who, chapter.action.what) for chapter in opened.history()]
    assert acts[-1] == ("王会计", "collect --choose")
    assert ("李出纳", "receive") in acts


def test_a_campaign_that_is_closed_ends_its_processes_and_a_front_that_was_lent_goes_on(desk: Desk) -> None:
    where = {"templates": desk.post.templates, "by": "王会计"}
    with Front(1) as front:
        with open_campaign(desk.task, front=front, **where) as lent, open_campaign(desk.task, **where) as own:
            lent.receive(desk.books["001a"], name="一.xlsx")
            own.receive(desk.books["002a"], name="二.xlsx")
            assert (lent.waiting, own.waiting) == (0, 0)
            pid = own._shared.front._slots[0]._worker.process.pid  # type: ignore[union-attr]
            assert pid is not None
            assert alive(pid)
        assert not alive(pid)
        assert check(desk.books["001a"], templates=desk.post.templates, front=front).status == "clean"
    with pytest.raises(WorkersClosedError):
        lent.receive(desk.books["001b"], name="三.xlsx")


def test_single_files_are_judged_for_many_threads_and_templates_are_opened_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[object] = []
    real = Judge.__init__
    monkeypatch.setattr(
        Judge, "__init__", lambda judge, *args, **more: opened.append(judge) or real(judge, *args, **more)
    )
    books = [desk.books[name] for name in ("001a", "003 wrong", "002a")] * 4
    api._standing_judge.cache_clear()
    with ThreadPoolExecutor(6) as threads:
        found = list(threads.map(lambda data: check(data, templates=desk.post.templates).status, books))
    assert found == ["clean", "findings", "clean"] * 4
    assert len(opened) == 1


def test_processes_that_hand_in_at_once_lose_nothing_and_count_nothing_twice(desk: Desk, tmp_path: Path) -> None:
    shells = []
    for number, names in enumerate((("001a", "002a"), ("001a", "003a"), ("003b", "002b"))):
        folder = tmp_path / str(number)
        folder.mkdir()
        for name in names:
            (folder / f"{name}.xlsx").write_bytes(desk.books[name])
        command = [sys.executable, "-m", "tests.api.handing_in", str(desk.task), str(desk.post.templates), str(folder)]
        shells.append(subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True))
    said = [shell.communicate(timeout=300) for shell in shells]
    assert [shell.returncode for shell in shells] == [0, 0, 0], said
    with desk.workspace().ledger() as ledger, ledger.read() as r:
        assert sorted(one.name for one in r.receipts()) == [
            "001a.xlsx",
            "002a.xlsx",
            "002b.xlsx",
            "003a.xlsx",
            "003b.xlsx",
        ]
        assert list(r.current_submissions()) == [("001", None)]
        assert {slot: len(found) for slot, found in r.open_conflicts().items()} == {("002", None): 2, ("003", None): 2}


def test_the_command_line_says_what_the_door_gives(desk: Desk, opened: OpenCampaign) -> None:
    desk.put("一.xlsx", "001a", MONDAY)
    desk.put("二.xlsx", "001b", TUESDAY)
    told = opened.collect()
    assert desk.run("collect", "--format", "json").out == collect_json(told.told_apart) + "\n"
