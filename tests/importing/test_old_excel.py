"""A blank form in the old format of Excel: converted, then read as any other."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.importing.public_forms import FOLDER, Recipe, score
from xlsxeval.forms.library import Library
from xlsxeval.importing import draft_form, read_blanks
from xlsxeval.office import OfficeBounds, converted
from xlsxeval.resources import templates_directory


@pytest.mark.libreoffice
def test_an_xls_is_read_as_its_xlsx(tmp_path: Path) -> None:  # two runs of LibreOffice: some seconds
    recipe = Recipe(FOLDER / "ministry-excel.yaml")
    old = tmp_path / "表.xls"
    old.write_bytes(converted(recipe.draw(tmp_path).read_bytes(), "xlsx", "xls:MS Excel 97", OfficeBounds()))
    (blank,) = read_blanks(old).sheets
    result = score(recipe, draft_form(blank, "x", old.name, Library(templates_directory())))
    assert (result.wrong, result.missed, result.extra) == ([], [], [])
