"""The words of the case files: what each does to a workbook."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from tests.support.base import Base
from tests.support.draft import Draft
from tests.support.lastyear import LastYearsWorkbook
from tests.support.packages import write_raw_values
from xlsxeval.calc import Scalar
from xlsxeval.forms.campaign import Campaign
from xlsxeval.forms.definition import Edition, Parameter
from xlsxeval.forms.library import Library
from xlsxeval.forms.seal import PROPERTY, SEAL_SHEET, Seal, make_seal
from xlsxeval.forms.values import EPOCH
from xlsxeval.intake.cells import RawCondition, RawDifferential, RawName, RawRun, RawWorkbook
from xlsxeval.intake.identity import Context, Layouts
from xlsxeval.intake.reader import read_workbook
from xlsxeval.layout.kept import FormWriter
from xlsxeval.model import column_number, split_a1

Action = Callable[[Draft, Any], None]
ACTIONS: dict[str, Action] = {}
"""In the order in which they are applied, whatever their order in the file: typing, recalculation, then the rest."""

OUTSIDE = ("written", "seal", "current", "campaign_known", "parameters", "last_year")
"""Words that are not about cells: what stands in the XML, who made the workbook, what the organiser has at hand."""


def action(function: Action) -> Action:
    ACTIONS[function.__name__] = function
    return function


@action
def fill(draft: Draft, values: Mapping[str, Any]) -> None:
    """What the unit types, by place; a date is a date, a quoted number is a text, nothing empties the cell."""
    for place, value in values.items():
        draft.type(place, _typed(value))


@action
def overtype(draft: Draft, values: Mapping[str, Any]) -> None:
    """A constant over a formula."""
    for place, value in values.items():
        if draft.cell(draft.address(place)).formula is None:
            raise ValueError(f"{place} holds no formula to type over")
        draft.type(place, _typed(value))


@action
def text(draft: Draft, values: Mapping[str, Any]) -> None:
    """Other words or another given figure in a locked cell."""
    for place, value in values.items():
        draft.type(place, _typed(value))


@action
def formula(draft: Draft, values: Mapping[str, str]) -> None:
    """Another formula in a cell."""
    for place, value in values.items():
        draft.write_formula(place, value)


@action
def array_formula(draft: Draft, values: Mapping[str, str]) -> None:
    """A formula entered with Ctrl+Shift+Enter."""
    for place, value in values.items():
        draft.write_formula(place, value, array=True)


@action
def outside(draft: Draft, values: Mapping[str, Any]) -> None:
    """Content beside or below the form."""
    for place, value in values.items():
        if isinstance(value, str) and value.startswith("="):
            draft.write_formula(place, value)
        else:
            draft.type(place, _typed(value))


@action
def insert_row(draft: Draft, rows: Mapping[str, int]) -> None:
    """An empty row above the row of that number."""
    for sheet, row in rows.items():
        draft.insert_row(sheet, row)


@action
def insert_column(draft: Draft, columns: Mapping[str, str]) -> None:
    """An empty column to the left of the column of that letter."""
    for sheet, letters in columns.items():
        draft.insert_column(sheet, column_number(letters))


@action
def delete_column(draft: Draft, columns: Mapping[str, str]) -> None:
    for sheet, letters in columns.items():
        draft.delete_column(sheet, column_number(letters))


@action
def delete_row(draft: Draft, rows: Mapping[str, int]) -> None:
    for sheet, row in rows.items():
        draft.delete_row(sheet, row)


@action
def rename_sheet(draft: Draft, names: Mapping[str, str]) -> None:
    for old, new in names.items():
        draft.rename_sheet(old, new)


@action
def delete_sheet(draft: Draft, names: list[str]) -> None:
    for name in names:
        draft.delete_sheet(name)


@action
def add_sheet(draft: Draft, sheets: Mapping[str, str]) -> None:
    """Another worksheet: name and whether it is visible, hidden or veryHidden."""
    for name, state in sheets.items():
        draft.add_sheet(name, state)  # type: ignore[arg-type]


@action
def on_added_sheet(draft: Draft, values: Mapping[str, Any]) -> None:
    """Content of a worksheet that was added."""
    outside(draft, values)


@action
def recalculate(draft: Draft, wanted: bool) -> None:
    """What Excel does before saving; ``recalculate: false`` leaves the stored values as they were."""
    if wanted:
        draft.recalculate()


@action
def stale(draft: Draft, values: Mapping[str, Any]) -> None:
    """Another stored value under a formula that is intact."""
    for place, value in values.items():
        draft.store(place, _typed(value))


@action
def stored_everywhere(draft: Draft, value: Any) -> None:
    """One stored value under every formula, as a program writes that does not calculate."""
    draft.store_everywhere(lambda _: _typed(value))


@action
def stored_as_blank_form(draft: Draft, wanted: bool) -> None:
    """The stored values of the form as it was sent out, before anything was filled in."""
    if wanted:
        blank = draft.layout.compute({})
        draft.store_everywhere(lambda address: blank.get(address))


@action
def no_cached_values(draft: Draft, wanted: bool) -> None:
    if wanted:
        draft.forget()


@action
def number_format(draft: Draft, formats: Mapping[str, str]) -> None:
    for place, code in formats.items():
        draft.restyle(place, lambda style, code=code: replace(style, number_format=code))  # type: ignore[misc]


@action
def colours(draft: Draft, pairs: Mapping[str, list[str]]) -> None:
    """The colours of the text and of the ground, as RRGGBB."""
    for place, (font, fill) in pairs.items():
        draft.restyle(place, lambda style, font=font, fill=fill: replace(style, font_color=font, fill_color=fill))  # type: ignore[misc]


@action
def looks(draft: Draft, changed: Mapping[str, Mapping[str, Any]]) -> None:
    """What is different about a cell's look: ``font_size``, ``indent``, ``horizontal``, ``shrinks``, ``wraps``."""
    for place, change in changed.items():
        draft.restyle(place, lambda style, change=change: replace(style, **change))  # type: ignore[misc]


