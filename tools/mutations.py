"""Makes every mistake of tests/support/mutations.py anew and writes down what was found, for docs/rules.md.

python tools/mutations.py        # writes tests/rules/mutations.json; then run tools/rules_doc.py
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.support.base import base  # noqa: E402
from tests.support.mutations import MUTATIONS, as_record, told_of  # noqa: E402

TARGET = ROOT / "tests" / "rules" / "mutations.json"


def main() -> None:
    """One line a kind of mistake, as it is done."""
    records = []
    for kind in MUTATIONS:
        record = as_record(kind, list(told_of(base(), kind)))
        print(*(record[name] for name in ("id", "mutants", "named", "felt", "missed", "elsewhere", "codes")))
        records.append(record)
    lines = ",\n".join(f"  {json.dumps(record, ensure_ascii=False)}" for record in records)
    TARGET.write_text(f"[\n{lines}\n]\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
