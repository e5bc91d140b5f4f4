"""Campaigns as a program left them, on a desk of one's own: sent out, filled in, and what is found in the files."""

from __future__ import annotations

import json
import os
import re
import shutil
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from tests.cli.running import Ran, run

KEPT = Path(__file__).resolve().parent.parent / "kept_campaigns"
SOURCE = KEPT / "source"
CAME, CAME_LATER = 1_744_000_000, 1_744_200_000
"""When files come back, in seconds, two days apart."""
LATER = "002 后来"
"""What unit 002 sends when all is collected."""
TAMPERED = {
    "附件1": {"A2": "<is><t>编制人数</t></is>", "D9": "<v>7</v>"},
    "附件2": {"B3": "<v>0.5</v>", "E11": "<f>SUM(E5:E9)</f><v>99</v>", "I5": "<v>1</v>"},
    "自查": {"D6": '<f>"✓ 通过"</f><v>✓ 通过</v>', "C7": "<is><t>没有这一项</t></is>"},
}
"""What unit 003 changes in locked cells, by worksheet and cell."""

Findings = Mapping[str, list[list[Any]]]
Program = Callable[..., Ran]


@dataclass(frozen=True)
class KeptDesk:
    """A folder with templates, a campaign (任务) and what its units send afterwards (后来), and the program at hand."""

    folder: Path
    program: Program = run

    @property
    def task(self) -> Path:
        return self.folder / "任务"

    @property
    def sent(self) -> Path:
        return self.task / "下发"

    @property
    def returned(self) -> Path:
        return self.task / "收回"

    @property
    def later(self) -> Path:
        return self.folder / "后来"

    @property
    def forms(self) -> Path:
        return self.task / ".xlsxeval" / "forms"

    def copy(self, folder: Path) -> KeptDesk:
        return KeptDesk(Path(shutil.copytree(self.folder, folder)), self.program)

    def run(self, *words: str | Path, fails: bool = False) -> Ran:
        """A command of the program; ``fails`` where it may report what is wrong."""
        done = self.program("--templates", self.folder / "templates", *words)
        assert done.code <= int(fails), done.err
        return done

    def check(self, *files: Path, campaign: bool = True, jobs: int = 1) -> Findings:
        """By file, what is found in it: code, severity, sheet, cell, shown and expected value."""
        known = ["--campaign", self.task] if campaign else []
        told = self.run("check", *(files or [self.returned]), *known, "--format", "json", f"-j{jobs}", fails=True)
        names = ("code", "severity", "sheet", "cell", "shown", "expected")
        files_told = json.loads(told.out)["files"]
        return {Path(one["path"]).name: [[f[name] for name in names] for f in one["findings"]] for one in files_told}

    def collect(self) -> Mapping[str, int]:
        """Collects; by file that counts, how many errors it has."""
        told = self.run("collect", self.task, "--by", "王会计", "--format", "json", fails=True)
        files = json.loads(told.out)["files"]
        return {Path(one["source"]).name: one["errors"] for one in files if one["state"] == "current"}

    def fill(self, values: str, folder: Path, name: str | None = None) -> Path:
        """Fills in a unit's workbook of 下发 with the values of that name: unit and, of a part, its worksheet."""
        unit, _, sheet = values.partition(" ")
        blanks = [path for path in self.sent.rglob("*.xlsx") if path.name.startswith(unit)]
        (blank,) = blanks if len(blanks) == 1 else (path for path in blanks if path.stem.endswith(sheet))
        target = folder / f"{name or values}.xlsx"
        self.run("fill", blank, self.folder / "values" / f"{values}.yaml", "-o", target)
        os.utime(target, (CAME, CAME))
        return target

    def arrive(self, file: Path) -> None:
        """Puts a file into 收回, on another day than the others."""
        os.utime(shutil.copy(file, self.returned), (CAME_LATER, CAME_LATER))


def sent_and_filled(folder: Path, program: Program = run) -> KeptDesk:
    """The campaign that kept campaigns are made of: sent out and filled in, not collected; one unit tampers."""
    desk = KeptDesk(Path(shutil.copytree(SOURCE, folder)), program)
    desk.returned.mkdir()
    desk.later.mkdir()
    generate = ("generate", desk.task, "-o", desk.sent, "--by", "王会计")
    desk.run(*generate, *(f"--unit={code}" for code in ("001", "002", "003")))
    desk.run(*generate, "--split", "--unit=004")
    for values in sorted(path.stem for path in (folder / "values").glob("*.yaml")):
        desk.fill(values, desk.later if values == LATER else desk.returned)
    tampered = desk.returned / "003.xlsx"
    tampered.write_bytes(changed(tampered.read_bytes(), TAMPERED))
    os.utime(tampered, (CAME, CAME))
    return desk


def unpacked(kept: Path, folder: Path) -> KeptDesk:
    """A kept campaign on a desk."""
    with zipfile.ZipFile(kept / "campaign.zip") as archive:
        archive.extractall(folder)
    return KeptDesk(folder)


def without(findings: Findings, *codes: str) -> Findings:
    """The findings but for those of some rules."""
    return {name: [one for one in of_file if one[0] not in codes] for name, of_file in findings.items()}


def only(findings: Findings, names: Iterable[str]) -> Findings:
    """The findings in some files."""
    return {name: findings[name] for name in names}


def changed(data: bytes, changes: Mapping[str, Mapping[str, str]]) -> bytes:
    """A workbook with other content in some cells; a cell keeps its style, one that is not there is added to its row."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    sheets = re.findall(r'<sheet name="([^"]*)"', parts["xl/workbook.xml"].decode())
    for number, sheet in enumerate(sheets, start=1):
        name = f"xl/worksheets/sheet{number}.xml"
        xml = parts[name].decode()
        for cell, content in changes.get(sheet, {}).items():
            xml = _with_cell(xml, cell, content)
        parts[name] = xml.encode()
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _with_cell(xml: str, cell: str, content: str) -> str:
    kind = ' t="inlineStr"' if content.startswith("<is>") else ' t="str"' if "通过" in content else ""
    there = re.search(rf'<c r="{cell}"( s="[0-9]+")?[^>]*?(/>|>.*?</c>)', xml)
    if there is not None:
        return xml.replace(there[0], f'<c r="{cell}"{there[1] or ""}{kind}>{content}</c>')
    row = cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    added = f'<row r="{row}"><c r="{cell}"{kind}>{content}</c></row>'
    return xml.replace("</sheetData>", f"{added}</sheetData>")
