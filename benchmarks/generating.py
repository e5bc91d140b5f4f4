"""Writing a workbook beside the same cells written bare with XlsxWriter.

The bare program (``bare.py``) makes the calls to XlsxWriter that a person would have written who had every cell, format,
validation and value in front of him; it gives the very same bytes, so the ratio is what our own part of the writing costs.
Laying out is the work before: YAML and campaign to cells, formulas bound and compiled, values computed.
"""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.bare import bare_writer
from benchmarks.harness import Contender, Table, Thoroughness, side_by_side
from benchmarks.material import CAMPAIGN, EDITION, KEY, PASSWORD, made
from xlsxeval.forms.seal import make_seal
from xlsxeval.layout.placing import build_layout
from xlsxeval.workbook import workbook_bytes


def benchmark(thoroughness: Thoroughness) -> Iterator[Table]:
    """The blank form of an ordinary unit. Raises ValueError where the bare program writes something else."""
    layout, seal = made().layout, made().seal

    def generate() -> bytes:
        fresh = build_layout(CAMPAIGN, seal.unit, EDITION)
        return workbook_bytes(fresh, make_seal(CAMPAIGN, seal.unit, EDITION, KEY), PASSWORD)

    bare = bare_writer(layout, seal, PASSWORD)
    if bare() != workbook_bytes(layout, seal, PASSWORD):
        raise ValueError("the bare program does not write the same workbook")
    contenders = [
        Contender("XlsxWriter bare: the same cells", bare),
        Contender("xlsxeval, the layout at hand", lambda: workbook_bytes(layout, seal, PASSWORD)),
        Contender("xlsxeval generate: laid out and written", generate),
    ]
    size = f"{len(bare()) / 1024:.0f} KiB, {len(layout.cells)} cells, {len(layout.formula_texts)} formulas"
    yield side_by_side("generate", "Writing a workbook", contenders, thoroughness.rounds, [size])
