"""A campaign of three units on a desk of one's own: its inbox, what units send, and where everything stands."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from tests.cli.running import Ran, run
from xlsxeval.campaign.workspace import Workspace, open_workspace
from xlsxeval.collection.collect import collect
from xlsxeval.collection.result import CollectResult
from xlsxeval.forms.library import Library
from xlsxeval.resources import templates_directory

CAMPAIGN = """
campaign: shili-2024
edition: small
year: 2024
department: 某某市财政局
deadline: 2025-05-31
units:
  - {code: "001", name: 某某局, projects: [{name: 某某专项}]}
  - {code: "002", name: 某某中心, forms: [basic, overall]}
  - {code: "003", name: 某某站, forms: [basic, overall]}
"""
EDITION = """
edition: small
title: 小小的表样
version: 1
forms: [basic/small, overall/small, project/small]
"""
FORMS = {
    "basic": """
form: basic
attachment: 附件1
title: 基础数据表
columns: [20, 20]
grid:
  - [单位, $unit.name]
  - [人数, $staff]
  - [项目支出, $spent]
fields:
  unit.name: {label: 单位, type: text, given: unit.name}
  staff: {label: 人数, type: count}
  spent: {label: 项目支出, type: money}
""",
    "overall": """
form: overall
attachment: 附件2
title: 整体支出自评表
columns: [20, 20]
grid:
  - [单位, $unit.name]
  - [全年预算数, $funds.budget]
  - [项目支出, $funds.project]
  - [合计, $funds.total]
fields:
  unit.name: {label: 单位, type: text, given: unit.name}
  funds.budget: {label: 全年预算数, type: money}
  funds.project: {label: 项目支出, type: money}
  funds.total: {label: 合计, type: money, formula: 'N(funds.budget)+N(funds.project)'}
checks:
  - {code: X901, slug: spent-in-both, title: 两张表的项目支出不一致, say: 附件2项目支出＝附件1项目支出, severity: error,
     that: N(funds.project)=N(basic!spent), at: funds.project, expected: N(basic!spent),
     why: 同一个数, fix: 请核对, basis: "[理]"}
""",
    "project": """
form: project
attachment: 附件3-{{ project.number }}
each: project
title: 项目支出自评表
columns: [20, 20]
grid:
  - [项目, $project.name]
  - [全年执行数, $executed]
fields:
  project.name: {label: 项目, type: text, given: project.name}
  executed: {label: 全年执行数, type: money}
""",
}
NOW = dt.datetime(2025, 4, 30, 8, 0, tzinfo=dt.UTC)
MONDAY, TUESDAY = dt.datetime(2025, 4, 7, 4, 0, tzinfo=dt.UTC), dt.datetime(2025, 4, 8, 4, 0, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Post:
    """What was sent out, and what units typed into it: bytes by name (``001a`` and ``001b`` differ in one cell)."""

    folder: Path
    templates: Path
    books: Mapping[str, bytes]
    parts: Mapping[str, bytes]
    """Of unit 002: its worksheets' workbooks, and two that disagree."""


def send_out(folder: Path, furnish: Callable[[Path], object] = lambda templates: None) -> Post:
    """Generates the workbooks of the campaign, whole and split, and fills some in.

    ``furnish`` adds to the templates what else a test needs.
    """
    task, templates = folder / "任务", folder / "templates"
    for name in ("editions", "checks", *(f"forms/{form}" for form in FORMS)):
        (templates / name).mkdir(parents=True)
    (templates / "editions" / "small.yaml").write_text(EDITION, encoding="utf-8")
    for form, text in FORMS.items():
        (templates / "forms" / form / "small.yaml").write_text(text, encoding="utf-8")
    (templates / "reports").mkdir()
    shutil.copy(templates_directory() / "reports" / "notice.docx", templates / "reports")
    furnish(templates)
    task.mkdir()
    (task / "campaign.yaml").write_text(CAMPAIGN, encoding="utf-8")
    assert run("--templates", templates, "generate", task, "-o", folder / "整份").code == 0
    assert run("--templates", templates, "generate", task, "-o", folder / "分表", "--split", "--unit", "002").code == 0
    for path in (task / ".xlsxeval").glob("ledger.sqlite*"):
        path.unlink()  # every desk begins its own
    books = {}
    for path in (folder / "整份").glob("*.xlsx"):
        code = path.name[:3]
        for letter, value in (("a", 100), ("b", 200), ("c", 300)):
            books[f"{code}{letter}"] = filled(path, {"附件2": {"funds.budget": value}}, folder, templates)
        if code == "003":
            books["003 wrong"] = filled(path, {"附件1": {"spent": 5}, "附件2": {"funds.project": 7}}, folder, templates)
    parts = {path.stem.rpartition(" ")[2]: path.read_bytes() for path in (folder / "分表").rglob("*.xlsx")}
    split = {path.stem.rpartition(" ")[2]: path for path in (folder / "分表").rglob("*.xlsx")}
    parts["附件2 wrong"] = filled(split["附件2"], {"附件2": {"funds.project": 7}}, folder, templates)
    parts["附件1 mended"] = filled(split["附件1"], {"附件1": {"spent": 7}}, folder, templates)
    return Post(folder, templates, books, parts)


