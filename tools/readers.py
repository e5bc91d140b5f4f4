"""Mutated returns read by several programs, for as long as is wanted: what xlsxeval calls clean, all must read alike.

python tools/readers.py --seconds 600        # prints a table; every disagreement is kept as a file
"""

from __future__ import annotations

import argparse
import itertools
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.differential.comparing import compared, differences  # noqa: E402
from tests.differential.readers import READERS, by_libreoffice, by_xlsxeval  # noqa: E402
from tests.differential.variants import VARIANTS  # noqa: E402
from tests.fuzz import cells, markup, packing  # noqa: E402
from tests.fuzz.seeds import seed  # noqa: E402

CHANGES = {
    "bytes": packing.BYTES,
    "zip": packing.ZIP,
    "xml": markup.XML,
    "values": cells.VALUES,
    "formulas": cells.FORMULA,
}
SAMPLE = 60
"""Clean files that LibreOffice is given at one start."""
OFFICE = "LibreOffice"


def inputs(first: int) -> Iterator[tuple[str, str, bytes]]:
    """Family, name and bytes: the variants, then mutations of every kind in turn without end."""
    for name, make in VARIANTS.items():
        yield "variants", name, make()
    for number in itertools.count(first):
        for kind, changes in CHANGES.items():
            dice = random.Random(f"{kind} {number}")
            yield kind, str(number), dice.choice(changes)(dice, seed().data)


def run(first: int, seconds: float, folder: Path) -> int:
    """Runs until the time is up, then prints what became of the files; 1 where a clean file is read differently."""
    end = time.monotonic() + seconds
    answers: Counter[tuple[str, str]] = Counter()
    read: Counter[tuple[str, str]] = Counter()
    differ: Counter[tuple[str, str, str]] = Counter()
    sample: list[tuple[str, str, bytes]] = []
    for family, name, data in inputs(first):
        outcome = compared(data)
        answers[family, outcome.answer] += 1
        if outcome.answer == "clean" and len(sample) < SAMPLE and (family == "variants" or data != seed().data):
            sample.append((family, name, data))
        for reader in READERS:
            if outcome.answer != "refused" and reader not in outcome.unread:
                read[reader, outcome.answer] += 1
        for reader, lines in outcome.differs.items():
            differ[reader, outcome.answer, family] += 1
            if outcome.answer == "clean":
                keep(folder, family, name, reader, lines, data)
        if time.monotonic() > end:
            break
    for (family, name, data), theirs in zip(sample, by_libreoffice([data for *_, data in sample]), strict=True):
        if theirs is None:
            continue
        read[OFFICE, "clean"] += 1
        if lines := list(differences(by_xlsxeval(data), theirs, computed=False)):
            differ[OFFICE, "clean", family] += 1
            keep(folder, family, name, OFFICE, lines, data)
    table(answers, read, differ)
    return int(any(answer == "clean" for _, answer, _ in differ))


def keep(folder: Path, family: str, name: str, reader: str, lines: list[str], data: bytes) -> None:
    """Writes a clean file that a reader reads otherwise, and says so."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{family}-{''.join(char if char.isalnum() else '-' for char in name)}.xlsx"
    path.write_bytes(data)
    print(
        f"{reader} reads {path} otherwise: {lines[0]}" + (f" and {len(lines) - 1} more" if lines[1:] else ""),
        flush=True,
    )


def table(
    answers: Counter[tuple[str, str]], read: Counter[tuple[str, str]], differ: Counter[tuple[str, str, str]]
) -> None:
    """Files by family and answer, then for each reader the files that it could read and those that it read otherwise."""
    print("| files | made | refused | told | clean |\n|---|---|---|---|---|")
    families = dict.fromkeys(family for family, _ in answers)
    for family in families:
        counts = [answers[family, answer] for answer in ("refused", "told", "clean")]
        print(f"| {family} | {sum(counts):,} | {' | '.join(f'{count:,}' for count in counts)} |")
    print("\n| reader | read of the told | otherwise | read of the clean | otherwise |\n|---|---|---|---|---|")
    for reader in (*READERS, OFFICE):
        otherwise = [
            sum(count for (one, answer, _), count in differ.items() if (one, answer) == (reader, wanted))
            for wanted in ("told", "clean")
        ]
        print(
            f"| {reader} | {read[reader, 'told']:,} | {otherwise[0]:,} | {read[reader, 'clean']:,} | {otherwise[1]:,} |"
        )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--first", type=int, default=0, help="the number of the first mutation")
    parser.add_argument("-o", "--output", type=Path, default=Path("readers-differ"))
    options = parser.parse_args()
    return run(options.first, options.seconds, options.output)


if __name__ == "__main__":
    sys.exit(main())
