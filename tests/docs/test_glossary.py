"""The glossary's names are names of the code and of the templates."""

from __future__ import annotations

import ast
import re

from tests.docs.pages import ROOT
from tests.house.sources import modules
from xlsxeval.forms.library import Library

_SPAN = re.compile(r"`([^`]+)`")
_FILE = re.compile(r"\.(yaml|md|py)$")


def _spans() -> list[str]:
    text = (ROOT / "docs" / "internals" / "glossary.md").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.startswith("|")]
    return [span for row in rows for span in _SPAN.findall(row) if not _FILE.search(span)]


def _definitions() -> set[str]:
    """Ids of forms, blocks and fields (and their first parts), parameters, and the keys that hold them."""
    library = Library(ROOT / "templates")
    names = {"attachment", "basis", "checks", "claims", "repeat"}
    for edition in map(library.edition, library.editions()):
        names |= {f"edition!{parameter}" for parameter in edition.parameters}
        for form in edition.forms:
            names.add(form.id)
            names |= {field.block for field in form.fields.values() if field.block}
            for field in form.fields:
                parts = field.split(".")
                names |= {".".join(parts[: count + 1]) for count in range(len(parts))}
    return names


def _classes() -> set[str]:
    return {node.name for tree in modules().values() for node in tree.body if isinstance(node, ast.ClassDef)}


def test_names_of_forms_and_fields_exist() -> None:
    names = _definitions()
    wanted = [re.sub(r"\[\d+\]", "", span) for span in _spans() if span[0].islower()]
    assert len(wanted) > 40
    assert [name for name in wanted if name not in names] == []


def test_names_of_classes_exist() -> None:
    classes = _classes()
    wanted = [span for span in _spans() if span[0].isupper()]
    assert wanted
    assert [name for name in wanted if name not in classes] == []
