"""对照.yaml: which column of another system's export is which field, made once and kept with the campaign."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field

from xlsxeval.errors import DefinitionError
from xlsxeval.forms.definition import Edition, Form
from xlsxeval.forms.definition import Field as FormField
from xlsxeval.forms.schema import Strict
from xlsxeval.forms.yaml_file import YamlFile, suggestion
from xlsxeval.roster.indicators import BLOCK


class ExportMapping(Strict):
    """``对照.yaml``: which column of an export is what.

    ``fields`` are columns by ``form!path``; ``indicators`` the columns of one indicator a line, by the names of a block's
    fields. ``money`` is the unit of the export's amounts.
    """

    sheet: str | None = None
    unit: str
    project: str | None = None
    money: Literal["元", "千元", "万元", "亿元"]
    fields: dict[str, str] = Field(default_factory=dict)
    indicators: dict[str, str] = Field(default_factory=dict)
    form: str | None = None


def read_mapping(path: Path, edition: Edition) -> ExportMapping:
    """A mapping held against an edition. Raises DefinitionError with every fault at its line."""
    file = YamlFile(path)
    mapping = file.parse(ExportMapping)
    problems = []
    for name, column in mapping.fields.items():
        found = field_of(edition, name)
        if found is None:
            known = [f"{form.id}!{one}" for form in edition.forms for one in form.fields]
            problems.append(file.position(["fields", name]).problem(f"没有「{name}」这个字段{suggestion(name, known)}"))
        elif found[1].formula is not None or found[1].given is not None or found[1].block is not None:
            problems.append(file.position(["fields", name]).problem(f"「{name}」（{column}）不是由任务给的单个字段"))
        elif found[0].each == "project" and mapping.project is None:
            problems.append(
                file.position(["fields", name]).problem(f"「{name}」是项目的表，要写明哪一列是项目（project）")
            )
    if mapping.indicators:
        form = edition.form(mapping.form or "")
        if form is None or form.block(BLOCK) is None:
            problems.append(
                file.position(["indicators"]).problem("要写明指标是哪张表的（form），那张表要有 indicators")
            )
        else:
            unknown = [name for name in mapping.indicators if f"{BLOCK}.{name}" not in form.fields]
            problems += [file.position(["indicators", name]).problem(f"指标没有「{name}」这一列") for name in unknown]
    if problems:
        raise DefinitionError(problems)
    return mapping


def field_of(edition: Edition, name: str) -> tuple[Form, FormField] | None:
    """The form and the field of ``form!path``."""
    form_id, _, path = name.partition("!")
    form = edition.form(form_id)
    return None if form is None or path not in form.fields else (form, form.fields[path])
