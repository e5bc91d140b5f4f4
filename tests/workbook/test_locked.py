"""The workbook that is sent out: what is locked, what is open, what it gives away."""

from __future__ import annotations

import re
import secrets

import pytest

from tests.workbook.opened import KEY, MAIN, PASSWORD, SHEETS, Opened, base, blank, layout
from xlsxeval.forms.seal import PROPERTY, SEAL_SHEET, make_seal
from xlsxeval.layout.layout import SELF_CHECK_SHEET, CellKind
from xlsxeval.model import Address
from xlsxeval.workbook import workbook_bytes


def test_there_is_a_sheet_for_each_form_the_self_check_and_the_hidden_seal() -> None:
    assert blank().book.sheetnames == [*SHEETS, SEAL_SHEET]
    assert SHEETS[-1] == SELF_CHECK_SHEET
    states = {sheet.title: sheet.sheet_state for sheet in blank().book.worksheets}
    assert states == {**dict.fromkeys(SHEETS, "visible"), SEAL_SHEET: "veryHidden"}


@pytest.mark.parametrize("name", [*SHEETS, SEAL_SHEET])
def test_every_sheet_is_protected_with_the_password_and_lets_people_change_row_heights_only(name: str) -> None:
    protection = blank().sheet(name).protection
    assert protection.sheet is True
    assert protection.password
    assert protection.password == blank().sheet(SHEETS[0]).protection.password
    actions = ["insertRows", "deleteRows", "insertColumns", "deleteColumns", "formatCells", "formatColumns", "sort"]
    assert all(getattr(protection, action) is True for action in actions)
    assert protection.formatRows is (name == SEAL_SHEET)


def test_the_structure_is_locked_and_the_element_stands_where_excel_wants_it() -> None:
    assert blank().book.security.lockStructure is True
    assert blank().book.security.workbookPassword
    order = [child.tag.removeprefix(MAIN) for child in blank().xml("xl/workbook.xml")]
    assert order.index("workbookPr") < order.index("workbookProtection") < order.index("bookViews")


@pytest.mark.parametrize("name", SHEETS)
def test_exactly_the_inputs_are_unlocked(name: str) -> None:
    unlocked = {
        cell.coordinate for row in blank().sheet(name).iter_rows() for cell in row if not cell.protection.locked
    }
    inputs = set()
    for cell in layout().inputs():
        if cell.address.sheet == name:
            rows, columns = range(cell.rows), range(cell.columns)
            spots = [Address(name, cell.address.row + r, cell.address.column + c) for r in rows for c in columns]
            inputs |= {spot.a1 for spot in spots}
    assert unlocked == inputs


@pytest.mark.parametrize("name", SHEETS)
def test_merged_cells_are_those_of_the_layout(name: str) -> None:
    sheet = layout().sheet(name)
    assert sheet is not None
    expected = {
        f"{c.address.a1}:{Address(name, c.address.row + c.rows - 1, c.address.column + c.columns - 1).a1}"
        for c in sheet.cells
        if c.rows > 1 or c.columns > 1
    }
    assert {str(area) for area in blank().sheet(name).merged_cells.ranges} == expected


def test_nothing_in_the_file_gives_the_password_or_the_key_away() -> None:
    secret = [PASSWORD.encode(), KEY, KEY.hex().encode(), KEY.hex().upper().encode()]
    for name, content in blank().parts.items():
        assert not [text for text in secret if text in content], name


def test_the_seal_stands_in_the_hidden_sheet_and_its_short_form_in_a_property() -> None:
    seal = base().seal
    texts = [row[0].value for row in blank().sheet(SEAL_SHEET).iter_rows()]
    assert texts == seal.sheet_texts
    properties = {item.name: item.value for item in blank().book.custom_doc_props.props}
    assert properties == {PROPERTY: seal.property_text}
    assert seal.property_text.split("|") == ["hunan-2024", "1", "shili-2024", "001", "", seal.signature]


def test_the_same_input_gives_the_same_bytes() -> None:
    assert workbook_bytes(layout(), base().seal, PASSWORD) == blank().data


def test_another_key_changes_nothing_but_the_seal() -> None:
    made = base()
    other = make_seal(made.campaign, made.unit, made.edition, secrets.token_bytes(32))
    parts = Opened(workbook_bytes(made.layout, other, PASSWORD)).parts
    changed = {name for name, content in parts.items() if content != blank().parts[name]}
    assert changed == {"xl/sharedStrings.xml", "docProps/custom.xml"}


# -- formulas --------------------------------------------------------------------------------------------------


def test_every_formula_of_the_layout_is_written_and_no_other() -> None:
    written = {
        Address(sheet.title, cell.row, cell.column)
        for sheet in blank().book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }
    assert written == {address for address, cell in layout().cells.items() if cell.formula is not None}


def test_every_formula_has_its_computed_value() -> None:
    computed = layout().compute({})
    for address, cell in layout().cells.items():
        if cell.formula is None:
            continue
        element = blank().cell_xml(address.sheet, address.a1)
        stored, kind = element.findtext(f"{MAIN}v"), element.get("t")
        assert stored is not None, address
        expected = computed[address]
        if isinstance(expected, float):
            assert kind is None, address
            assert float(stored) == expected, address
        elif expected:
            assert (kind, stored) == ("str", expected), address
        else:
            assert stored == "", address


def test_a_fresh_form_shows_no_zero_where_a_rate_or_a_score_is_not_known_yet() -> None:
    computed = layout().compute({})
    zeroes = {
        cell.slot.field.type.name
        for address, cell in layout().cells.items()
        if cell.slot and cell.formula and computed[address] == 0
    }
    assert zeroes <= {"money", "score"}
    for path in ("funds.rate", "funds.score"):
        cell = layout().slots["overall", None, path]
        assert blank().values[cell.address.sheet][cell.address.a1].value in (None, "")


