"""Three levels of offices, each with its campaign: two counties, a city with a unit of its own, and a province."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.cli.collectdesk import MONDAY, filled
from tests.cli.running import Ran, run
from xlsxeval.file_kinds import EXPORT_NAME
from xlsxeval.levels import Export
from xlsxeval.levels.export import read_text
from xlsxeval.levels.package import SIGNATURE_NAME, read_package

EDITION = """
edition: small
title: 小小的表样
version: 1
forms: [overall/small, project/small]
"""
OVERALL = """
form: overall
attachment: 附件1
title: 整体支出自评表
columns: [20, 20]
grid:
  - [单位, $unit.name]
  - [年初预算数, $funds.initial]
  - [全年预算数, $funds.budget]
  - [全年执行数, $funds.executed]
  - [得分, $total.score]
fields:
  unit.name: {label: 单位, type: text, given: unit.name}
  funds.initial: {label: 年初预算数, type: money}
  funds.budget: {label: 全年预算数, type: money}
  funds.executed: {label: 全年执行数, type: money}
  total.score: {label: 得分, type: score, formula: 'IF(N(funds.budget)=0,"",ROUND(MIN(N(funds.executed)/funds.budget,1)*100,2))'}
checks:
  - {code: L901, slug: not-above-budget, title: 执行数大于预算数, say: 执行数不超过预算数, severity: error,
     that: N(funds.executed)<=N(funds.budget), at: funds.executed, why: 不能超支, fix: 请核对, basis: "[理]"}
"""
PROJECT = """
form: project
attachment: 附件2
each: project
title: 项目支出自评表
columns: [20, 20]
grid:
  - [项目, $project.name]
  - [全年预算数, $funds.budget]
fields:
  project.name: {label: 项目, type: text, given: project.name}
  funds.budget: {label: 全年预算数, type: money}
"""
SUMMARY = """
summary: small
unit: {initial: overall!funds.initial, budget: overall!funds.budget, executed: overall!funds.executed, score: overall!total.score}
project: {budget: project!funds.budget}
money: [overall!funds.executed]
"""
Values = Mapping[str, float]


def values(initial: float, budget: float, executed: float) -> Values:
    """What a unit types in."""
    return {"funds.initial": initial, "funds.budget": budget, "funds.executed": executed}


UNITS: Mapping[str, Mapping[str, Values | None]] = {
    "east": {"e1": values(90, 100, 93.48), "e2": values(10, 20.1, 20.1), "e3": None},
    "west": {"w1": values(0.1, 0.3, 0.2), "w2": values(5, 7, 8)},
    "city": {"c1": values(1000, 1000, 900)},
    "province": {},
}
"""What came back of each unit: of e3 nothing, and w2 spent more than its budget."""
NAMES = {"east": "东县", "west": "西县", "city": "某某市", "province": "某某省"}
BELOW = {"city": ("east", "west"), "province": ("city",)}


@dataclass(frozen=True)
class Office:
    """One office with its campaign's folder."""

    id: str
    task: Path
    templates: Path

    def run(self, command: str, *arguments: str | Path) -> Ran:
        words = command.split()
        return run("--templates", self.templates, *words, self.task, *arguments)

    def key(self) -> str:
        """Its public key."""
        done = self.run("submit", "--public-key")
        assert done.code == 0, done.err
        return done.out.strip()

    def submit(self, *arguments: str | Path) -> bytes:
        """What it hands up."""
        done = self.run("submit", *arguments)
        assert done.code in (0, 1), done.err
        return Path(done.out.strip()).read_bytes()

    def put(self, name: str, data: bytes) -> Path:
        """A file in its inbox."""
        path = self.task / "收回" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        os.utime(path, (MONDAY.timestamp(), MONDAY.timestamp()))
        return path

    def collect(self) -> dict[str, Any]:
        """Where everything stands after collecting its inbox."""
        done = self.run("collect", "--format", "json")
        assert done.code in (0, 1), done.err
        told: dict[str, Any] = json.loads(done.out)
        return told

    def rewrite(self, old: str, new: str) -> None:
        """Changes its campaign."""
        path = self.task / "campaign.yaml"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")


