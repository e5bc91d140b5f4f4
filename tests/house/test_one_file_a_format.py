"""A format of ``check`` is one file: with it come the choice, the suffix, the help and the refusal to overwrite."""

from __future__ import annotations

import ast
import json
import pkgutil
import subprocess
import sys
from pathlib import Path

import xlsxeval.output.formats as package
from tests.cli.running import Ran
from tests.house.literals import nodes
from xlsxeval.output import output_formats

ROOT = Path(__file__).resolve().parents[2]
COUNT = """
from xlsxeval.output.format import OutputFormat

FORMAT = OutputFormat(
    name="count",
    order=99,
    title="{names} 只数一数",
    suffixes=(".count",),
    begins=r"counted \\d+",
    write=lambda verdicts, sources: f"counted {len(verdicts)}",
)
"""
DRIVER = """
import json, sys
import xlsxeval.output.formats as package
package.__path__.append(sys.argv[1])
from tests.cli.running import run
print(json.dumps([vars(run(*line)) for line in json.loads(sys.argv[2])]))
"""


def test_a_new_file_is_all_that_a_new_format_needs(tmp_path: Path) -> None:
    added = tmp_path / "added"
    added.mkdir()
    (added / "count.py").write_text(COUNT, encoding="utf-8")
    bad = tmp_path / "坏.xlsx"
    bad.write_bytes(b"nothing")
    foreign = tmp_path / "要紧的"
    foreign.write_bytes(b"work")
    out = tmp_path / "结果.count"
    lines = [
        ["check", "--help"],
        ["check", str(bad), "--format", "count"],
        ["check", str(bad), "-o", str(out)],
        ["check", str(bad), "-o", str(out)],
        ["check", str(bad), "--format", "count", "-o", str(foreign)],
        ["check", str(bad), "--format", "nosuch"],
    ]
    command = [sys.executable, "-c", DRIVER, str(added), json.dumps(lines)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    told, shown, written, again, refused, unknown = [Ran(**one) for one in json.loads(done.stdout)]
    assert "count]" in told.out
    assert "count 只数一数" in told.out
    assert (shown.code, shown.out) == (1, "counted 1\n")
    assert (written.code, again.code, out.read_text(encoding="utf-8")) == (1, 1, "counted 1")
    assert (refused.code, foreign.read_bytes()) == (2, b"work")
    assert "count 格式" in refused.err
    assert unknown.code == 2
    assert "'count'" in unknown.err


def test_nothing_else_names_the_formats() -> None:
    names = set(output_formats()) - {"text", "json", "html"}  # which are words for other things too
    assert len(names) >= 4
    found = nodes((f'"{name}"' for name in names), ("output/formats/",))
    naming = [(path, node.value) for path, node in found if isinstance(node, ast.Constant) and node.value in names]
    assert naming == []


def test_no_two_formats_share_a_name_a_place_or_a_suffix() -> None:
    assert len(output_formats()) == len(list(pkgutil.iter_modules(package.__path__)))
    every = output_formats().values()
    assert len({one.order for one in every}) == len(every)
    suffixes = [suffix for one in every for suffix in one.suffixes]
    assert len(set(suffixes)) == len(suffixes)
