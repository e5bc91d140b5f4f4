"""Report templates with tags of any kind, spoilt as workbooks are, and what must hold of the answer."""

from __future__ import annotations

import io
import random
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import docx

from tests.fuzz import markup, packing
from tests.report.made import sample_submission
from xlsxeval.forms.library import Library
from xlsxeval.report import ReportError, template_problems
from xlsxeval.report.attachments import Attachments
from xlsxeval.report.document import complete
from xlsxeval.report.fields import BlankValue, FieldGroup, NumberField, TextField
from xlsxeval.report.template import filled_bytes
from xlsxeval.report.template_parts import document_dangers
from xlsxeval.resources import templates_directory

_SECONDS = 1.0
_SAMPLE = "liuyang-2020"
_NAMES = (
    "year",
    "unit.name",
    "unit",
    "rows",
    "rows[0].share",
    "blank.x",
    "nothing",
    "loop.index",
    "n.x",
    "a",
    "unit.__class__",
)
_FILTERS = (
    "money",
    "percent",
    "length",
    "list",
    "join('、')",
    "sort",
    "sum(attribute='share')",
    "map('string')|list",
    "lines",
)
_FILTERS += (
    "round(3)",
    "center(9999)",
    "batch(3)|list",
    "replace('某', 'x'*99)",
    "safe",
    "format(1)",
    "first",
    "upper",
    "dx",
)
_OPERATORS = ("+", "-", "*", "/", "//", "**", "%", "~", "==", "<", "in", "and", "is", "if")
_WRAPS = (
    "{{{{ {} }}}}",
    "{{% if {} %}}甲{{% endif %}}",
    "{{% for a in {} %}}{{{{ a }}}}{{% endfor %}}",
    "{{% set a = {} %}}",
)
_WRAPS += (
    "{{%p if {} %}}",
    "{{%p endif %}}",
    "{{%p for a in {} %}}",
    "{{%p endfor %}}",
    "{{{{p {} }}}}",
    "{{%tr for a in {} %}}",
)
_WRAPS += (
    "{{% macro b(a) %}}{{{{ {} }}}}{{% endmacro %}}{{{{ b(1) }}}}",
    "{{% set n = namespace(x={}) %}}",
    "{{# {} #}}",
    "{}",
)


@cache
def _edition() -> Any:
    return Library(templates_directory()).edition("mof-2020")


def _context() -> dict[str, Any]:
    rows = [
        FieldGroup("行", {"name": TextField("某某", {}), "share": NumberField(0.5 * one, "0.0%", {})}) for one in (1, 2)
    ]
    unit = FieldGroup("单位（unit）", {"name": TextField("某某局", {}), "code": "001"})
    return {"year": 2024, "unit": unit, "rows": rows, "blank": FieldGroup("表", {"x": BlankValue()})}


def _expression(dice: random.Random, depth: int = 0) -> str:
    match dice.randrange(6 if depth < 3 else 3):
        case 0:
            return dice.choice(_NAMES)
        case 1:
            return dice.choice(
                ("1", "0", "'某'", "99999", "1.5", "[]", "[1, 2]", "none", "range(9)", "range(10**9)", "''", "{}")
            )
        case 2 | 3:
            return f"{_expression(dice, depth + 1)}|{dice.choice(_FILTERS)}"
        case 4:
            return f"({_expression(dice, depth + 1)})"
        case _:
            return f"{_expression(dice, depth + 1)} {dice.choice(_OPERATORS)} {_expression(dice, depth + 1)}"


def template(dice: random.Random) -> bytes:
    """A template with tags; half of them spoilt in their bytes, members or trees as well."""
    document = docx.Document()
    for _ in range(dice.randrange(1, 5)):
        tags = [dice.choice(_WRAPS).format(_expression(dice)) for _ in range(dice.choice((1, 1, 1, 2)))]
        text = "".join(tags)
        if dice.randrange(8) == 0:
            text = text.replace(dice.choice(("{", "}", "%", " ", "e")), dice.choice(("", "{{", "%}", "\n")), 1)
        (
            document.add_paragraph(text)
            if dice.randrange(5)
            else document.add_table(1, 2).cell(0, 1).paragraphs[0].add_run(text)
        )
    buffer = io.BytesIO()
    document.save(buffer)
    if dice.randrange(2):
        return buffer.getvalue()
    return dice.choice([*packing.BYTES, *packing.ZIP, *markup.XML])(dice, buffer.getvalue())


def check_template(data: bytes) -> Iterator[str]:
    """A template is filled in, or refused with a reason; what is filled in brings nothing from elsewhere."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "模板.docx"
        path.write_bytes(data)
        if any(not problem.message for problem in template_problems(path, _edition())):
            yield "a fault that says nothing"
        try:
            made = filled_bytes(path, _context(), _SECONDS)
        except ReportError as error:
            if not str(error):
                yield "refused without a reason"
            return
        yield from document_dangers(made)
        try:
            complete(docx.Document(io.BytesIO(made)), sample_submission(_SAMPLE), Attachments(()))
        except ReportError as error:
            if not str(error):
                yield "refused without a reason"
