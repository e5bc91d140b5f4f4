"""Licences: which expressions may be bundled, what a wheel's metadata says, and that nothing else gets in."""

from __future__ import annotations

import zipfile
from email.parser import HeaderParser
from pathlib import Path

import pytest

from tools.bundle.inputs import BundleError
from tools.bundle.licences import allows, gather, licence_of, licensed


@pytest.mark.parametrize(
    ("expression", "allowed"),
    [
        ("MIT", True),
        ("Apache-2.0 OR BSD-3-Clause", True),
        ("GPL-3.0-only OR MIT", True),
        ("MIT AND GPL-3.0-only", False),
        ("(MIT OR GPL-2.0-only) AND BSD-3-Clause", True),
        ("LGPL-2.1-only", False),
        ("AGPL-3.0-or-later", False),
        ("(MIT", False),
        ("MIT GPL-3.0-only", False),
        ("", False),
        ("?", False),
    ],
)
def test_an_expression(expression, allowed):
    assert allows(expression) is allowed


@pytest.mark.parametrize(
    ("metadata", "licence"),
    [
        ("License-Expression: MIT", "MIT"),
        ("License: BSD-3-Clause", "BSD-3-Clause"),
        ("License: ZPL 2.1", "ZPL-2.1"),
        ("License: LGPL-2.1-only", "LGPL-2.1-only"),
        ("Classifier: License :: OSI Approved :: MIT License", "MIT"),
        (
            "Classifier: License :: OSI Approved :: GNU Affero General Public License v3",
            "GNU-Affero-General-Public-License-v3",
        ),
        ("Name: x", "?"),
    ],
)
def test_what_metadata_says(metadata, licence):
    assert licence_of(HeaderParser().parsestr(metadata)) == licence


def wheel(folder: Path, licence: str) -> Path:
    path = folder / "made-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as pack:
        pack.writestr("made/__init__.py", "")
        pack.writestr("made-1.0.dist-info/METADATA", f"Name: made\nVersion: 1.0\nLicense-Expression: {licence}\n")
        pack.writestr("made-1.0.dist-info/licenses/LICENSE.txt", "the text")
    return path


def test_texts_are_gathered_with_a_list(tmp_path):
    gather([licensed(wheel(tmp_path, "MIT"))], tmp_path / "许可")
    assert (tmp_path / "许可" / "made-1.0" / "LICENSE.txt").read_text(encoding="utf-8") == "the text"
    assert "made 1.0\tMIT" in (tmp_path / "许可" / "一览.txt").read_text(encoding="utf-8-sig")


def test_what_may_not_be_bundled_stops_the_build(tmp_path):
    with pytest.raises(BundleError, match=r"made 1\.0: LGPL-2\.1-only"):
        gather([licensed(wheel(tmp_path, "LGPL-2.1-only"))], tmp_path / "许可")
    assert not (tmp_path / "许可").exists()