@dataclass(frozen=True)
class Ladder:
    """All offices, none of which collected anything from another yet; and what the counties handed up."""

    folder: Path

    def office(self, name: str) -> Office:
        return Office(name, self.folder / name, self.folder / "templates")

    def climbed(self, *, without: str = "") -> Office:
        """The province with what the city handed up, which has what its counties handed up but for one."""
        city, province = self.office("city"), self.office("province")
        for name in BELOW["city"]:
            if name != without:
                city.put(f"{name}.zip", self.office(name).submit())
        city.collect()
        province.put("city.zip", city.submit())
        return province


def build(folder: Path) -> Ladder:
    """The offices with their own units' workbooks collected; the keys of each are registered above it."""
    templates = folder / "templates"
    parts = (("editions", EDITION), ("forms/overall", OVERALL), ("forms/project", PROJECT), ("summaries", SUMMARY))
    for place, text in (*parts, ("checks", "")):
        (templates / place).mkdir(parents=True)
        if text:
            (templates / place / "small.yaml").write_text(text, encoding="utf-8")
    ladder = Ladder(folder)
    for name in UNITS:
        _open(ladder, name)
    return ladder


def _open(ladder: Ladder, name: str) -> None:
    office = ladder.office(name)
    office.task.mkdir()
    lines = [f"campaign: {name}-2024", "edition: small", "year: 2024", f"department: {NAMES[name]}财政局"]
    if name in BELOW:
        lines.append("levels:")
    for below in BELOW.get(name, ()):
        key = ladder.office(below).key()
        lines.append(f'  - {{code: "{below}", name: {NAMES[below]}, key: "{key}", campaign: {below}-2024}}')
    if UNITS[name]:
        lines.append("units:")
    for code in UNITS[name]:
        projects = ", projects: [{name: 某某专项}]" if code == "e1" else ""
        lines.append(f"  - {{code: {code}, name: 单位{code}{projects}}}")
    (office.task / "campaign.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (office.task / "收回").mkdir()
    if UNITS[name]:
        assert office.run("generate", "-o", office.task / "下发").code == 0
    for code, typed in UNITS[name].items():
        if typed is not None:
            (blank,) = (office.task / "下发").glob(f"{code} *.xlsx")
            forms = {"附件1": typed, **({"附件2": {"funds.budget": 30.5}} if code == "e1" else {})}
            office.put(f"{code}.xlsx", filled(blank, forms, ladder.folder, ladder.folder / "templates"))
    assert office.run("collect").code in (0, 1)


def copied(ladder: Ladder, folder: Path) -> Ladder:
    """The same offices, to be changed."""
    shutil.copytree(ladder.folder, folder, dirs_exist_ok=True)
    return Ladder(folder)


def told(data: bytes) -> Export:
    """What an export says."""
    return package(data).export()


def package(data: bytes) -> Any:
    return read_package(data, 10_000, 1 << 26)


def members(data: bytes) -> dict[str, bytes]:
    """Everything in an export's zip."""
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """A zip of these members."""
    import io
    import zipfile

    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def tampered(data: bytes, change: Callable[[dict[str, Any]], object]) -> bytes:
    """The export with its text changed by somebody without the key."""
    parts = members(data)
    text = json.loads(parts[EXPORT_NAME])
    change(text)
    return zipped({**parts, EXPORT_NAME: json.dumps(text).encode()})


def signed_anew(office: Office, data: bytes, change: Callable[[dict[str, Any]], object], **more: bytes) -> bytes:
    """The export changed and signed again by the office itself, which has the key."""
    from xlsxeval.campaign.signing_key import find_signing_key
    from xlsxeval.levels import pack

    parts = members(data)
    text = json.loads(parts[EXPORT_NAME])
    change(text)
    key = find_signing_key(office.task)
    assert key is not None
    export = read_text(json.dumps(text).encode())
    books = [content for name, content in {**parts, **more}.items() if name.startswith("workbooks/")]
    lower = [content for name, content in parts.items() if name.startswith("lower/")]
    return pack(export, key, books, lower)


assert SIGNATURE_NAME  # what ``members`` has beside the text
