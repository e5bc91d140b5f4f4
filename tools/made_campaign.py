"""Makes a campaign of some hundred made-up units with every kind of return mixed in, to try the collection on.

    python tools/made_campaign.py DIR                          # 300 units
    python tools/made_campaign.py DIR --units 1000 --seed 7
    python tools/made_campaign.py --table                      # the table of kinds for docs/guide/collection.md

DIR/expected.json says exactly what the program must make of it; docs/guide/collection.md lists the kinds. What stands in
it is counted from the table of kinds in tests/support/made/kinds, not by running the program.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.support.made.making import EXPECTED, make_campaign  # noqa: E402
from tests.support.made.table import kinds_table  # noqa: E402


def main(arguments: list[str]) -> None:
    """Makes the campaign and says what to run on it."""
    parser = argparse.ArgumentParser(description="Makes a campaign with every kind of return mixed in.")
    parser.add_argument("folder", type=Path, metavar="DIR", nargs="?", help="where; must not exist yet")
    parser.add_argument("--table", action="store_true", help="print the table of kinds instead")
    parser.add_argument("--units", type=int, default=300, help="how many units (300)")
    parser.add_argument("--seed", type=int, default=1, help="another number deals the kinds out otherwise (1)")
    parser.add_argument("-j", "--jobs", type=int, default=os.cpu_count() or 1, help="processes")
    options = parser.parse_args(arguments)
    if options.table:
        print(kinds_table(options.units), end="")
        return
    if options.folder is None:
        parser.error("say where: DIR")
    try:
        found = make_campaign(options.folder, options.units, options.seed, options.jobs)
    except (ValueError, FileExistsError) as error:
        parser.error(str(error))
    print(f"{options.units} units, {len(found['kinds'])} kinds, {found['inbox']} files: {options.folder}")
    print(f"xlsxeval run {options.folder}; what must come of it: {options.folder / EXPECTED}")


if __name__ == "__main__":
    main(sys.argv[1:])
