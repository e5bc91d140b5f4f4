"""Errors newer than the file format: #CALC! and #SPILL! stand as ``#VALUE!`` in a cell, and say elsewhere what they are.

A cell's ``vm`` is the number of a value metadata; that leads to a rich value, which has the structure ``_error`` and the
number of an error. Source: [MS-XLSX] 2.3.6 and 2.6.291 (rich values, error types).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from xlsxeval.intake.package import Package, Relation

_KINDS: Final = ("sheetMetadata", "rdRichValue", "rdRichValueStructure")
"""The parts that are needed, by the kinds of their relations; the targets of others are not looked at."""
_ERRORS: Final = {8: "#SPILL!", 13: "#CALC!"}
_BLOCK: Final = re.compile(rb'<bk>\s*<rc\b[^<>]*\bv="([0-9]{1,6})"[^<>]*>')
_RICH: Final = re.compile(rb'<(?:\w+:)?rvb\b[^<>]*\bi="([0-9]{1,6})"')
_VALUE: Final = re.compile(rb'<rv\b[^<>]*\bs="([0-9]{1,6})"[^<>]*>')
_FIRST: Final = re.compile(rb"\s*<v>([0-9]{1,6})</v>")
_STRUCTURE: Final = re.compile(rb'<s\b[^<>]*\bt="(\w{1,80})"')


def rich_errors(package: Package, relations: Sequence[Relation]) -> Mapping[int, str]:
    """The texts of errors by the ``vm`` of cells; empty where a part is missing or says otherwise."""
    kinds_of_parts = [(relation.kind.rpartition("/")[2], relation) for relation in relations if not relation.external]
    parts = {kind: relation.part for kind, relation in kinds_of_parts if kind in _KINDS}
    names = [parts.get(kind) for kind in _KINDS]
    if not all(name is not None and name in package for name in names):
        return {}
    metadata, values, structures = (package.read(name) for name in names if name is not None)
    kinds = [match[1] for match in _STRUCTURE.finditer(structures)]
    codes: list[int | None] = []
    for start in _VALUE.finditer(values):
        first = _FIRST.match(values, start.end())
        is_error = int(start[1]) < len(kinds) and kinds[int(start[1])] == b"_error"
        codes.append(int(first[1]) if first is not None and is_error else None)
    pointers = [int(match[1]) for match in _RICH.finditer(metadata)]
    block = metadata.partition(b"<valueMetadata")[2].partition(b"</valueMetadata>")[0]
    found: dict[int, str] = {}
    for number, match in enumerate(_BLOCK.finditer(block), 1):
        index = int(match[1])
        pointer = pointers[index] if index < len(pointers) else len(codes)
        code = codes[pointer] if pointer < len(codes) else None
        if code in _ERRORS:
            found[number] = _ERRORS[code]
    return found
