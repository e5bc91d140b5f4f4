"""What each command says of the same files and units, in one form, so that their answers can be compared."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from tests.cli.collectdesk import Desk
from xlsxeval.rules.unit_standings import UNDECIDED

LATE = ("--today", "2025-06-05")


@dataclass(frozen=True)
class Told:
    """What a command says. None stands where it says nothing of that.

    ``counting`` and ``waiting`` are contents by SHA-256; ``aside`` is how many files were set aside and not settled.
    ``undecided`` are units of which a file must be chosen; ``missing`` has what is missing of the units that came.
    """

    aside: int
    came: frozenset[str]
    undecided: frozenset[str]
    missing: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    errors: Mapping[str, int] = field(default_factory=dict)
    complete: int | None = None
    counting: frozenset[str] | None = None
    waiting: frozenset[str] | None = None
    warnings: Mapping[str, int] | None = None


def by_collect(desk: Desk) -> Told:
    done = desk.run("collect", "--format", "json")
    assert done.code in (0, 1), done.err
    data = json.loads(done.out)
    open_ones = [one for one in data["files"] if one["state"] == "set_aside" and not one["settled"]]
    absent = {one["unit"]["code"] for one in data["missing"] if not one["parts"]}
    codes = {"001", "002", "003"} & set(_units(desk))
    assert data["summary"]["complete"] == len(codes) - len(data["missing"])
    undecided = {one["unit"]["code"] for one in data["conflicts"]} | {one["code"] for one in data["whole_and_parts"]}
    errors = Counter[str]()
    for one in data["files"]:
        if one["state"] == "current":
            errors[one["unit"]["code"]] += one["errors"]
    needs = bool(open_ones or undecided or data["unread"] or any(one["errors"] for one in data["files"]))
    assert done.code == int(needs)
    return Told(
        aside=len(open_ones),
        came=frozenset(codes - absent),
        undecided=frozenset(undecided),
        missing={one["unit"]["code"]: tuple(one["parts"]) for one in data["missing"] if one["parts"]},
        errors=+errors,
        complete=data["summary"]["complete"],
        counting=_contents(one for one in data["files"] if one["state"] == "current"),
        waiting=_contents(one for one in data["files"] if one["state"] == "conflict"),
    )


def by_status(desk: Desk) -> Told:
    done = desk.run("status", "--format", "json", *LATE)
    assert done.code == 0, done.err
    data = json.loads(done.out)
    units = data["units"]
    came = [one for one in units if one["parts"]]
    parts = [part for one in units for part in one["parts"]]
    open_ones = [one for one in data["set_aside"] if not one["settled"]]
    (head,) = (line for line in desk.run("status", *LATE).out.splitlines() if line.startswith("共 "))
    done_ones = sum(one["status"] == "done" for one in units)
    assert (f"已报无误 {done_ones} 个" in head) == (done_ones > 0)
    for one in units:
        assert (one["status"] == "missing") == (not one["parts"])
        assert (one["status"] == "done") <= (not one["missing"] and not any(part["conflict"] for part in one["parts"]))
    return Told(
        aside=len(open_ones),
        came=frozenset(one["code"] for one in came),
        undecided=frozenset(one["code"] for one in units if any(part["conflict"] for part in one["parts"])),
        missing={one["code"]: tuple(one["missing"]) for one in came if one["missing"]},
        errors={one["code"]: count for one in units if (count := one["by_severity"]["error"])},
        complete=sum(not one["missing"] for one in came),
        counting=_contents(part["current"] for part in parts if part["current"]),
        waiting=_contents(file for part in parts for file in part["conflict"]),
        warnings={one["code"]: count for one in units if (count := one["by_severity"]["warning"])},
    )


def by_summary(desk: Desk) -> Told:
    target = desk.task.parent / "汇总.xlsx"
    done = desk.run("summary", "-o", target, "--date", "2025-06-01")
    assert done.code in (0, 1), done.err
    told = _told_by_book(target)
    assert done.code == int(bool(told.aside or told.undecided or told.errors))
    return told


def by_run(desk: Desk) -> Told:
    """What lies in 结果: the summary, with what 收表.txt and 核对.json say of it."""
    done = desk.run("run")
    assert done.code in (0, 1), done.err
    results = desk.task / "结果"
    told = _told_by_book(results / "汇总.xlsx")
    text = (results / "收表.txt").read_text("utf-8-sig")
    complete = re.search(r"报齐 (\d+) 个", text)
    aside = re.search(r"^搁置（.*）：(\d+)$", text, re.MULTILINE)
    assert complete is not None
    assert told.aside == (int(aside[1]) if aside else 0)
    files = json.loads((results / "核对.json").read_bytes())["files"]
    errors = Counter[str]()
    for one in files:
        errors[one["unit"]["code"]] += sum(found["severity"] == "error" for found in one["findings"])
    assert +errors == told.errors
    return Told(
        told.aside,
        told.came,
        told.undecided,
        told.missing,
        told.errors,
        int(complete[1]),
        _contents(files),
        warnings=told.warnings,
    )


SHELLS = {"collect": by_collect, "status": by_status, "summary": by_summary, "run": by_run}


def agreed(desk: Desk) -> Told:
    """What all of them say, each as far as it says anything of it."""
    told = {name: shell(desk) for name, shell in SHELLS.items()}
    status = told["status"]
    for name, one in told.items():
        for question in Told.__dataclass_fields__:
            answer, other = getattr(one, question), getattr(status, question)
            assert answer is None or answer == other, f"{question}: {name} says {answer}, status {other}"
    return status


def _told_by_book(path: Path) -> Told:
    rows = [list(row) for row in load_workbook(path, data_only=True)["汇总"].iter_rows(values_only=True)]
    heads = next(row for row in rows if "单位代码" in row)
    top = next(number for number, row in enumerate(rows) if "读不了的文件" in row)
    counts = dict(zip(rows[top], rows[top + 1], strict=True))
    code, status, errors, warnings, remark = map(heads.index, ("单位代码", "状态", "错误", "请核对", "备注"))
    units = {str(row[code]): row for row in rows if re.fullmatch(r"\d{3}", str(row[code]))}
    remarks = {whose: str(row[remark] or "") for whose, row in units.items()}
    lacking = {whose: text.rpartition("还缺 ")[2] for whose, text in remarks.items() if "还缺" in text}
    return Told(
        aside=int(counts["读不了的文件"]) + int(counts.get("不在名册的文件") or 0),
        came=frozenset(whose for whose, row in units.items() if row[status] != "未报"),
        undecided=frozenset(whose for whose, text in remarks.items() if UNDECIDED in text),
        missing={whose: tuple(sheets.split("、")) for whose, sheets in lacking.items()},
        errors={whose: int(row[errors]) for whose, row in units.items() if row[errors]},
        warnings={whose: int(row[warnings]) for whose, row in units.items() if row[warnings]},
    )


def _units(desk: Desk) -> list[str]:
    return re.findall(r'code: "(\d+)"', (desk.task / "campaign.yaml").read_text("utf-8"))


def _contents(files: Any) -> frozenset[str]:
    return frozenset(one["sha256"] for one in files)
