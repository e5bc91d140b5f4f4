"""Writes every hostile file into a folder, for trying by hand: ``python -m tests.hostile.make DIR``.

Do not open them in an office program. A list beside them (``README.txt``) says what each must be answered with.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.hostile import RECIPES
from tests.hostile.places import SPOTS
from tests.hostile.returns import RETURNS


def write(folder: Path) -> list[str]:
    """Writes the files and gives the lines of the list: family, file, answer."""
    lines = []
    for recipe in RECIPES:
        path = folder / recipe.family / f"{recipe.name}.xlsx"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(recipe.make())
        lines.append(f"{path.relative_to(folder).as_posix()}\t{recipe.outcome}\t{recipe.code or ''}")
    for spot in SPOTS:
        if spot.possible:
            home = folder / "places" / spot.name
            home.mkdir(parents=True)
            spot.put(home)
            lines.append(
                f"{home.relative_to(folder).as_posix()}/\t{'rejected' if spot.code else 'read'}\t{spot.code or ''}"
            )
    for one in RETURNS:
        path = folder / "returns" / f"{one.name}.xlsx"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(one.make())
        lines.append(f"{path.relative_to(folder).as_posix()}\tfound\t{' '.join(sorted(one.codes))}")
    return lines


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit("usage: python -m tests.hostile.make DIR")
    folder = Path(sys.argv[1])
    if folder.exists() and any(folder.iterdir()):
        sys.exit(f"{folder} is not empty")
    lines = write(folder)
    (folder / "README.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines)} cases in {folder}")


if __name__ == "__main__":
    main()
