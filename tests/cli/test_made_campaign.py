"""A made campaign of 300 units with every kind of return mixed in: exactly what is expected of each comes out.

What is expected is counted from the table of kinds (tests/support/made/kinds) when the campaign is made.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.cli.running import files_below, run
from tests.docs.pages import ROOT
from tests.support.made.kinds import TODAY
from tests.support.made.making import make_campaign
from tests.support.made.planning import times
from tests.support.made.table import kinds_table

UNITS = 300
JOBS = ("-j", "2")
_COLUMNS = {
    "汇总": {"funds.initial": "年初预算数", "funds.budget": "全年预算数", "funds.executed": "全年执行数"},
    "资金": {"funds.basic": "基本支出", "funds.project": "项目支出", "income.general": "一般公共预算"},
}
Expected = dict[str, Any]


@dataclass(frozen=True)
class Collected:
    """The campaign as it was made and collected, killed in the middle and run again. It is collected once for all tests.

    ``result`` is what the second run says, ``status`` where everything stands then, ``stamps`` the inbox before.
    """

    task: Path
    expected: Expected
    stamps: dict[str, tuple[int, int]]
    result: dict[str, Any]
    status: dict[str, Any]


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Collected:
    task = tmp_path_factory.mktemp("made") / "任务"
    expected = make_campaign(task, UNITS, jobs=2)
    stamps = _stamped(task / "收回")
    if hasattr(os, "killpg"):
        _kill_at(task, sum(expected["states"].values()) // 2)
    return Collected(task, expected, stamps, _collected(task), _status(task))


def test_every_kind_of_return_becomes_what_it_must(collected: Collected) -> None:
    _holds_what_is_expected(collected.result, collected.status, collected.expected)


def test_every_byte_is_archived_and_the_inbox_is_as_it_was(collected: Collected) -> None:
    _is_archived(collected.task, collected.expected)
    assert _stamped(collected.task / "收回") == collected.stamps


def test_the_summary_adds_up(collected: Collected, tmp_path: Path) -> None:
    _adds_up(collected.task, tmp_path / "汇总.xlsx", collected.expected)


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="needs process groups")
def test_what_was_killed_in_the_middle_was_gone_on_with(collected: Collected) -> None:
    assert {one["new"] for one in collected.result["files"]} == {False, True}
    assert run("ledger", "verify", collected.task).code == 0


def test_another_run_records_nothing(collected: Collected, tmp_path: Path) -> None:
    before = _ledger(collected.task, tmp_path)
    again = _collected(collected.task)
    assert _same(_ledger(collected.task, tmp_path), before), "another run recorded something"
    assert not any(one["new"] for one in again["files"])
    assert _without_new(again) == _without_new(collected.result)
    assert _stamped(collected.task / "收回") == collected.stamps


def test_too_few_units_for_all_kinds_are_told() -> None:
    with pytest.raises(ValueError, match="are needed"):
        times(20)


def test_the_document_has_the_table_of_kinds() -> None:
    """Written by ``python tools/made_campaign.py --table``."""
    text = (ROOT / "docs" / "guide" / "collection.md").read_text(encoding="utf-8")
    assert kinds_table(UNITS) in text


def _collected(task: Path) -> dict[str, Any]:
    done = run("collect", task, *JOBS, "--format", "json")
    assert done.code == 1, done.err
    found: dict[str, Any] = json.loads(done.out)
    return found


def _status(task: Path) -> dict[str, Any]:
    done = run("status", task, "--format", "json", "--today", TODAY.isoformat(), *JOBS)
    assert done.code == 0, done.err
    found: dict[str, Any] = json.loads(done.out)
    return found


def _holds_what_is_expected(result: dict[str, Any], status: dict[str, Any], expected: Expected) -> None:
    units = {
        unit["code"]: {
            "status": unit["status"],
            "codes": sorted(finding["code"] for finding in unit["findings"]),
            "sheets": {one["sheet"]: one["status"] for one in unit["attachments"]},
            "days_late": unit["days_late"],
            "versions": unit["versions"],
        }
        for unit in status["units"]
    }
    assert units.keys() == expected["units"].keys()
    wrong = {
        f"{code} {wanted['kind']}": (units[code], wanted)
        for code, wanted in expected["units"].items()
        if any(units[code][name] != wanted[name] for name in units[code])
    }
    assert not wrong
    assert _some(status["summary"]["by_status"]) == expected["by_status"]
    assert {form: _some(counts) for form, counts in status["summary"]["by_form"].items()} == expected["by_form"]
    assert status["summary"]["late"] == sum(count for days, count in expected["late"].items() if days != "0")
    assert dict(Counter(str(unit["days_late"]) for unit in status["units"])) == expected["late"]
    assert _some(result["summary"]["by_state"]) == expected["states"]
    aside = Counter(one["code"] for one in result["files"] if one["state"] == "set_aside")
    assert dict(aside) == dict(Counter(one["code"] for one in status["set_aside"])) == expected["set_aside"]
    assert not result["unread"]
    absent = {one["unit"]["code"] for one in result["missing"]}
    assert absent == {code for code, unit in expected["units"].items() if "missing" in unit["sheets"].values()} | {
        code for code, unit in expected["units"].items() if unit["status"] == "unsent"
    }


def _is_archived(task: Path, expected: Expected) -> None:
    """Every byte that was given is kept, and nothing else."""
    folder = task / ".xlsxeval" / "archive"
    kept = {hashlib.sha256(data).hexdigest() for data in files_below(folder).values()}
    assert sorted(kept) == expected["archive"]
    given = {hashlib.sha256(data).hexdigest() for data in files_below(task / "收回").values()}
    assert len(files_below(task / "收回")) == expected["inbox"]
    passed_over = given - kept
    assert passed_over == {hashlib.sha256(b"x").hexdigest()}


def _adds_up(task: Path, target: Path, expected: Expected) -> None:
    """The summary's totals are the sums of what was typed."""
    done = run("summary", task, "-o", target, "--date", TODAY.isoformat(), *JOBS)
    assert done.code == 1, done.err
    book = load_workbook(target, data_only=True)
    found: dict[str, float] = {}
    for sheet, columns in _COLUMNS.items():
        rows = [list(row) for row in book[sheet].iter_rows(values_only=True)]
        heads = next(row for row in rows if "单位代码" in row)
        total = next(row for row in reversed(rows) if any(str(cell).startswith("合计") for cell in row))
        found |= {name: round(float(str(total[heads.index(head)])), 2) for name, head in columns.items()}
    assert found == expected["summary"]["totals"]
    lines = [list(row) for row in book["汇总"].iter_rows(values_only=True)]
    heads = next(row for row in lines if "单位代码" in row)
    code, status = heads.index("单位代码"), heads.index("状态")
    stands = {str(row[code]): row[status] for row in lines if str(row[code]) in expected["units"]}
    assert stands == {code: unit["summary"] for code, unit in expected["units"].items()}


