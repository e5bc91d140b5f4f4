"""Every command that touches a campaign uses the ledger that was named, and says and writes the same whatever it is in."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import importlib
import io
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import click
import pytest
from docx import Document

from tests.cli.collectdesk import EDITION, MONDAY, TUESDAY, Desk, Post, send_out
from tests.cli.running import files_below, run
from tests.ledger import postgres
from tests.parcels.packing import archive
from xlsxeval.campaign.storage import ADDRESS
from xlsxeval.cli import COMMANDS
from xlsxeval.resources import templates_directory

pytestmark = pytest.mark.postgres
NOW = dt.datetime(2025, 6, 5, 8, 0, tzinfo=dt.UTC)
RUBRIC = """
form: appraisal
sheet: 考核评分表
filled_by: office
columns: [20, 20]
grid:
  - [单位, $unit.name]
  - [单位自查, $self_review]
  - [扣分原因, $self_review.reason]
fields:
  unit.name: {label: 单位, type: text, given: unit.name}
  self_review: {label: 单位自查, type: score, max: 20}
  self_review.reason: {label: 扣分原因, length: [0, 500]}
drafts:
  self_review:
    - {most: 10, each: 1, measure: units_without, say: 没有做自评的单位}
    - {most: 10, each: 2, measure: missing_attachments, say: 缺少的附件}
