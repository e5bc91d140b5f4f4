"""The JSON in docs/internals/formats.md has exactly the keys that the program writes."""

from __future__ import annotations

import json
from typing import Any

from click.testing import CliRunner

from tests.docs.pages import ROOT, examples
from xlsxeval.cli import cli

SUBMITTED = ROOT / "samples" / "zhuzhou-2024" / "submitted" / "as-printed.xlsx"


def _documented() -> list[Any]:
    return [json.loads(e.text) for e in examples(ROOT / "docs" / "internals" / "formats.md") if e.language == "json"]


def _written(*arguments: str) -> Any:
    result = CliRunner().invoke(cli, [*arguments, "--format", "json"])
    return json.loads(result.stdout)


def _keys(data: Any, at: str = "") -> set[str]:
    """Every path of keys; what stands under names that are data (codes) is left out."""
    if isinstance(data, list):
        return {path for item in data for path in _keys(item, at)}
    if not isinstance(data, dict) or at.endswith(".by_code"):
        return set()
    return {path for key, value in data.items() for path in {f"{at}.{key}", *_keys(value, f"{at}.{key}")}}


def test_check() -> None:
    assert _keys(_documented()[0]) == _keys(_written("check", str(SUBMITTED)))


def test_fields() -> None:
    assert _keys(_documented()[1]) == _keys(_written("fields", "hunan-2024"))


def test_recalc() -> None:
    assert _keys(_documented()[2]) == _keys(_written("recalc", str(SUBMITTED)))