@action
def rich_text(draft: Draft, texts: Mapping[str, list[list[Any]]]) -> None:
    """A text of several stretches, each with its colour (RRGGBB) and size, or nothing where the cell's counts."""
    for place, runs in texts.items():
        address = draft.address(place)
        made = tuple(RawRun(text, *look) for text, *look in runs)
        draft.type(place, "".join(run.text for run in made))
        draft.put(address, draft.cell(address)._replace(runs=made))


@action
def row_height(draft: Draft, heights: Mapping[str, Mapping[int, float]]) -> None:
    """In points."""
    for name, rows in heights.items():
        draft.sheet(name).changes["low_rows"] = rows


@action
def column_width(draft: Draft, widths: Mapping[str, Mapping[str, float]]) -> None:
    """In characters, by the column's letter."""
    for name, columns in widths.items():
        changed = [(column_number(letters), column_number(letters), width) for letters, width in columns.items()]
        sheet = draft.sheet(name)
        sheet.changes["column_widths"] = (*changed, *sheet.source.column_widths)


@action
def print_area(draft: Draft, areas: Mapping[str, str | None]) -> None:
    """The print area of a worksheet; nothing takes it away."""
    others = [name for name in draft.source.defined_names if name.sheet not in areas]
    made = [RawName("_xlnm.Print_Area", text, name) for name, text in areas.items() if text is not None]
    draft.settings["defined_names"] = (*others, *made)


@action
def view(draft: Draft, wanted: Mapping[str, Mapping[str, bool]]) -> None:
    """``shows_zeros`` and ``shows_formulas`` of worksheets."""
    for name, change in wanted.items():
        draft.sheet(name).changes |= change


@action
def conditional_look(draft: Draft, looks: Mapping[str, Mapping[str, str]]) -> None:
    """A conditional format and what it makes of the cells: ``font_color``, ``fill_color``, ``number_format``."""
    for area, look in looks.items():
        name, _, box = area.rpartition("!")
        sheet = draft.sheet(name)
        known = sheet.changes.get("conditions", sheet.source.conditions)
        sheet.changes["conditions"] = (*known, RawCondition((_box(box),), (RawDifferential(**look),)))
        sheet.conditional_formats.append(_box(box))


@action
def unlock(draft: Draft, places: list[str]) -> None:
    for place in places:
        draft.restyle(place, lambda style: replace(style, locked=False))


@action
def unprotect(draft: Draft, names: list[str]) -> None:
    """Sheets by name; 工作簿 is the structure of the workbook."""
    for name in names:
        if name == "工作簿":
            draft.settings["structure_locked"] = False
        else:
            draft.sheet(name).protected = False


