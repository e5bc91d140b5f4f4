"""How much a received file may ask of us: every bound of the guard in one place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one received workbook. All are absolute: ratios say little, honest style parts pack very well."""

    file_bytes: int = 20 * 1024 * 1024
    """The file as it was sent."""
    entries: int = 500
    """Members of the zip directory."""
    part_bytes: int = 64 * 1024 * 1024
    """One part, inflated; counted while inflating, whatever its header says."""
    total_bytes: int = 128 * 1024 * 1024
    """All parts, inflated."""
    depth: int = 200
    """Nested elements of one part."""
    nodes: int = 5_000_000
    """Elements and attributes of all parts together; what is kept of them (names, merges, links) counts for more."""
    token_bytes: int = 4_000_000
    """One tag with the text that follows it."""
    shared_strings: int = 200_000
    """Texts of the table of shared strings."""
    cell_characters: int = 32_767
    """The text of one cell, which is Excel's own bound; what is longer is cut and reported."""
    formula_characters: int = 4_000_000
    """All formulas together, shared ones written out."""
    cells: int = 300_000
    """Cells of all worksheets together, styled blanks among them."""
    far_row: int = 20_000
    """A filled cell below this row is reported: no form is as long."""
    far_column: int = 1_000
    """A filled cell to the right of this column is reported: no form is as wide."""
    faults_of_a_kind: int = 100
    """Faults with the same code that are listed one by one; the rest is counted."""
