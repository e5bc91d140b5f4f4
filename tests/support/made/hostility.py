"""The hostile files that are quick to refuse, with the code of each."""

from __future__ import annotations

from tests.hostile import RECIPES, Recipe

_SLOW = frozenset({"deep_nesting", "references_without_end"})
"""Besides the heavy ones. Those are tried one by one elsewhere."""
_PACKED = frozenset({"zip_of_workbooks", "zip_in_a_zip"})
"""What ``collect`` takes apart and ``check`` does not."""


def hostile() -> list[Recipe]:
    """Recipes of files that are refused."""
    return [one for one in RECIPES if one.outcome == "rejected" and not one.heavy and one.name not in _SLOW | _PACKED]