@action
def hide_rows(draft: Draft, rows: Mapping[str, list[int]]) -> None:
    """From the first to the last number."""
    for name, span in rows.items():
        draft.sheet(name).hidden_rows.append((span[0], span[-1]))


@action
def hide_columns(draft: Draft, columns: Mapping[str, list[str]]) -> None:
    """From the first to the last letter."""
    for name, span in columns.items():
        first, last = (split_a1(f"{letters}1")[1] for letters in (span[0], span[-1]))
        draft.sheet(name).hidden_columns.append((first, last))


@action
def hide_sheet(draft: Draft, states: Mapping[str, str]) -> None:
    for name, state in states.items():
        draft.sheet(name).state = state  # type: ignore[assignment]


@action
def merge(draft: Draft, areas: list[str]) -> None:
    for area in areas:
        name, _, box = area.rpartition("!")
        draft.sheet(name).merges.append(_box(box))


@action
def unmerge(draft: Draft, areas: list[str]) -> None:
    for area in areas:
        name, _, box = area.rpartition("!")
        draft.sheet(name).merges.remove(_box(box))


@action
def names(draft: Draft, wanted: Mapping[str, str]) -> None:
    """Defined names with what they stand for; a name that begins with ``宏:`` is one of a macro."""
    made = [RawName(name.removeprefix("宏:"), text, macro=name.startswith("宏:")) for name, text in wanted.items()]
    draft.settings["defined_names"] = (*draft.source.defined_names, *made)


@action
def comment(draft: Draft, authors: Mapping[str, str]) -> None:
    """Comments by place, each with its author."""
    for place, author in authors.items():
        address = draft.address(place)
        draft.sheet(address.sheet).comments.append((address.a1, author))


@action
def pictures(draft: Draft, numbers: Mapping[str, int]) -> None:
    for name, number in numbers.items():
        draft.sheet(name).pictures += number


@action
def parts(draft: Draft, added: list[str]) -> None:
    """Further parts of the file."""
    draft.settings["parts"] = (*draft.source.parts, *added)


@action
def conditional_format(draft: Draft, areas: list[str]) -> None:
    for area in areas:
        name, _, box = area.rpartition("!")
        draft.sheet(name).conditional_formats.append(_box(box))


@action
def link(draft: Draft, targets: Mapping[str, str]) -> None:
    """What a click on the cell opens."""
    for place, target in targets.items():
        address = draft.address(place)
        draft.sheet(address.sheet).hyperlinks.append((address.a1, target))


@action
def no_validation(draft: Draft, places: list[str]) -> None:
    """The cells' data validations are gone; a worksheet's name alone stands for all of its cells."""
    for place in places:
        if "!" not in place:
            draft.sheet(place).validations.clear()
            continue
        address = draft.address(place)
        draft.validate(address, None)


@action
def validation(draft: Draft, changed: Mapping[str, Mapping[str, Any]]) -> None:
    """What is different about a cell's data validation: ``type``, ``operator``, ``formula1``, ``stops`` and so on."""
    for place, change in changed.items():
        draft.validate(draft.address(place), change)


@action
def settings(draft: Draft, wanted: Mapping[str, object]) -> None:
    """``calc_mode``, ``iterate``, ``full_precision``, ``date1904`` of the workbook."""
    draft.settings |= wanted


@dataclass(frozen=True)
class Received:
    """A workbook as the organiser holds it, and what he knows about it."""

    raw: RawWorkbook
    context: Context
    layouts: Layouts


def perform(base: Base, words: Mapping[str, Any]) -> Received:
    """The base workbook after everything that a case says. Raises KeyError for a word that nobody knows."""
    unknown = words.keys() - ACTIONS.keys() - set(OUTSIDE)
    if unknown:
        raise KeyError(f"unknown words in a case: {sorted(unknown)}")
    raw = base.raw
    if "written" in words:
        raw = read_workbook(write_raw_values(base.data, words["written"], Draft(base).address))
    draft = Draft(base, raw)
    words = {"recalculate": True, **words}
    for name, perform_one in ACTIONS.items():
        if name in words:
            perform_one(draft, words[name])
    if "seal" in words:
        _reseal(draft, base, words["seal"])
    layouts = Layouts() if "parameters" in words else base.layouts
    return Received(draft.raw, _context(base, words), layouts)


