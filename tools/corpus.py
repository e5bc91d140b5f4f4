#!/usr/bin/env python3
"""Recalculates a folder of workbooks that other programs computed, and says where the results differ.

    python tools/corpus.py FOLDER [--tsv OUT] [--seconds 60] [--megabytes 2048] [--examples 20] [--only NAME]

Each workbook is read and recalculated in a child process with bounds on time and memory. The table has a line per
workbook that is not in full agreement; the TSV has a line per workbook and a line per difference. Cells that are not
compared (unsupported functions, clock and chance, what depends on them) are counted by reason.

Workbooks are fetched when needed, from public repositories of spreadsheet libraries for example, and never committed.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from xlsxeval.calc import Call, FormulaSyntaxError, parse, walk
from xlsxeval.calc.recalculation import Recalculated
from xlsxeval.intake.reader import read_workbook
from xlsxeval.intake.recalc import recalculate_workbook
from xlsxeval.intake.rejected import Rejected
from xlsxeval.limits import Limits

KEPT_DIFFERENCES = 2000
"""Differences of one workbook that are listed one by one."""


def functions_of(formula: str) -> list[str]:
    """The functions of a formula, the outermost first, each once."""
    try:
        return list(dict.fromkeys(node.name for node in walk(parse(formula)) if isinstance(node, Call)))
    except (FormulaSyntaxError, RecursionError):
        return ["?"]


def examined(path: Path) -> dict[str, Any]:
    """What recalculating one workbook gives, as data."""
    begin = time.process_time()
    try:
        raw = read_workbook(path.read_bytes(), Limits(cells=3_000_000, seconds=600))
    except Rejected as problem:
        return {"state": f"refused {problem.fault.code}"}
    result = recalculate_workbook(raw)
    differing = [cell for cell in result.cells if cell.differs]
    doubts = Counter(cell.doubt for cell in result.cells if cell.doubt)
    return {
        "state": "done",
        "formulas": len(result.cells),
        "compared": sum(cell.doubt is None for cell in result.cells),
        "differing": len(differing),
        "doubts": dict(doubts),
        "by_function": dict(Counter((functions_of(cell.formula) or ["-"])[0] for cell in differing)),
        "differences": [_difference(cell) for cell in differing[:KEPT_DIFFERENCES]],
        "seconds": time.process_time() - begin,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def _difference(cell: Recalculated) -> list[str]:
    return [str(cell.address), cell.formula, repr(cell.cached), repr(cell.value)]


def bounded(path: Path, seconds: int, megabytes: int) -> dict[str, Any]:
    """``examined`` in a child process that is ended when it takes too long or too much memory."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(ours)
        signal.alarm(seconds)
        resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
        try:
            found = examined(path)
        except MemoryError:
            found = {"state": "out of memory"}
        except Exception as problem:
            found = {"state": f"failed: {problem!r}"[:300]}
        with os.fdopen(theirs, "w", encoding="utf-8", errors="backslashreplace") as pipe:
            json.dump(found, pipe)
        os._exit(0)
    os.close(theirs)
    with os.fdopen(ours, encoding="utf-8") as pipe:
        text = pipe.read()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return {"state": "too slow" if os.WTERMSIG(status) == signal.SIGALRM else f"signal {os.WTERMSIG(status)}"}
    return dict(json.loads(text)) if text else {"state": "nothing came back"}


def workbooks(folder: Path, only: str) -> Iterator[Path]:
    """The workbooks below a folder whose names hold a text."""
    found = (path for path in folder.rglob("*") if path.suffix.lower() in (".xlsx", ".xlsm"))
    return (path for path in sorted(found) if only in path.name and not path.name.startswith("~$"))


def tsv_lines(name: str, found: dict[str, Any]) -> Iterator[str]:
    """The lines of one workbook: itself, then its differences."""
    figures = [found.get(key, "") for key in ("formulas", "compared", "differing", "seconds", "megabytes")]
    shown = [f"{figure:.2f}" if isinstance(figure, float) else str(figure) for figure in figures]
    yield "\t".join(["workbook", name, found["state"], *shown])
    for difference in found.get("differences", ()):
        yield "\t".join(["difference", name, *(part.replace("\t", " ").replace("\n", " ") for part in difference)])
    for reason, count in found.get("doubts", {}).items():
        yield "\t".join(["not compared", name, reason, str(count)])


def main() -> int:
    """Runs over the folder; 0 when nothing differs."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--tsv", type=Path, help="write a line per workbook and per difference")
    parser.add_argument("--seconds", type=int, default=60, help="for one workbook")
    parser.add_argument("--megabytes", type=int, default=2048, help="for one workbook")
    parser.add_argument("--examples", type=int, default=20, help="differences to print")
    parser.add_argument("--only", default="", help="workbooks whose names hold this")
    options = parser.parse_args()
    states, by_function, doubts, totals = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    examples: list[str] = []
    lines: list[str] = []
    for path in workbooks(options.folder, options.only):
        found = bounded(path, options.seconds, options.megabytes)
        states[found["state"]] += 1
        for key in ("formulas", "compared", "differing"):
            totals[key] += found.get(key, 0)
        by_function.update(found.get("by_function", {}))
        doubts.update(found.get("doubts", {}))
        examples += [f"{path.name} {'  '.join(item)}" for item in found.get("differences", ())[:3]]
        lines += tsv_lines(path.name, found)
        if found["state"] != "done" or found["differing"]:
            print(f"{path.name[:60]:60} {found['state'][:60]:20}", *_figures(found), flush=True)
    if options.tsv:
        options.tsv.write_text("\n".join(lines) + "\n", encoding="utf-8")
    _print_totals(states, totals, by_function, doubts)
    print(*examples[: options.examples], sep="\n")
    return int(totals["differing"] > 0)


def _figures(found: dict[str, Any]) -> list[str]:
    if found["state"] != "done":
        return []
    return [
        f"{found['formulas']:7} formulas {found['differing']:6} differ",
        f"{found['seconds']:6.1f} s {found['megabytes']:6.0f} MB",
    ]


def _print_totals(states: Counter[str], totals: Counter[str], by_function: Counter[str], doubts: Counter[str]) -> None:
    for title, counter in (("Workbooks", states), ("Differences by function", by_function), ("Not compared", doubts)):
        print(f"\n{title}", *(f"{count:8} {name}" for name, count in counter.most_common()), sep="\n")
    compared, differing = totals["compared"], totals["differing"]
    share = 100 * (1 - differing / compared) if compared else 100.0
    print(f"\n{totals['formulas']} formulas, {compared} compared, {differing} differ: {share:.3f} % agree\n")


if __name__ == "__main__":
    sys.exit(main())