def _kill_at(task: Path, decided: int) -> None:
    """Collects in processes of their own and kills them all once so many files were decided about."""
    command = [sys.executable, "-m", "xlsxeval", "collect", str(task), *JOBS]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        while process.poll() is None and _decisions(task) < decided:
            time.sleep(0.05)
        assert process.poll() is None, "it came to its end before it could be killed"
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _decisions(task: Path) -> int:
    path = task / ".xlsxeval" / "ledger.sqlite"
    if not path.exists():
        return 0
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as database:
            return int(database.execute("SELECT count(*) FROM decisions").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


def _ledger(task: Path, folder: Path) -> dict[str, bytes]:
    """Every table of events but the acts themselves: each run is one."""
    target = folder / "台账"
    shutil.rmtree(target, ignore_errors=True)
    done = run("ledger", "export", task, "-o", target, "--format", "json")
    assert done.code == 0, done.err
    return {name: data for name, data in files_below(target).items() if "actions" not in name}


def _stamped(folder: Path) -> dict[str, tuple[int, int]]:
    return {str(path): (path.stat().st_size, path.stat().st_mtime_ns) for path in folder.rglob("*") if path.is_file()}


def _some(counts: dict[str, int]) -> dict[str, int]:
    return {name: count for name, count in counts.items() if count}


def _without_new(result: dict[str, Any]) -> dict[str, Any]:
    return {**result, "files": [{**one, "new": None} for one in result["files"]]}


def _same(one: object, other: object) -> bool:
    """Compared apart from the assertion, which would show all of it."""
    return one == other
