"""Public forms and the program's own editions, imported: what a person reads off each is what the draft has, counted."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from tests.importing.forms import official
from tests.importing.public_forms import Recipe, recipes, score
from xlsxeval.campaign.drafted_edition import draft_edition, write_edition
from xlsxeval.forms.library import Library
from xlsxeval.importing import FormDraft, draft_form, read_blanks
from xlsxeval.importing.checks import CheckBook
from xlsxeval.layout.example import example_layout
from xlsxeval.layout.layout import Layout
from xlsxeval.model import column_letters

HERE = Path(__file__).parent
TEMPLATES = HERE.parents[1] / "templates"
COUNTS: dict[str, dict[str, str]] = yaml.safe_load((HERE / "counts.yaml").read_text(encoding="utf-8"))
DOCUMENT = HERE.parents[1] / "docs" / "guide" / "own-forms.md"
LIBRARY = Library(TEMPLATES)
BOOK = CheckBook(LIBRARY)
NOT_PRINTED = {"guide", "narrative", "appraisal"}
"""Forms of the program's own, and the rubric of the collecting office."""


@pytest.mark.parametrize("recipe", recipes(), ids=lambda recipe: recipe.name)
def test_a_public_form_is_read_as_a_person_reads_it(recipe: Recipe, tmp_path: Path) -> None:
    path = recipe.draw(tmp_path)
    (blank,) = read_blanks(path).sheets
    result = score(recipe, draft_form(blank, "x", path.name, LIBRARY, {}, BOOK))
    assert result.counts == COUNTS["public"][recipe.name], (result.wrong, result.missed, result.extra)


@pytest.mark.parametrize("recipe", recipes(), ids=lambda recipe: recipe.name)
def test_the_edition_of_a_public_form_passes_lint_without_any_answer(recipe: Recipe, tmp_path: Path) -> None:
    drafted = draft_edition([recipe.draw(tmp_path)], recipe.name, LIBRARY)
    assert write_edition(drafted, tmp_path / "表样") == []


def test_every_public_form_is_counted_and_in_the_document() -> None:
    assert sorted(COUNTS["public"]) == sorted(recipe.name for recipe in recipes())
    text = DOCUMENT.read_text(encoding="utf-8")
    for group in COUNTS.values():
        for name, counts in group.items():
            assert f"| {name} | {' | '.join(counts.split('/'))} |" in text


def _printed() -> list[tuple[str, Layout, str]]:
    found = []
    for name in LIBRARY.editions():
        layout = example_layout(LIBRARY.edition(name), 1)
        forms = [(sheet.form.id, sheet.name) for sheet in layout.sheets if sheet.form is not None]
        found += [(f"{name} {form}", layout, sheet) for form, sheet in forms if form not in NOT_PRINTED]
    return found


def test_the_forms_of_the_editions_come_back_from_print(tmp_path: Path) -> None:
    counted = {}
    for key, layout, sheet in _printed():
        path = official(tmp_path / "f.xlsx", layout, sheet)
        (blank,) = read_blanks(path).sheets
        counted[key] = _counts(layout, sheet, draft_form(blank, "x", "f.xlsx", LIBRARY, {}, BOOK))
    assert counted == COUNTS["editions"]


def _counts(layout: Layout, name: str, draft: FormDraft) -> str:
    """right/wrong/missed/extra/asked, by name where the names of roles say one, by type and formula elsewhere."""
    sheet = next(one for one in layout.sheets if one.name == name)
    assert sheet.form is not None
    known = {one.name for one in draft.fields}
    found = {f"{column_letters(one.spot[1])}{one.spot[0]}": one for one in draft.fields}
    right = wrong = missed = 0
    last = len(sheet.form.columns)
    seen: set[str] = set()
    for address, cell in layout.cells.items():
        if address.sheet != name or address.column > last or cell.slot is None:
            continue
        path = re.sub(r"\[\d+\]", "", cell.slot.path)
        if path in seen:
            continue  # a further line of a block
        seen.add(path)
        one = found.pop(address.a1, None)
        if one is None:
            missed += 1
            continue
        field = sheet.form.fields[path]
        kind = field.type.name
        same_type = one.type == kind or {one.type, kind} == {"choice", "text"}  # blank lines print no choices
        computed = bool(one.formula or one.given) == bool(field.formula or field.given)
        named = one.name == path or path not in known
        right += same_type and computed and named
        wrong += not (same_type and computed and named)
    return f"{right}/{wrong}/{missed}/{len(found)}/{len(draft.questions)}"
