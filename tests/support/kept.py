"""Campaigns as a program left them, on a desk of one's own: what is found in their files, as code, severity and place."""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.cli.running import Ran, run

KEPT = Path(__file__).resolve().parent.parent / "kept_campaigns"
SOURCE = KEPT / "source"
CAME, CAME_LATER = 1_744_000_000, 1_744_200_000
"""When files come back, in seconds, two days apart."""
SHEETS = {"001": None, "002": None, "003": None, "004 附件1": "附件1", "004 附件2": "附件2"}

Findings = Mapping[str, list[list[Any]]]


@dataclass(frozen=True)
class KeptDesk:
    """A folder with templates, a campaign (任务) and what its units send afterwards (后来)."""

    folder: Path

    @property
    def task(self) -> Path:
        return self.folder / "任务"

    @property
    def returned(self) -> Path:
        return self.task / "收回"

    @property
    def forms(self) -> Path:
        return self.task / ".xlsxeval" / "forms"

    def copy(self, folder: Path) -> KeptDesk:
        shutil.copytree(self.folder, folder)
        return KeptDesk(folder)

    def run(self, *words: str | Path) -> Ran:
        return run("--templates", self.folder / "templates", *words)

    def check(self, *files: Path, campaign: bool = True, jobs: int = 1) -> Findings:
        """By file, what is found in it."""
        return found(
            self.run("check", *(files or [self.returned]), *self._known(campaign), "--format", "json", f"-j{jobs}")
        )

    def collect(self) -> Mapping[str, int]:
        """Collects; by file, how many errors it has."""
        told = self.run("collect", self.task, "--by", "王会计", "--format", "json")
        assert told.code in (0, 1), told.err
        files = json.loads(told.out)["files"]
        return {Path(one["source"]).name: one["errors"] for one in files if one["state"] == "current"}

    def arrive(self, file: Path, name: str) -> None:
        """Puts a file into 收回, on another day than the others."""
        target = Path(shutil.copy(file, self.returned / name))
        os.utime(target, (CAME_LATER, CAME_LATER))

    def _known(self, campaign: bool) -> list[str | Path]:
        return ["--campaign", self.task] if campaign else []


def found(told: Ran) -> Findings:
    """By file, what ``check --format json`` told: code, severity, sheet, cell, shown and expected value."""
    assert told.code in (0, 1), told.err
    names = ("code", "severity", "sheet", "cell", "shown", "expected")
    files = json.loads(told.out)["files"]
    return {Path(file["path"]).name: [[one[name] for name in names] for one in file["findings"]] for file in files}


def without(findings: Findings, codes: Iterable[str]) -> Findings:
    """The findings but for those of some rules."""
    left_out = set(codes)
    return {name: [one for one in of_file if one[0] not in left_out] for name, of_file in findings.items()}


def unpacked(kept: Path, folder: Path) -> KeptDesk:
    """A kept campaign on a desk."""
    with zipfile.ZipFile(kept / "campaign.zip") as archive:
        archive.extractall(folder)
    return KeptDesk(folder)


def sent_and_filled(folder: Path) -> KeptDesk:
    """The campaign that kept campaigns are made of, sent out and filled in by the program at hand, not collected."""
    desk = KeptDesk(folder)
    shutil.copytree(SOURCE, folder)
    desk.returned.mkdir()
    sent = desk.task / "下发"
    desk.run("generate", desk.task, "-o", sent, *(f"--unit={code}" for code in ("001", "002", "003")))
    desk.run("generate", desk.task, "-o", sent, "--split", "--unit=004")
    for name, sheet in SHEETS.items():
        fill(desk, name, name[:3], sheet)
    return desk


def fill(desk: KeptDesk, values: str, unit: str, sheet: str | None = None, name: str | None = None) -> Path:
    """A unit's workbook in 下发 filled in, as a file in 收回."""
    (blank,) = (
        path
        for path in (desk.task / "下发").rglob("*.xlsx")
        if path.name.startswith(unit) and (sheet or "") in path.stem
    )
    target = desk.returned / f"{name or values}.xlsx"
    done = desk.run("fill", blank, desk.folder / "values" / f"{values}.yaml", "-o", target)
    assert done.code == 0, done.err
    os.utime(target, (CAME, CAME))
    return target
