"""Writes ``docs/internals/prose-measured.md``: the sentences that the reading of prose is held to, and the share of the samples it reads.

python tools/prose_doc.py
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.narrative.telling import sentences  # noqa: E402
from tests.proofreading.desk import SAMPLES, proof, report, submission  # noqa: E402
from xlsxeval.quantities import QuantityKind  # noqa: E402
from xlsxeval.rules.claimed_cells import comparable_cells  # noqa: E402
from xlsxeval.rules.report_prose import report_prose  # noqa: E402

TARGET = ROOT / "docs" / "internals" / "prose-measured.md"
RIGHT = ("right.txt", "right_scope.txt", "right_reports.txt")
WRONG = ("wrong.txt", "wrong_reports.txt")

PAGE = """\
# What the reading of prose is held to 正文核对测一测

<!-- Written by tools/prose_doc.py. Do not edit: change the tables of sentences, the words or the samples, then run the tool. -->

How prose is read is told in [narrative.md](narrative.md). The tables are in `tests/narrative/`; `test_silence.py` holds the program
to every line. They are written for one made unit (编制50人, 在职48人, 总支出388万元), in the manner of the five sample reports and of
what could be read of other reports that departments, schools, hospitals and townships of several provinces publish (自评报告, 部门决算说明,
绩效运行监控报告).

| table | sentences | what must come of them |
|---|---:|---|
{tables}

## Which figures of the five reports are held against a field 五份报告的数核对了多少

The prose is that of the Word report, with the sentences that the program writes from fields, as the published one has them. A figure
counts where it has a unit (an amount, a share, people, things, points). Most figures of a report (参保人数, 救助金额) stand in no form
and cannot be held against any.

| sample | figures in the prose | held against a field | share |
|---|---:|---:|---:|
{samples}

## What is found of the wrong ones, by rule

| rule | wrong sentences |
|---|---:|
{rules}
"""


def render() -> str:
    """The whole page."""
    tables = [
        *(f"| `{name}` | {len(sentences(name))} | right: nothing is told |" for name in RIGHT),
        *(f"| `{name}` | {len(sentences(name))} | wrong: told, by the rule that the table names |" for name in WRONG),
    ]
    counted = list(_samples())
    everything = (sum(figures for _, figures, _ in counted), sum(held for _, _, held in counted))
    lines = [_line(*one) for one in (*counted, ("all", *everything))]
    codes = [codes[0] for name in WRONG for _, codes in sentences(name)]
    rules = [f"| {code} | {codes.count(code)} |" for code in sorted(set(codes))]
    return PAGE.format(tables="\n".join(tables), samples="\n".join(lines), rules="\n".join(rules))


def _line(name: str, figures: int, held: int) -> str:
    return f"| {name} | {figures} | {held} | {held / figures:.1%} |"


def _samples() -> Iterator[tuple[str, int, int]]:
    """Yields each sample with the number of its figures, and of those that are held against a field."""
    for sample in SAMPLES:
        own = submission(sample)
        text = report_prose(proof(sample, report(sample)).fresh, own, {})
        figures = [
            figure
            for passage in text.passages
            for figure in passage.figures
            if figure.quantity.kind is not QuantityKind.BARE
        ]
        held = [one for one in text.stated if one.claim.counts or comparable_cells(own, one)]
        yield sample, len(figures), len(held)


if __name__ == "__main__":
    TARGET.write_text(render(), encoding="utf-8")
    print(TARGET)
