"""By which suffixes and first bytes files are known is written down once: in ``file_kinds``, or in the file of a kind."""

from __future__ import annotations

import ast

from tests.house.literals import nodes
from xlsxeval.file_kinds import DOCUMENTS, FOREIGN, OLE, TABLES, ZIP
from xlsxeval.output import output_formats
from xlsxeval.parcels.kinds import parcel_kinds

HOMES = ("file_kinds.py", "parcels/kinds/", "output/formats/")
WRITTEN = (
    {".xlsx", ".zip"},  # what goes out to a unit: its workbook, or an archive of its workbooks
    {".txt", ".eml"},  # a reminder: as a text and as a mail
)
"""Suffixes that the program gives to files of its own."""
RECORDS = "intake/zip_records.py"
"""Reads the records of a zip archive, each of which begins with its signature."""

SUFFIXES = {*TABLES, *DOCUMENTS}
SUFFIXES |= {suffix for kind in parcel_kinds() for suffix in kind.suffixes}
SUFFIXES |= {suffix for one in output_formats().values() for suffix in one.suffixes}
FIRST_BYTES = {ZIP, OLE, *FOREIGN, *(kind.magic for kind in parcel_kinds() if kind.magic)}
DISPLAYS = (ast.List, ast.Tuple, ast.Set, ast.Dict)


def _listed(node: ast.AST) -> set[object]:
    """The suffixes in a list, tuple or set, or among the keys of a dictionary."""
    if not isinstance(node, DISPLAYS):
        return set()
    written = node.keys if isinstance(node, ast.Dict) else node.elts
    return {one.value for one in written if isinstance(one, ast.Constant)} & SUFFIXES


def test_no_list_of_suffixes_stands_elsewhere() -> None:
    lists = [(path, _listed(node)) for path, node in nodes((f'"{suffix}"' for suffix in SUFFIXES), HOMES)]
    assert [(path, found) for path, found in lists if len(found) > 1 and found not in WRITTEN] == []


def test_no_first_bytes_stand_elsewhere() -> None:
    constants = ((path, node.value) for path, node in nodes(['b"', "b'"], HOMES) if isinstance(node, ast.Constant))
    assert [(path, value) for path, value in constants if value in FIRST_BYTES and path != RECORDS] == []


def test_a_list_would_be_seen() -> None:
    for text in ('{".xlsx", ".rar"}', '{".xml": "junit", ".html": "html"}', '(".eml", *more, ".docx")'):
        (expression,) = ast.parse(text).body
        assert isinstance(expression, ast.Expr)
        assert len(_listed(expression.value)) == 2
