"""Hostile, broken and merely odd files, as recipes: what a campaign's inbox must survive.

One module a family; ``python -m tests.hostile.make DIR`` writes them all for trying by hand.
"""

from tests.hostile import (
    attached,
    bombs,
    branches,
    cells,
    container,
    contents,
    directories,
    disguises,
    harmless,
    markup,
)
from tests.hostile.recipe import RECIPES, Recipe

FAMILIES = (disguises, container, directories, contents, markup, branches, cells, attached, harmless, bombs)

__all__ = ["FAMILIES", "RECIPES", "Recipe"]
