"""Makes a kept campaign: a small one as a program leaves it, for the tests that every later program has to pass.

python tools/keep_campaign.py tests/kept_campaigns/2026-11                       # with the program of this checkout
git worktree add ../before v1.0
python tools/keep_campaign.py tests/kept_campaigns/2026-11 --program ../before   # with another one

The campaign of ``tests/kept_campaigns/source`` is sent out, filled in and collected. One more file comes afterwards, for
the later program to collect. Into the folder go ``campaign.zip`` and ``expected.json``, what the program found.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "tests" / "kept_campaigns" / "source"
CAME = dt.datetime(2025, 4, 7, 12, 0)
TAMPERED = {
    "附件1": {"A2": "<is><t>编制人数</t></is>", "D9": "<v>7</v>"},
    "附件2": {"B3": "<v>0.5</v>", "E11": "<f>SUM(E5:E9)</f><v>99</v>", "I5": "<v>1</v>"},
    "自查": {"D6": '<f>"✓ 通过"</f><v>✓ 通过</v>', "C7": "<is><t>没有这一项</t></is>"},
}
"""What one unit changes in locked cells, by worksheet and cell."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target", type=Path, help="the folder of the kept campaign; what it holds is replaced")
    parser.add_argument("--program", type=Path, default=ROOT, help="the checkout of the program that makes it")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        desk = _Desk(Path(place) / "desk", arguments.program.resolve())
        expected = desk.make()
        arguments.target.mkdir(parents=True, exist_ok=True)
        (arguments.target / "campaign.zip").write_bytes(_packed(desk.folder))
        text = json.dumps(expected, ensure_ascii=False, indent=1)
        (arguments.target / "expected.json").write_text(text + "\n", encoding="utf-8")


class _Desk:
    def __init__(self, folder: Path, program: Path) -> None:
        self.folder = folder
        self.program = program
        shutil.copytree(SOURCE, folder)
        self.campaign = folder / "任务"
        self.returned = self.campaign / "收回"

    def make(self) -> dict[str, Any]:
        """The campaign sent out and collected; what was found in each file."""
        sent, later = self.campaign / "下发", self.folder / "后来"
        for folder in (self.returned, later):
            folder.mkdir()
        units = [f"--unit={code}" for code in ("001", "002", "003")]
        self.run("generate", self.campaign, "-o", sent, "--by", "王会计", *units)
        self.run("generate", self.campaign, "-o", sent, "--by", "王会计", "--split", "--unit=004")
        for values in sorted((self.folder / "values").glob("*.yaml")):
            code, _, part = values.stem.partition(" ")
            sheet, folder = ("", later) if part == "后来" else (part, self.returned)
            (blank,) = (path for path in sent.rglob("*.xlsx") if path.name.startswith(code) and sheet in path.stem)
            target = folder / f"{values.stem}.xlsx"
            self.run("fill", blank, values, "-o", target)
        tampered = self.returned / "003.xlsx"
        tampered.write_bytes(_tampered(tampered.read_bytes(), TAMPERED))
        for path in (*self.returned.glob("*"), *later.glob("*")):
            os.utime(path, (CAME.timestamp(), CAME.timestamp()))
        found = self.found(self.returned) | self.found(later)
        told = json.loads(self.run("collect", self.campaign, "--by", "王会计", "--format", "json", fails=True))
        shutil.rmtree(self.folder / "values")
        return {"errors": {Path(one["source"]).name: one["errors"] for one in told["files"]}, "findings": found}

    def found(self, folder: Path) -> dict[str, Any]:
        """By file, the findings as code, severity, place, shown and expected value."""
        told = self.run("check", folder, "--campaign", self.campaign, "--format", "json", fails=True)
        return {
            Path(file["path"]).name: [_finding(one) for one in file["findings"]] for file in json.loads(told)["files"]
        }

    def run(self, *words: str | Path, fails: bool = False) -> str:
        command = [sys.executable, "-m", "xlsxeval", "--templates", str(self.folder / "templates"), *map(str, words)]
        environment = {**os.environ, "PYTHONPATH": str(self.program), "PYTHONUTF8": "1"}
        done = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=self.folder, check=False)
        if done.returncode > int(fails):
            raise SystemExit(f"{' '.join(command)}\n{done.stderr}")
        return done.stdout


def _finding(data: Mapping[str, Any]) -> list[Any]:
    return [data[name] for name in ("code", "severity", "sheet", "cell", "shown", "expected")]


def _tampered(data: bytes, changes: Mapping[str, Mapping[str, str]]) -> bytes:
    """A workbook with other content in some cells; a cell keeps its style, one that is not there is added to its row."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    book = parts["xl/workbook.xml"].decode()
    for number, sheet in enumerate(re.findall(r'<sheet name="([^"]*)"', book), start=1):
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


def _packed(folder: Path) -> bytes:
    """A folder as an archive: the same bytes whenever its files are the same."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                info = zipfile.ZipInfo(path.relative_to(folder).as_posix(), CAME.timetuple()[:6])
                archive.writestr(info, path.read_bytes(), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


if __name__ == "__main__":
    main()
