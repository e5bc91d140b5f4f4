"""Filling changes the cells concerned and nothing else, whatever is typed."""

from __future__ import annotations

import io
import zipfile

import pytest
from lxml import etree

from tests.support.office import resave
from tests.workbook.opened import MAIN, Opened, base, blank, layout
from xlsxeval.calc import Scalar
from xlsxeval.intake.identity import Layouts
from xlsxeval.intake.submission import Submission, read_returned
from xlsxeval.layout.layout import PlacedCell
from xlsxeval.model import Address, split_a1
from xlsxeval.workbook import FillError, fill_workbook

GOALS = ("overall", None, "goals.expected")
MONEY = ("overall", None, "funds.budget")
SHEET = "附件2"


def slot(key: tuple[str, int | None, str]) -> PlacedCell:
    return layout().slots[key]


def fill(values: dict[Address, Scalar], data: bytes | None = None) -> Opened:
    computed = layout().compute(values)
    return Opened(fill_workbook(blank().data if data is None else data, layout(), values, computed))


def read(data: bytes) -> Submission:
    submission = read_returned("x.xlsx", data, base().context, Layouts()).submission
    assert submission is not None
    return submission


def without_values(root: etree._Element) -> bytes:
    """A worksheet with the contents of its cells taken out, heights and hidden lines set aside."""
    for cell in root.iter(f"{MAIN}c"):
        cell.attrib.pop("t", None)
        for child in list(cell):
            if child.tag != f"{MAIN}f":
                cell.remove(child)
    for row in root.iter(f"{MAIN}row"):
        for name in ("ht", "customHeight", "hidden"):
            row.attrib.pop(name, None)
    return etree.tostring(root)


def test_every_part_but_the_worksheets_stays_byte_for_byte() -> None:
    changed = fill(dict(base().values))
    assert list(changed.parts) == list(blank().parts)
    for name in set(blank().parts) - {blank().part_names[sheet.name] for sheet in layout().sheets}:
        assert changed.parts[name] == blank().parts[name], name


def test_of_a_worksheet_only_values_and_heights_change() -> None:
    changed = fill(dict(base().values))
    for sheet in layout().sheets:
        before, after = blank().sheet_xml(sheet.name), changed.sheet_xml(sheet.name)
        assert without_values(after) == without_values(before), sheet.name


def test_free_lines_that_nobody_uses_are_hidden_and_shown_again_when_they_are_used() -> None:
    values = dict(base().values)
    once = fill(values)
    lines = layout().sheet("附件3-2")
    assert lines is not None
    (block,) = lines.blocks
    used = {cell.address.row for cell in lines.cells if cell.address in values and cell.address.row in block.rows}
    assert _hidden(once, "附件3-2") == set(block.rows) - used
    line = max(used) + 1
    name = layout().slots["project", 2, f"indicators[{line - block.first_row + 1}].level3"]
    again = fill({name.address: "教材印数"}, once.data)
    assert _hidden(again, "附件3-2") == set(block.rows) - used - {line}
    assert _hidden(once, "附件3-1") == set()


def _hidden(book: Opened, sheet: str) -> set[int]:
    return {int(str(row.get("r"))) for row in book.sheet_xml(sheet).iter(f"{MAIN}row") if row.get("hidden") == "1"}


def test_one_value_changes_its_cell_and_the_formulas_that_follow_from_it() -> None:
    changed = fill({slot(MONEY).address: 3.0})
    computed, before = layout().compute({slot(MONEY).address: 3.0}), layout().compute({})
    shown = [
        {address: "" if value is None else value for address, value in values.items()} for values in (computed, before)
    ]
    follow = {address for address, value in shown[0].items() if value != shown[1][address]}
    differing = set()
    for sheet in layout().sheets:
        old, new = _stored(blank(), sheet.name), _stored(changed, sheet.name)
        differing |= {Address(sheet.name, *split_a1(a1)) for a1 in new if new[a1] != old[a1]}
    assert differing == {address for address in follow if address in layout().cells} | {slot(MONEY).address}


def _stored(book: Opened, sheet: str) -> dict[str, float | str]:
    """The stored values of a worksheet; a number may be written in several ways."""
    found: dict[str, float | str] = {}
    for cell in book.sheet_xml(sheet).iter(f"{MAIN}c"):
        text = cell.findtext(f"{MAIN}v") or ""
        found[str(cell.get("r"))] = float(text) if text and cell.get("t") is None else text
    return found


def test_a_row_grows_for_a_long_text_and_no_row_beyond_what_excel_takes() -> None:
    cell = slot(GOALS)
    sheet = layout().sheet(SHEET)
    assert sheet is not None
    heights = []
    for length in (5, 2_000, 30_000):
        changed = fill({cell.address: "字" * length})
        row = next(r for r in changed.sheet_xml(SHEET).iter(f"{MAIN}row") if r.get("r") == str(cell.address.row))
        heights.append(float(str(row.get("ht"))))
    assert heights[0] == pytest.approx(sheet.row_heights[cell.address.row])
    assert heights[0] < heights[1] <= heights[2] == 409


