"""Writes docs/internals/functions.md from the function table of calc.

python tools/functions_doc.py          writes the page
python tools/functions_doc.py --check  exits with 1 if the page is not what the table says
"""

from __future__ import annotations

import sys
from itertools import groupby
from pathlib import Path

from xlsxeval.calc import Function, functions
from xlsxeval.calc.functions import family_summary

PAGE = Path(__file__).parent.parent / "docs" / "internals" / "functions.md"

HEAD = """# Functions that formulas can call

Made from the function table by `python tools/functions_doc.py`; do not edit. {count} functions.

A name is written as Excel writes it; `_xlfn.` and `_xlws.` before newer functions are read and dropped. What an
argument is taken as:

| kind | what it takes |
|---|---|
| number | a number; a text that reads as one is read (`"1,234.5"`, `"95%"`, `"2024-3-1"`), a blank is 0 |
| integer | a number, cut off towards zero |
| text | a text; a number is written with up to fifteen digits |
| logical | TRUE or FALSE; a number is TRUE unless it is 0 |
| scalar | any single value but an error |
| any | any single value, errors too |
| values | a reference or an array, of which only the fitting values count, or a single value, which is coerced |
| range | a reference or an array |
| array | the same; operators inside the argument work on every cell, as in SUMPRODUCT |
| shape | a reference of which only the size counts |
| reference | a reference: where the cells are |

A rectangle in place of a single value: in an array argument or an array formula the function is computed for each
of its cells; in any other formula the cell in the formula's own row or column is taken.
"""


def page() -> str:
    """The page as Markdown."""
    parts = [HEAD.format(count=len(functions()))]
    for family, entries in groupby(functions(), key=lambda entry: entry.family):
        parts.append(f"\n## {family.capitalize()}\n\n{family_summary(family)}\n")
        parts.append("| function | arguments | what it gives |\n|---|---|---|")
        parts.extend(_line(entry) for entry in entries)
    return "\n".join(parts) + "\n"


def _line(entry: Function) -> str:
    kinds = ", ".join(parameter.kind.value for parameter in entry.parameters) + (", …" if entry.repeating else "")
    return f"| `{entry.signature}` | {kinds} | {entry.summary} |"


def main() -> int:
    """Writes or checks the page."""
    if "--check" in sys.argv[1:]:
        return 0 if PAGE.read_text("utf-8") == page() else 1
    PAGE.write_text(page(), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