def filled(blank: Path, values: Mapping[str, Any], folder: Path, templates: Path | None = None) -> bytes:
    """A workbook with values typed in."""
    typed, target = folder / "values.yaml", folder / "filled.xlsx"
    typed.write_text(json.dumps(values, ensure_ascii=False), encoding="utf-8")
    target.unlink(missing_ok=True)
    chosen = ["--templates", templates] if templates else []
    done = run(*chosen, "fill", blank, typed, "-o", target)
    assert done.code == 0, done.err
    return target.read_bytes()


def resaved(data: bytes) -> bytes:
    """The same workbook in other bytes, as another program would pack it."""
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    return buffer.getvalue()


class Desk:
    """A campaign's folder with its key, whose inbox files are put into as if they came at some time."""

    def __init__(self, post: Post, folder: Path) -> None:
        self.post = post
        self.books = post.books
        self.parts = post.parts
        self.task = folder / "任务"
        shutil.copytree(post.folder / "任务", self.task)
        self.inbox = self.task / "收回"
        self.inbox.mkdir()

    def put(self, name: str, data: bytes | str, at: dt.datetime = MONDAY) -> Path:
        """A file in the inbox; a text is the name of one of the books."""
        path = self.inbox / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(self.books[data] if isinstance(data, str) else data)
        os.utime(path, (at.timestamp(), at.timestamp()))
        return path

    def collect(
        self, *inboxes: Path, now: dt.datetime = NOW, jobs: int = 1, replace: bool = False, **more: Any
    ) -> CollectResult:
        return collect(self.workspace(now), inboxes, jobs=jobs, replace=replace, **more)

    def workspace(self, now: dt.datetime = NOW) -> Workspace:
        """The campaign as it lies on the desk now, opened by its accountant."""
        return open_workspace(self.task, Library(self.post.templates), clock=lambda: now, by="王会计")

    def run(self, command: str, *arguments: str | Path) -> Ran:
        """A command of the command line about the campaign."""
        words = command.split()
        return run("--templates", self.post.templates, *words, self.task, *arguments)

    def recorded(self) -> str:
        """Everything that the ledger has, as text."""
        with self.workspace().ledger() as ledger, ledger.read() as r:
            return json.dumps([[one.name, [list(map(str, row)) for row in one.rows]] for one in r.extracts()])

    def rewrite(self, old: str, new: str) -> None:
        """Changes the campaign after it was sent out."""
        path = self.task / "campaign.yaml"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")


def states(result: CollectResult) -> dict[str, str]:
    """Where each file of the inbox stands, by its source without the inbox."""
    return {one.receipt.source.removeprefix("收回/"): one.state.value for one in result.files}


def codes(result: CollectResult) -> dict[str, str | None]:
    """The reasons of what was set aside or could not be read."""
    unread = {one.source.removeprefix("收回/"): one.fault.code for one in result.unread}
    aside = {one.receipt.source.removeprefix("收回/"): one.code for one in result.files if one.state == "set_aside"}
    return {**aside, **unread}


def missing(result: CollectResult) -> dict[str, Sequence[str]]:
    return {one.unit: one.parts for one in result.missing}
