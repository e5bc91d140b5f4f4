"""Word files that no form can be made of, or that ask for more than any form: told, bounded, never a traceback."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from docx import Document

from tests.cli.running import run
from tests.importing.public_forms import FOLDER, Recipe

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _with_body(body: str) -> bytes:
    """A sound document with another body."""
    made = io.BytesIO()
    Document().save(made)
    changed = io.BytesIO()
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(changed, "w") as target:
        for name in source.namelist():
            text = f"<w:document {W}><w:body>{body}</w:body></w:document>".encode()
            target.writestr(name, text if name == "word/document.xml" else source.read(name))
    return changed.getvalue()


def _cell(text: str = "", span: int = 1, merge: str = "") -> str:
    return f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/>{merge}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>'


def _table(*rows: str, grid: str = "") -> str:
    return f"<w:tbl><w:tblGrid>{grid}</w:tblGrid>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


NESTED = (
    "".join("<w:tbl><w:tr><w:tc>" for _ in range(60)) + "<w:p/>" + "".join("</w:tc></w:tr></w:tbl>" for _ in range(60))
)
BODIES = {
    "no table": "<w:p><w:r><w:t>只有文字</w:t></w:r></w:p>",
    "an endless span": _table(_cell("甲", 2_000_000_000), _cell("乙")),
    "negative spans": _table(_cell("甲", -5) + _cell("乙", 0)),
    "rows without end": _table(*[_cell("行") + _cell()] * 3000),
    "columns without end": _table(_cell("列") * 600),
    "tables without end": _table(_cell("项目名称") + _cell()) * 400,
    "tables in tables": NESTED,
    "a merge of nothing": _table(_cell("甲", 1, "<w:vMerge/>") + _cell("乙", 3, "<w:vMerge/>"), _cell("丙", 2)),
    "cells beyond the grid": _table(_cell("甲", 9), _cell("乙") + _cell(), grid='<w:gridCol w:w="10"/>'),
    "huge widths": _table(_cell("甲") + _cell(), grid='<w:gridCol w:w="999999999999"/><w:gridCol w:w="-7"/>'),
}


@pytest.mark.parametrize("name", BODIES)
def test_a_strange_document_is_read_or_told(name: str, tmp_path: Path) -> None:
    path = tmp_path / "表.docx"
    path.write_bytes(_with_body(BODIES[name]))
    done = run("import-form", path)
    assert done.code in (0, 2), done.said
    assert "程序内部错误" not in done.err
    if done.code == 2:
        assert "表.docx" in done.err


def test_an_entity_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "表.docx"
    path.write_bytes(_with_body("&lol;").replace(b"<w:document ", b"<w:document "))
    assert run("import-form", path).code == 2


@pytest.mark.parametrize("kind", ["old", "cut", "renamed"])
def test_other_files_are_told_with_what_to_do(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "表.docx"
    sound = Recipe(FOLDER / "relief-target.yaml").draw(tmp_path / "好").read_bytes()
    path.write_bytes(
        {
            "old": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "WordDocument".encode("utf-16-le") + b"\0" * 600,
            "cut": sound[: len(sound) // 2],
            "renamed": "项目名称,金额".encode("gbk"),
        }[kind]
    )
    done = run("import-form", path)
    assert done.code == 2
    assert "另存为" in done.err
