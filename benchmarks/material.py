"""Workbooks to measure with: those of the sample zhuzhou-2024 with as many projects as wanted, filled in with its values."""

from __future__ import annotations

import io
import json
import re
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import cache
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from benchmarks.harness import ORDINARY
from xlsxeval.calc import Scalar
from xlsxeval.forms.campaign import Unit, load_campaign
from xlsxeval.forms.library import Library
from xlsxeval.forms.seal import Seal, make_seal
from xlsxeval.forms.yaml_file import YamlFile
from xlsxeval.layout.layout import Layout
from xlsxeval.layout.placing import build_layout
from xlsxeval.layout.values_file import load_values
from xlsxeval.model import Address
from xlsxeval.workbook import workbook_bytes

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "samples" / "zhuzhou-2024"
KEY = b"k" * 32
PASSWORD = "password"  # noqa: S105 - of forms that nobody keeps
LIBRARY = Library(ROOT / "templates")
CAMPAIGN, EDITION = load_campaign(SAMPLE, LIBRARY)
_OF_PROJECT = re.compile(r"附件3-[0-9]+")


@dataclass(frozen=True, slots=True)
class Made:
    """A unit's layout, and its workbook as it comes back, filled in."""

    layout: Layout
    seal: Seal
    values: Mapping[Address, Scalar]
    returned: bytes

    @property
    def size(self) -> str:
        """What to say of it under a table."""
        cells, formulas = len(self.layout.cells), len(self.layout.formula_texts)
        sheets = len(self.layout.sheets)
        return f"{len(self.returned) / 1024:.0f} KiB, {sheets} worksheets, {cells} cells, {formulas} formulas"


def unit_of(projects: int, number: int = 0) -> Unit:
    """The sample's unit with that many projects: its own six, over and over. Units of different numbers differ."""
    own = CAMPAIGN.units[0]
    taken = islice(cycle(own.projects), projects)
    named = [replace(one, name=f"{one.name}{index}") for index, one in enumerate(taken, start=1)]
    return replace(own, code=f"{430200101 + number:09d}", projects=tuple(named))


@cache
def made(projects: int = ORDINARY) -> Made:
    """An ordinary return: what a careful unit typed, the sums of its projects wrong where it has other ones."""
    unit = unit_of(projects)
    layout = build_layout(CAMPAIGN, unit, EDITION)
    seal = make_seal(CAMPAIGN, unit, EDITION, KEY)
    values = _values(layout)
    return Made(layout, seal, values, workbook_bytes(layout, seal, PASSWORD, values))


def returns(count: int, projects: int = ORDINARY) -> Iterator[tuple[str, bytes]]:
    """Returns of as many units, each sealed as its own, by file name.

    Only one is laid out: in the others its code and signature are put in the place of the first one's.
    """
    first = made(projects)
    with zipfile.ZipFile(io.BytesIO(first.returned)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    for number in range(count):
        unit = unit_of(projects, number)
        seal = make_seal(CAMPAIGN, unit, EDITION, KEY)
        swaps = {first.seal.unit.code: unit.code, first.seal.signature: seal.signature}
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
            for name, part in parts.items():
                for old, new in swaps.items():
                    part = part.replace(old.encode(), new.encode())
                package.writestr(name, part)
        yield f"{unit.code}.xlsx", buffer.getvalue()


def _values(layout: Layout) -> Mapping[Address, Scalar]:
    """The sample's careful values; a project beyond its six has those of the one that it repeats."""
    typed: dict[str, Any] = deepcopy(YamlFile(SAMPLE / "values" / "careful.yaml").data)
    own = [content for name, content in typed.items() if _OF_PROJECT.fullmatch(name)]
    kept = {name: content for name, content in typed.items() if not _OF_PROJECT.fullmatch(name)}
    sheets = [sheet.name for sheet in layout.sheets if sheet.form is not None and sheet.form.id == "project"]
    kept |= dict(zip(sheets, cycle(own), strict=False))
    told = kept["报告正文"]  # has a line for each project
    told["projects"] = list(islice(cycle(told["projects"]), len(sheets)))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "values.yaml"
        path.write_text(json.dumps(kept, ensure_ascii=False, default=str), encoding="utf-8")  # JSON is YAML
        return load_values(path, layout)
