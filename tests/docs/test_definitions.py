"""The definitions in the documents are whole and work; every key and every type is described."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.docs.pages import ROOT, examples
from xlsxeval.cli import cli
from xlsxeval.forms import schema
from xlsxeval.forms.library import Library
from xlsxeval.forms.types import TYPES
from xlsxeval.layout.lint import lint_edition
from xlsxeval.rollup import spec

DOCS = ROOT / "docs"
_FILE = re.compile(r"# (?P<path>[\w./-]+\.yaml)\n")
_MODELS = (
    schema.EditionFile,
    schema.ParameterSpec,
    schema.FormFile,
    schema.RowSpec,
    schema.RepeatSpec,
    schema.CellSpec,
    schema.FieldSpec,
    schema.CheckFile,
    schema.ClaimSpec,
    spec.SummaryFile,
    spec.AmountsSpec,
    spec.MoneySpec,
    spec.GradeSpec,
)


def _write(page: Path, folder: Path) -> list[Path]:
    """The examples that begin with a file's name, as that file."""
    written = []
    for example in examples(page):
        match = _FILE.match(example.text)
        if match:
            path = folder / match["path"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(example.text, encoding="utf-8")
            written.append(path)
    return written


def test_the_edition_of_the_forms_page_is_sound_and_makes_a_workbook(tmp_path: Path) -> None:
    assert len(_write(DOCS / "internals" / "forms.md", tmp_path)) == 3
    templates = tmp_path / "templates"
    assert lint_edition(Library(templates).edition("town-2025")) == []
    campaign = "campaign: a\nedition: town-2025\nyear: 2025\ndepartment: 甲\nunits:\n  - {code: a1, name: 乙}\n"
    (tmp_path / "campaign.yaml").write_text(campaign, encoding="utf-8")
    arguments = ["--templates", str(templates), "generate", str(tmp_path), "-o", str(tmp_path / "out")]
    assert CliRunner().invoke(cli, arguments, catch_exceptions=False).exit_code == 0
    assert len(list((tmp_path / "out").glob("a1 *.xlsx"))) == 1


def test_the_campaign_of_the_campaign_page_makes_workbooks(tmp_path: Path) -> None:
    assert len(_write(DOCS / "internals" / "campaign.md", tmp_path)) == 1
    arguments = ["generate", str(tmp_path), "-o", str(tmp_path / "out")]
    assert CliRunner().invoke(cli, arguments, catch_exceptions=False).exit_code == 0
    assert len(list((tmp_path / "out").glob("*.xlsx"))) == 2


@pytest.mark.parametrize("model", _MODELS, ids=lambda model: model.__name__)
def test_every_key_is_described(model: type[schema.Strict]) -> None:
    text = (DOCS / "internals" / "forms.md").read_text(encoding="utf-8")
    assert [key for key in model.model_fields if f"`{key}`" not in text] == []


def test_every_type_is_described() -> None:
    text = (DOCS / "internals" / "forms.md").read_text(encoding="utf-8")
    assert [name for name, kind in TYPES.items() if f"| `{name}` |" not in text] == []
    formats = [kind.number_format for name, kind in TYPES.items() if f"`{kind.number_format}`" not in text]
    assert formats == []