"""
SUMMARY = """
summary: small
unit: {budget: overall!funds.budget, executed: overall!funds.total}
money: [{group: 支出, field: overall!funds.project, label: 项目支出}]
"""
KEPT = "ledger.sqlite"
"""The ledger that a campaign keeps where none was named."""


def furnish(templates: Path) -> None:
    """A summary, a report and a rubric for the small edition."""
    edition = EDITION.replace("project/small]", "project/small, appraisal/small]") + "report: small.docx\n"
    files = {"editions/small.yaml": edition, "forms/appraisal/small.yaml": RUBRIC, "summaries/small.yaml": SUMMARY}
    for name, text in files.items():
        (templates / name).parent.mkdir(parents=True, exist_ok=True)
        (templates / name).write_text(text, encoding="utf-8")
    shutil.copy(templates_directory() / "reports" / "consolidated.docx", templates / "reports")
    document = Document()
    for text in ("{{ unit.name }}{{ year }}年度绩效自评报告", "合计{{ overall.funds.total|money }}万元。"):
        document.add_paragraph(text)
    document.save(str(templates / "reports" / "small.docx"))


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Post:
    """The small campaign, sent out, with the key that signs what it hands up."""
    post = send_out(tmp_path_factory.mktemp("furnished"), furnish)
    assert run("--templates", post.templates, "submit", post.folder / "任务", "--public-key").code == 0
    return post


@dataclass
class Act:
    """The campaign worked on from its distribution to its last report, with all that the commands said.

    ``address`` is the ledger's: a command is told it by the environment the first time, by ``--ledger`` the next, and so on.
    """

    desk: Desk
    patch: pytest.MonkeyPatch
    address: str | None = None
    said: list[tuple[str, int, str, str]] = field(default_factory=list)
    played: Counter[str] = field(default_factory=Counter)
    written: dict[str, bytes] = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        """All that commands write lies below it."""
        return self.desk.task.parent

    def __call__(self, command: str, *words: str | Path, campaign: str = "") -> None:
        """Runs a command; ``campaign`` is the option that names the campaign where that is no argument."""
        where = [campaign, self.desk.task] if campaign else [self.desk.task]
        self.patch.delenv(ADDRESS, raising=False)
        if self.address is not None:
            if self.played[command.split()[0]] % 2 and command != "check":
                where += ["--ledger", self.address]
            else:
                self.patch.setenv(ADDRESS, self.address)
        done = run("--templates", self.desk.post.templates, *command.split(), *where, *words)
        self.played[command.split()[0]] += 1
        self.said.append((" ".join(map(str, (command, *words))), done.code, done.out, done.err))

    def end(self) -> None:
        """Keeps what was written, but for the ledger itself, and leaves the place to the next."""
        found = files_below(self.folder)
        self.written = {name: data for name, data in found.items() if not Path(name).name.startswith(f"{KEPT}-")}
        shutil.rmtree(self.folder)


def play(act: Act) -> None:
    """All kinds of returns, and every command, some of them before and after."""
    desk, place = act.desk, act.folder
    by = ("--by", "王会计")
    act("generate", "-o", desk.task / "下发", "--unit", "001", *by)
    act("generate", "-o", place / "分表", "--split", "--unit", "002", *by)
    desk.put("001 某某局.xlsx", b"bad")
    desk.put("一.xlsx", "001a", TUESDAY)
    desk.put("收表.zip", archive([("二.xlsx", desk.books["001b"]), ("自评表.xlsx", b"worse")]), TUESDAY)
    desk.put("附件1.xlsx", desk.parts["附件1"])
    desk.put("附件2.xlsx", desk.parts["附件2 wrong"])
    desk.put("三 旧.xlsx", "003a", MONDAY)
    desk.put("三.xlsx", "003 wrong", TUESDAY)
    act("collect", *by)
    desk.put("三 再.xlsx", "003 wrong", TUESDAY)
    act("status")
    act("status", "--format", "json", "--html", place / "看板.html")
    act("collect", "--format", "json", *by)
    act("waive", "X901", "--unit", "003", "--reason", "查过了", *by, campaign="--campaign")
    act("waive", "--list", campaign="--campaign")
    act("check", desk.inbox, "--format", "json", campaign="--campaign")
    act("remind", "-o", place / "催报", "--until", "2025-06-10")
    for _ in range(2):
        act("summary", "-o", place / "汇总.xlsx")
        act("appraise", "-o", place / "考核")
        act("report", "-o", place / "报告", *by)
        act("report", "-o", place / "报告", "--consolidated", *by)
        act("submit", "-o", place / "上报.zip", *by)
        act("run", *by)
        act("status", "--format", "json")
        digits = hashlib.sha256(desk.books["001b"]).hexdigest()[:8]
        act("collect", "--choose", digits, "--reason", "来电", *by)
    act("report", "-o", place / "草稿", "--draft", *by)
    act("report", "-o", place / "草稿", "--consolidated", "--force", *by)
    for report in sorted((place / "报告").glob("*自评报告.docx")):
        act("check", report, campaign="--campaign")
    act("dismiss", "收回/收表.zip › 自评表.xlsx", "--reason", "不是表", *by)
    act("review", "001", "--state", "passed", "--note", "电话核实过", *by)
    act("backup", "-o", place / "备份.zip", *by)
    (place / "备份.zip").unlink()  # the ledger in it is SQLite's file
    act("waive", "--withdraw", "1", *by, campaign="--campaign")
    act("run", *by)
    act("ledger history")
    act("ledger history", "--unit", "001")
    act("ledger export", "-o", place / "台账")
    act("ledger verify")
    act("ledger unlock")


@pytest.fixture(scope="module")
def acts(furnished: Post, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Act, Act]]:
    """The campaign played in one place over the ledger that it keeps, then over one in PostgreSQL; the clock stands."""
    place = tmp_path_factory.mktemp("both") / "desk"
    with pytest.MonkeyPatch.context() as patch, postgres.server() as server:
        patch.setattr("xlsxeval.cli.options.now", lambda: NOW)
        with postgres.database(server, "named") as address:
            found = []
            for ledger in (None, address):
                act = Act(Desk(furnished, place), patch, ledger)
                play(act)
                act.end()
                found.append(act)
            yield found[0], found[1]


def test_every_command_says_and_writes_the_same(acts: tuple[Act, Act]) -> None:
    kept, named = acts
    for (command, *one), (_, *other) in zip(kept.said, named.said, strict=True):
        assert [_counted(command, told) for told in one] == [_counted(command, told) for told in other], command
    files = {name: data for name, data in kept.written.items() if not name.endswith(KEPT)}
    assert files.keys() == named.written.keys()
    assert [name for name in files if _ranked(name, files[name]) != _ranked(name, named.written[name])] == []


def _counted(command: str, told: object) -> object:
    """What a history says, its events counted in order: PostgreSQL leaves out the numbers of what was rolled back."""
    if not command.startswith("ledger history") or not isinstance(told, str):
        return told
    numbers = iter(range(1, 1000))
    return re.sub(r"(?m)^[0-9]+(?=  20)|(?<=第 )[0-9]+(?= 份文件)", lambda _: str(next(numbers)), told)


def _ranked(name: str, data: bytes) -> object:
    """An exported table with its numbers of events by their order, for the same reason; any other file as it is."""
    if "台账/" not in name or not name.endswith(".csv"):
        return data
    head, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig")))
    for place in range(len(head)):
        if all(row[place].isdigit() or not row[place] for row in rows):
            ranks = sorted({int(row[place]) for row in rows if row[place]})
            for row in rows:
                row[place] = str(ranks.index(int(row[place]))) if row[place] else ""
    return [head, *rows]


def test_a_ledger_that_was_named_is_the_only_one(acts: tuple[Act, Act]) -> None:
    kept, named = acts
    assert [name for name in kept.written if name.endswith(KEPT)] == [f"任务/.xlsxeval/{KEPT}"]
    assert [name for name in named.written if name.endswith(KEPT)] == []


def test_the_campaign_has_returns_that_differ_in_what_becomes_of_them(acts: tuple[Act, Act]) -> None:
    """Files in every state, a unit to be chosen for, a report written and one held back: else little is compared."""
    said = "\n".join(out + err for _, _, out, err in acts[0].said)
    for state in ("有效", "待选择", "已被替代", "重复", "搁置"):
        assert re.search(rf"{state} [1-9]", said), state
    assert [command for command, code, _, _ in acts[0].said if code == 2] == []
    assert any(name.startswith("报告/") and name.endswith("自评报告.docx") for name in acts[0].written)
    assert "没有写报告" in said


OF_THE_PORTAL = {"serve", "account", "links"}
"""Commands that make secrets, no two alike: tests/web/portal and tests/ledger play their records over both databases."""


def test_every_command_with_a_ledger_was_played(acts: tuple[Act, Act]) -> None:
    with_ledger = {name for name in COMMANDS if _names_a_ledger(_command(name))} - OF_THE_PORTAL
    assert with_ledger | {"check"} == acts[0].played.keys()


def _command(name: str) -> click.Command:
    command: click.Command = importlib.import_module(f"xlsxeval.cli.{name.replace('-', '_')}_command").command
    return command


def _names_a_ledger(command: click.Command) -> bool:
    own = any("--ledger" in option.opts for option in command.params)
    inside = command.commands.values() if isinstance(command, click.Group) else ()
    return own or any(map(_names_a_ledger, inside))
