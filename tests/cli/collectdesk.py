"""A campaign of three units on a desk of one's own: its inbox, what units send, and where everything stands."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from tests.cli.running import run
from xlsxeval.cli.collecting import collect
from xlsxeval.cli.collectresult import CollectResult
from xlsxeval.forms.library import Library
from xlsxeval.resources import templates_directory

CAMPAIGN = """
campaign: shili-2024
edition: hunan-2024
year: 2024
department: 某某市财政局
deadline: 2025-05-31
units:
  - {code: "001", name: 某某局, projects: [{name: 某某专项}]}
  - {code: "002", name: 某某中心}
  - {code: "003", name: 某某站}
"""
NOW = dt.datetime(2025, 4, 30, 8, 0, tzinfo=dt.UTC)
MONDAY, TUESDAY = dt.datetime(2025, 4, 7, 4, 0, tzinfo=dt.UTC), dt.datetime(2025, 4, 8, 4, 0, tzinfo=dt.UTC)
LIBRARY = Library(templates_directory())


@dataclass(frozen=True)
class Post:
    """What was sent out, and what units typed into it: bytes by name (``001a`` and ``001b`` differ in one cell)."""

    folder: Path
    books: Mapping[str, bytes]
    parts: Mapping[str, bytes]


def send_out(folder: Path) -> Post:
    """Generates the workbooks of the campaign, whole and split, and fills some in."""
    task = folder / "任务"
    task.mkdir(parents=True)
    (task / "campaign.yaml").write_text(CAMPAIGN, encoding="utf-8")
    assert run("generate", task, "-o", folder / "整份").code == 0
    assert run("generate", task, "-o", folder / "分表", "--split", "--unit", "002").code == 0
    books = {}
    for path in (folder / "整份").glob("*.xlsx"):
        code = path.name[:3]
        for letter, value in (("a", 100), ("b", 200), ("c", 300)):
            books[f"{code}{letter}"] = filled(path, {"附件2": {"funds.budget": value}}, folder)
    parts = {path.stem.rpartition(" ")[2]: path.read_bytes() for path in (folder / "分表").rglob("*.xlsx")}
    return Post(folder, books, parts)


def filled(blank: Path, values: Mapping[str, Any], folder: Path) -> bytes:
    """A workbook with values typed in."""
    typed, target = folder / "values.yaml", folder / "filled.xlsx"
    typed.write_text(json.dumps(values, ensure_ascii=False), encoding="utf-8")
    target.unlink(missing_ok=True)
    done = run("fill", blank, typed, "-o", target)
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
        return collect(self.task, inboxes, LIBRARY, by="王会计", now=now, jobs=jobs, replace=replace, **more)

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