def test_a_value_typed_over_a_formula_takes_its_place() -> None:
    address = slot(("overall", None, "funds.rate")).address
    changed = fill({address: 1.0})
    element = changed.cell_xml(SHEET, address.a1)
    assert element.find(f"{MAIN}f") is None
    assert element.findtext(f"{MAIN}v") == "1"
    assert changed.sheet(SHEET)[address.a1].protection.locked


def test_filling_twice_keeps_what_was_there_and_replaces_what_is_new() -> None:
    first, second = slot(MONEY).address, slot(("overall", None, "funds.executed")).address
    once = fill({first: 3.0, second: 4.0})
    submission = read(once.data)
    again = fill_workbook(once.data, layout(), {second: 2.0}, layout().compute({**submission.inputs, second: 2.0}))
    inputs = read(again).inputs
    assert (inputs[first], inputs[second]) == (3.0, 2.0)
    assert Opened(again).values[SHEET][slot(("overall", None, "funds.rate")).address.a1].value == 0.6667


@pytest.mark.parametrize("nothing", [None, ""])
def test_nothing_empties_a_cell_and_leaves_its_style(nothing: Scalar) -> None:
    address = slot(MONEY).address
    changed = fill({address: nothing}, fill({address: 3.0}).data)
    element = changed.cell_xml(SHEET, address.a1)
    assert list(element) == []
    assert element.get("s") == blank().cell_xml(SHEET, address.a1).get("s")


HOSTILE = [
    pytest.param("=1+1", id="looks like a formula"),
    pytest.param('=HYPERLINK("http://example.com","点")', id="looks like a link"),
    pytest.param("+1", id="plus"),
    pytest.param("-1", id="minus"),
    pytest.param("@SUM(A1)", id="at sign"),
    pytest.param("|cmd", id="bar"),
    pytest.param("'0012", id="apostrophe"),
    pytest.param("a & b < c > d \"e\" 'f'", id="signs of XML"),
    pytest.param("]]>", id="end of CDATA"),
    pytest.param("<!--x--><![CDATA[y]]>", id="markup"),
    pytest.param("&lt;&#65;&amp;", id="entities"),
    pytest.param("_x0041__x000D_", id="looks escaped"),
    pytest.param("  前后有空格\t制表  ", id="blanks"),
    pytest.param("一行\n两行\n\n四行", id="lines"),
    pytest.param("a\r\nb\rc", id="line ends of Windows"),
    pytest.param("a\x01b\x0bc\x1f", id="control characters"),
    pytest.param("𠮷😀", id="beyond the first plane"),
    pytest.param("\ufffe\uffff", id="no characters"),
    pytest.param("\u202e左右\u200b", id="direction marks"),
    pytest.param("#REF!", id="looks like an error"),
    pytest.param("TRUE", id="looks like a switch"),
    pytest.param("1e5", id="looks like a number"),
    pytest.param("字" * 32_767, id="as long as a cell holds"),
]


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_is_typed_is_a_text_and_comes_back_as_it_was(text: str) -> None:
    address = slot(GOALS).address
    changed = fill({address: text})
    element = changed.cell_xml(SHEET, address.a1)
    assert element.get("t") == "inlineStr"
    assert element.find(f"{MAIN}f") is None
    submission = read(changed.data)
    assert submission.inputs[address] == text
    assert submission.raw_cell(address).formula is None  # type: ignore[union-attr]
    assert not submission.differences


@pytest.mark.libreoffice
def test_a_real_office_program_reads_every_hostile_text_as_it_was() -> None:
    blocks = [cell for cell in layout().inputs() if cell.slot and cell.slot.field.type.name == "text"]
    texts = [str(case.values[0]) for case in HOSTILE if len(str(case.values[0])) < 1000]
    skipped = {"a\r\nb\rc", "a\x01b\x0bc\x1f", "\ufffe\uffff"}  # it keeps no such characters
    typed: dict[Address, Scalar] = {
        cell.address: text for cell, text in zip(blocks, [t for t in texts if t not in skipped], strict=False)
    }
    theirs = read(resave(fill(typed).data)).inputs
    assert {address: theirs[address] for address in typed} == typed


def test_a_text_longer_than_a_cell_holds_is_refused_with_its_place() -> None:
    address = slot(GOALS).address
    with pytest.raises(FillError, match=r"32,768.*32,767") as caught:
        fill({address: "字" * 32_768})
    assert str(address) in str(caught.value)
    with pytest.raises(FillError):
        fill({address: "😀" * 16_384})


def test_a_workbook_without_the_worksheet_is_refused() -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in blank().parts.items():
            archive.writestr(name, content.replace("附件2".encode(), "附件9".encode()))
    with pytest.raises(FillError, match="附件2"):
        fill({slot(MONEY).address: 1.0}, data.getvalue())


def test_a_workbook_without_the_cell_is_refused_with_its_place() -> None:
    part, a1 = blank().part_names[SHEET], slot(MONEY).address.a1
    root = blank().sheet_xml(SHEET)
    for cell in list(root.iter(f"{MAIN}c")):
        if cell.get("r") == a1:
            cell.getparent().remove(cell)  # type: ignore[union-attr]
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in blank().parts.items():
            archive.writestr(name, etree.tostring(root) if name == part else content)
    with pytest.raises(FillError, match=f"{SHEET}!{a1}"):
        fill({slot(MONEY).address: 1.0}, data.getvalue())
