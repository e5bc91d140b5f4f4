"""Whatever a form looks like: laid out, written, filled in and read back, it gives the inputs that went in."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from tests.forms.inline import CAMPAIGN, EDITION, Desk
from tests.support.yaml_files import yaml_text
from xlsxeval.calc import Scalar
from xlsxeval.forms.seal import make_seal
from xlsxeval.forms.types import TYPES
from xlsxeval.intake.identity import Context, Layouts
from xlsxeval.intake.submission import Submission, read_returned
from xlsxeval.layout.layout import Layout, PlacedCell
from xlsxeval.model import Address
from xlsxeval.workbook import fill_workbook, workbook_bytes

KEY = b"k" * 32
CHOICES = ["优", "良", "中 & 差"]

texts = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), min_size=1)
awkward = st.sampled_from(
    ["_x0041_", "_x000D_", "=1+1", "'01", " 前后 ", "制\t表", "\n换行\n", "]]>", "#REF!", "TRUE", "1e5"]
)
long_texts = st.lists(texts | awkward, min_size=1, max_size=3).map("\n".join)


@st.composite
def forms(draw: DrawFn) -> dict[str, object]:
    """A form of a few rows and columns, cells merged at random, fields of all types, perhaps a block of lines."""
    rows, columns = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    grid = [["" for _ in range(columns)] for _ in range(rows)]
    fields: dict[str, object] = {}
    for row in range(rows):
        for column in range(columns):
            if not grid[row][column]:
                _place(draw, grid, row, column, fields)
    entries: list[object] = list(grid)
    if draw(st.booleans()):
        names = [f"lines.{letter * 5}" for letter in "abcd"[:columns]]
        fields |= {name: _field(draw) for name in names}
        line = [f"${name.removeprefix('lines.')}" for name in names]
        entries.append({"repeat": "lines", "lines": draw(st.integers(0, 3)), "line": line})
    return {"form": "f", "attachment": "附件1", "columns": [12] * columns, "grid": entries, "fields": fields}


def _place(draw: DrawFn, grid: list[list[str]], row: int, column: int, fields: dict[str, object]) -> None:
    """A cell of some rows and columns at a free square: a label or a field."""
    width = draw(
        st.integers(1, next((n for n, text in enumerate(grid[row][column:]) if text), len(grid[row]) - column))
    )
    height = draw(st.integers(1, len(grid) - row))
    for down in range(height):
        for right in range(width):
            grid[row + down][column + right] = "<" if right else "^"
    grid[row][column] = "标签"
    if draw(st.booleans()):
        name = f"field_{'abcd'[row]}{'abcd'[column]}"
        grid[row][column] = f"${name}"
        fields[name] = _field(draw)


def _field(draw: DrawFn) -> dict[str, object]:
    kind = draw(st.sampled_from(sorted(TYPES)))
    return {"label": "字段", "type": kind} | ({"choices": CHOICES} if kind == "choice" else {})


def values_of(cell: PlacedCell) -> SearchStrategy[Scalar]:
    """What a person may have typed in a cell; numbers have the fifteen digits that Excel keeps."""
    assert cell.slot is not None
    field = cell.slot.field
    if field.type.kind == "choice":
        return st.sampled_from(CHOICES)
    if field.type.kind == "date":
        return st.integers(36526, 73050).map(float)
    if field.type.kind == "number":
        digits = st.integers(0, 10**15 - 1) if not field.type.whole else st.integers(0, 10**6)
        places = st.just(0) if field.type.whole else st.integers(0, 15)
        return st.tuples(digits, places).map(lambda parts: float(f"{parts[0]}e-{parts[1]}"))
    return long_texts


@st.composite
def filled_forms(draw: DrawFn) -> tuple[Layout, Mapping[Address, Scalar]]:
    """A layout with values for some of its inputs."""
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        desk.edition(EDITION)
        desk.campaign(CAMPAIGN)
        desk.form(yaml_text(draw(forms())))
        layout = desk.layout()
    cells = [cell for cell in layout.inputs() if draw(st.booleans())]
    return layout, {cell.address: draw(values_of(cell)) for cell in cells}


class _OneEdition:
    """A library that has the one edition of a layout, whose files are gone."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout

    def editions(self) -> list[str]:
        return [self.layout.edition.id]

    def edition(self, name: str) -> object:
        assert name == self.layout.edition.id
        return self.layout.edition


def read_back(layout: Layout, data: bytes) -> Submission:
    context = Context(_OneEdition(layout), layout.campaign, KEY)  # type: ignore[arg-type]
    returned = read_returned("x.xlsx", data, context, Layouts())
    assert returned.faults == ()
    assert returned.submission is not None
    return returned.submission


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(filled_forms())
def test_what_is_typed_in_comes_back_exactly(case: tuple[Layout, Mapping[Address, Scalar]]) -> None:
    layout, typed = case
    seal = make_seal(layout.campaign, layout.unit, layout.edition, KEY)
    blank = workbook_bytes(layout, seal, "password")
    expected = {cell.address: typed.get(cell.address) for cell in layout.inputs()}
    for data in (
        fill_workbook(blank, layout, typed, layout.compute(typed)),
        workbook_bytes(layout, seal, "password", typed),
    ):
        submission = read_back(layout, data)
        assert submission.inputs == expected
        assert submission.differences == []
        assert {a: v for a, v in submission.shown.items() if v != ""} == {
            address: value for address, value in submission.recomputed.items() if value not in (None, "")
        }
