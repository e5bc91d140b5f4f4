"""Runs of a campaign that are killed at any moment, and what a campaign has come to, to be compared."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.cli.running import files_below, run

_OF_THE_RUN = ("id", "action", "at", "who", "under")
"""Columns that say by which run, and not what, was recorded."""
_NAMED = {"submission": "submissions", "other": "submissions", "receipt": "receipts", "judgement": "judgements"}
_ACTS = "actions"


def run_to_its_end(task: Path, *options: str) -> float:
    """Runs the campaign; returns the seconds that it took."""
    since = time.monotonic()
    subprocess.run(_command(task, *options), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    return time.monotonic() - since


def run_killed(task: Path, seconds: float, *options: str) -> bool:
    """Runs the campaign and kills all its processes after some seconds; False where it came to its end before."""
    process = subprocess.Popen(
        _command(task, *options), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return True
    return False


def state_of(task: Path, scratch: Path) -> dict[str, Any]:
    """The ledger's content, the archive's and the results' bytes, and the workbooks sent, each under its name."""
    target = scratch / "台账"
    done = run("ledger", "export", task, "-o", target, "--format", "json", "--force")
    assert done.code == 0, done.err
    return {
        **{f"ledger {name}": rows for name, rows in _ledger(target).items()},
        **{f"archive {name}": data for name, data in files_below(task / ".xlsxeval" / "archive").items()},
        **{f"results {name}": data for name, data in files_below(task / "结果").items()},
        **{f"sent {name}": data for name, data in files_below(task / "下发").items()},
    }


def differences(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    """The names of what is not the same in two states."""
    return sorted(name for name in {*one, *other} if one.get(name) != other.get(name))


def _command(task: Path, *options: str) -> list[str]:
    return [sys.executable, "-m", "xlsxeval", "run", str(task), *options]


def _ledger(folder: Path) -> dict[str, Counter[str]]:
    """Each table as the number of its rows with the same content; rows that it names stand for their numbers."""
    tables = {path.stem: json.loads(path.read_text(encoding="utf-8"))["rows"] for path in folder.glob("*.json")}
    content: dict[str, dict[int, str]] = {}
    for name in (
        "receipts",
        "submissions",
        "judgements",
        *sorted({*tables} - {"receipts", "submissions", "judgements"}),
    ):
        content[name] = {row["id"]: _said(row, content) for row in tables[name]}
    return {name: Counter(rows.values()) for name, rows in content.items() if name != _ACTS}


def _said(row: Mapping[str, Any], content: Mapping[str, Mapping[int, str]]) -> str:
    kept = {name: value for name, value in row.items() if name not in _OF_THE_RUN}
    for name, table in _NAMED.items():
        if kept.get(name) is not None and table in content:
            kept[name] = content[table][kept[name]]
    return json.dumps(kept, ensure_ascii=False, sort_keys=True)
