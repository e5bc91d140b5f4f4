"""``python -m benchmarks``: every benchmark, or those named, printed as tables that can be read and pasted."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from importlib import import_module
from pathlib import Path

from benchmarks.harness import Table, Thoroughness
from benchmarks.machine import load, machine
from benchmarks.printing import as_markdown, as_text, told_of, with_figures
from xlsxeval.interpreter import settle

BENCHMARKS = {
    "floor": "floor",
    "check": "checking",
    "start": "starting",
    "generate": "generating",
    "calc": "calc",
    "large": "large",
    "report": "reporting",
    "size": "size",
    "number": "number",
    "collect": "collect",
    "receive": "receiving",
    "desk": "desk",
    "portal": "serving",
    "audit": "auditing",
}
"""By what ``--only`` takes: the module."""


def run(names: Sequence[str], thoroughness: Thoroughness, *, markdown: bool = False) -> list[Table]:
    """Prints each table as soon as it is measured."""
    show = as_markdown if markdown else as_text
    tables = []
    for name in names:
        for table in import_module(f"benchmarks.{BENCHMARKS[name]}").benchmark(thoroughness):
            table.notes.append(f"load average at the end: {load()}")
            print(show(table), flush=True)
            tables.append(table)
    return tables


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser("python -m benchmarks", description=__doc__)
    parser.add_argument("--only", action="append", choices=list(BENCHMARKS), metavar="NAME", help=", ".join(BENCHMARKS))
    parser.add_argument("--quick", action="store_true", help="one repetition of everything, small: does it still run?")
    parser.add_argument("--full", action="store_true", help="10,000 workbooks, too")
    parser.add_argument("--markdown", action="store_true", help="tables for docs/internals/performance.md")
    parser.add_argument("--into", type=Path, metavar="FILE", help="a Markdown file whose figures are replaced by these")
    parser.add_argument("--json", type=Path, metavar="FILE", help="all figures, for programs")
    chosen = parser.parse_args(arguments)
    settle()  # as the program does: it holds for every contender in this process
    facts = machine()
    print(told_of(facts, markdown=chosen.markdown), flush=True)
    thoroughness = Thoroughness(quick=chosen.quick, full=chosen.full)
    tables = run(chosen.only or list(BENCHMARKS), thoroughness, markdown=chosen.markdown)
    if chosen.json:
        data = {"schema": 1, "machine": facts, "tables": [asdict(table) for table in tables]}
        chosen.json.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if chosen.into:
        parts = [told_of(facts, markdown=True), *map(as_markdown, tables)]
        text = chosen.into.read_text(encoding="utf-8")
        chosen.into.write_text(with_figures(text, "\n".join(parts)), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