def test_the_program_that_opens_it_computes_everything_again() -> None:
    calc = blank().xml("xl/workbook.xml").find(f"{MAIN}calcPr")
    assert calc is not None
    assert calc.get("fullCalcOnLoad") == "1"


# -- looks -----------------------------------------------------------------------------------------------------


def test_number_formats_are_those_of_the_fields() -> None:
    for address, cell in layout().cells.items():
        if cell.slot is not None:
            assert blank().sheet(address.sheet)[address.a1].number_format == cell.look.number_format, address


def test_every_font_is_named_in_chinese_and_marked_as_chinese() -> None:
    fonts = list(blank().xml("xl/styles.xml").iter(f"{MAIN}font"))
    named = [(font.find(f"{MAIN}name"), font.find(f"{MAIN}charset")) for font in fonts]
    used = {int(xf.get("fontId")) for xf in blank().xml("xl/styles.xml").find(f"{MAIN}cellXfs")}
    for number in used - {0}:
        name, charset = named[number]
        assert name is not None
        assert name.get("val") in {"宋体", "黑体"}
        assert charset is not None
        assert charset.get("val") == "134"


def test_inputs_given_and_computed_cells_are_told_apart_by_colour() -> None:
    colours: dict[CellKind, set[str]] = {}
    for address, cell in layout().cells.items():
        if cell.slot is not None and cell.look.role != "helper":
            fill = blank().sheet(address.sheet)[address.a1].fill
            colours.setdefault(cell.kind, set()).add(fill.fgColor.rgb)
    assert all(len(found) == 1 for found in colours.values())
    assert len(set.union(*colours.values())) == len(colours) == 3


ON_ONE_PAGE = ("附件2", "附件4", "附件5", "附件6")
"""Forms that are a little too high for their page, and are printed smaller."""


@pytest.mark.parametrize("name", SHEETS)
def test_it_prints_on_a4_as_wide_as_the_page(name: str) -> None:
    sheet, planned = blank().sheet(name), layout().sheet(name)
    assert planned is not None
    assert sheet.page_setup.paperSize == 9
    assert sheet.page_setup.orientation == ("landscape" if planned.landscape else "portrait")
    assert sheet.sheet_properties.pageSetUpPr.fitToPage is True
    one_page = name in ON_ONE_PAGE
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, None if one_page else 0)
    assert bool(sheet.page_setup.blackAndWhite) == (planned.form is not None)
    last = Address(name, planned.print_rows, planned.print_columns).a1
    assert sheet.print_area.replace("$", "").endswith(f"!A1:{last}")
    repeat = planned.repeat_rows
    assert sheet.print_title_rows == (f"${repeat[0]}:${repeat[1]}" if repeat else None)


@pytest.mark.parametrize("name", SHEETS)
def test_the_attachment_mark_is_on_top_and_the_page_number_below(name: str) -> None:
    sheet, planned = blank().sheet(name), layout().sheet(name)
    assert planned is not None
    assert (sheet.oddHeader.left.text or "") == planned.attachment
    assert re.search(r"&P.*&N", sheet.oddFooter.center.text)


def test_helper_columns_are_grouped_and_folded_away() -> None:
    for planned in layout().sheets:
        widths = blank().sheet(planned.name).column_dimensions
        helpers = {cell.address.column for cell in planned.cells if cell.look.role == "helper"}
        hidden = {
            column
            for one in widths.values()
            if one.hidden and one.outlineLevel == 1
            for column in range(one.min, one.max + 1)
        }
        assert hidden == helpers
        assert not any(one.hidden and one.min <= planned.print_columns for one in widths.values())


def test_long_texts_begin_at_the_top() -> None:
    goals = [cell for cell in layout().cells.values() if cell.slot is not None and cell.slot.path == "goals.achieved"]
    assert goals
    for cell in goals:
        assert blank().sheet(cell.address.sheet)[cell.address.a1].alignment.vertical == "top"
    score = next(cell for cell in layout().cells.values() if cell.slot is not None and cell.slot.path == "total.score")
    assert blank().sheet(score.address.sheet)[score.address.a1].alignment.vertical == "center"


def test_helper_columns_stand_outside_the_print_area_and_apart_from_the_form() -> None:
    for sheet in layout().sheets:
        for cell in sheet.cells:
            if cell.look.role == "helper":
                assert cell.address.column > sheet.print_columns + 1, cell.address
            else:
                assert cell.address.column + cell.columns - 1 <= sheet.print_columns, cell.address


def test_links_of_the_self_check_lead_to_the_cells_they_name() -> None:
    sheet = layout().sheet(SELF_CHECK_SHEET)
    assert sheet is not None
    expected = {c.address.a1: f"'{c.link.sheet}'!{c.link.a1}" for c in sheet.cells if c.link}
    cells = [cell for row in blank().sheet(SELF_CHECK_SHEET).iter_rows() for cell in row]
    found = {cell.coordinate: cell.hyperlink.location for cell in cells if cell.hyperlink}
    assert found == expected
    assert all(c.link in layout().cells for c in sheet.cells if c.link)
    assert all(c.value == f"{c.link.sheet}!{c.link.a1}" for c in sheet.cells if c.link)


def test_row_heights_and_column_widths_are_those_of_the_layout() -> None:
    for planned in layout().sheets:
        rows = {int(str(row.get("r"))): row.get("ht") for row in blank().sheet_xml(planned.name).iter(f"{MAIN}row")}
        for row, height in planned.row_heights.items():
            assert float(str(rows[row] or 15)) == pytest.approx(height, abs=0.75), (planned.name, row)
            assert height <= 409