def _context(base: Base, words: Mapping[str, Any]) -> Context:
    library = base.library
    records = LastYearsWorkbook(base, words["last_year"]) if "last_year" in words else None
    if "current" in words:
        library = _Newer(base, **words["current"])
    elif "parameters" in words:
        library = _Newer(base, base.edition.version, parameters=words["parameters"])
    if words.get("campaign_known", True):
        return Context(library, base.campaign, base.context.key, records)
    return Context(library)


class _Newer(Library):
    """A library in which the edition has gone on since the workbook was made, or has other parameters."""

    def __init__(
        self,
        base: Base,
        version: int,
        accepts: tuple[int, ...] = (),
        digest: str = "",
        parameters: Mapping[str, float | str | bool] | None = None,
    ) -> None:
        super().__init__(base.library.directory)
        digest = digest or base.edition.digest
        others = {name: Parameter(name, name, value, "试用") for name, value in (parameters or {}).items()}
        self._newer = replace(
            base.edition,
            version=version,
            accepts=tuple(accepts),
            digest=digest,
            parameters={**base.edition.parameters, **others},
        )

    def edition(self, name: str, asked_at: object = None) -> Edition:
        return self._newer if name == self._newer.id else super().edition(name)


def _reseal(draft: Draft, base: Base, how: str) -> None:
    """What happened to the seal, in the words of ``SEALS``."""
    SEALS[how](draft, base)


def _removed(draft: Draft, _: Base) -> None:
    draft.sheets.remove(draft.sheet(SEAL_SHEET))


def _removed_with_property(draft: Draft, base: Base) -> None:
    _removed(draft, base)
    del draft.properties[PROPERTY]


def _cut_off(draft: Draft, _: Base) -> None:
    sheet = draft.sheet(SEAL_SHEET)
    sheet.cells = {key: cell for key, cell in sheet.cells.items() if key[0] < 3}


def _another_unit_name(draft: Draft, base: Base) -> None:
    _write(draft, replace(base.seal, text=base.seal.text.replace("某某市财政局", "某某县财政局")))


def _same_form(draft: Draft, base: Base) -> None:
    _write(draft, _naming(base, FormWriter().kept(base.layout).digest))


def _other_form(draft: Draft, base: Base) -> None:
    _write(draft, _naming(base, "0" * 64))


def _naming(base: Base, form: str) -> Seal:
    """The seal of a workbook that a program made which keeps forms."""
    return make_seal(base.campaign, base.unit, base.edition, base.context.key or b"", form=form)


def _other_key(draft: Draft, base: Base) -> None:
    _write(draft, make_seal(base.campaign, base.unit, base.edition, b"another key"))


def _other_campaign(draft: Draft, base: Base) -> None:
    campaign: Campaign = replace(base.campaign, id="shili-2023", year=2023)
    _write(draft, make_seal(campaign, base.unit, base.edition, b"another key"))


def _unknown_edition(draft: Draft, base: Base) -> None:
    campaign: Campaign = replace(base.campaign, edition="hunan-1999")
    _write(draft, make_seal(campaign, base.unit, replace(base.edition, id="hunan-1999"), base.context.key or b""))


def _other_program(draft: Draft, base: Base) -> None:
    data = json.loads(base.seal.text)
    data["unit"]["projects"][0]["given"]["no such field"] = 1
    _write(draft, replace(base.seal, text=json.dumps(data, ensure_ascii=False)))


SEALS: dict[str, Callable[[Draft, Base], None]] = {
    "印章页被删": _removed,
    "印章页和文档属性都被删": _removed_with_property,
    "印章页被删去一半": _cut_off,
    "印章的内容被改": _another_unit_name,
    "写明表样的印章": _same_form,
    "别的程序排的表样": _other_form,
    "另一把密钥": _other_key,
    "另一个任务": _other_campaign,
    "不认识的版本": _unknown_edition,
    "排不出的表样": _other_program,
}


def _write(draft: Draft, seal: Seal) -> None:
    for row, line in enumerate(seal.sheet_texts, start=1):
        draft.type(f"{SEAL_SHEET}!A{row}", line)
    draft.properties[PROPERTY] = seal.property_text


def _typed(value: Any) -> Scalar:
    if isinstance(value, dt.date):
        return float((value - EPOCH).days)
    if isinstance(value, (list, dict)):
        raise TypeError(f"a cell cannot hold {value!r}")
    scalar: Scalar = value
    return scalar


def _box(area: str) -> tuple[int, int, int, int]:
    first, _, last = area.partition(":")
    return (*split_a1(first), *split_a1(last or first))
