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
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.differential.comparing import compared, differences  # noqa: E402
from tests.differential.readers import READERS, by_libreoffice, by_xlsxeval  # noqa: E402
from tests.differential.variants import VARIANTS  # noqa: E402
from tests.fuzz import cells, markup, packing  # noqa: E402
from tests.fuzz.bounds import TooMuch  # noqa: E402
from tests.fuzz.seeds import seed  # noqa: E402
from xlsxeval.office import office_program  # noqa: E402

CHANGES = {
    "bytes": packing.BYTES,
    "zip": packing.ZIP,
    "xml": markup.XML,
    "values": cells.VALUES,
    "formulas": cells.FORMULA,
}
SAMPLE = 20
"""Clean files that LibreOffice is given at one start."""
SHARE = 3
"""LibreOffice takes one part in so many of the time at most, as soon as it has read one sample."""
OFFICE = "LibreOffice"
Made = tuple[str, str, bytes]
"""Family, name and bytes of a file."""


@dataclass
class Tally:
    """What became of the files so far."""

    folder: Path
    answers: Counter[tuple[str, str]] = field(default_factory=Counter)
    read: Counter[tuple[str, str]] = field(default_factory=Counter)
    differ: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    failed: int = 0

    @property
    def is_wrong(self) -> bool:
        """Whether a clean file is read otherwise by anyone, or xlsxeval failed on one."""
        return bool(self.failed) or any(answer == "clean" for _, answer, _ in self.differ)

    def judge(self, made: Made) -> str:
        """The answer of xlsxeval, with what the readers at hand say counted."""
        family, _, data = made
        try:
            outcome = compared(data)
        except (Exception, TooMuch) as error:
            self.failed += 1
            self._keep(made, f"xlsxeval fails: {type(error).__name__}: {error}")
            return "failed"
        self.answers[family, outcome.answer] += 1
        for reader in READERS:
            if outcome.answer != "refused" and reader not in outcome.unread:
                self.read[reader, outcome.answer] += 1
        for reader, lines in outcome.differs.items():
            self._differs(reader, outcome.answer, made, lines)
        return outcome.answer

    def ask_office(self, sample: list[Made]) -> None:
        """Clean files as LibreOffice reads them, computed cells apart, which it has computed anew."""
        for made, theirs in zip(sample, by_libreoffice([data for *_, data in sample]), strict=True):
            if theirs is None:
                self.read[OFFICE, "unread"] += 1
                continue
            self.read[OFFICE, "clean"] += 1
            if lines := list(differences(by_xlsxeval(made[2]), theirs, computed=False)):
                self._differs(OFFICE, "clean", made, lines)

    def _differs(self, reader: str, answer: str, made: Made, lines: list[str]) -> None:
        self.differ[reader, answer, made[0]] += 1
        if answer == "clean":
            more = f" and {len(lines) - 1} more" if lines[1:] else ""
            self._keep(made, f"{reader} reads otherwise: {lines[0]}{more}")

    def _keep(self, made: Made, what: str) -> None:
        """Writes a file that something is wrong with, and says what."""
        family, name, data = made
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / f"{family}-{''.join(char if char.isalnum() else '-' for char in name)}.xlsx"
        path.write_bytes(data)
        print(f"{path}: {what}", flush=True)


def inputs(first: int) -> Iterator[Made]:
    """The variants, then mutations of every kind in turn without end."""
    for name, make in VARIANTS.items():
        yield "variants", name, make()
    for number in itertools.count(first):
        for kind, changes in CHANGES.items():
            dice = random.Random(f"{kind} {number}")
            yield kind, str(number), dice.choice(changes)(dice, seed().data)


def run(first: int, seconds: float, folder: Path) -> int:
    """Runs until the time is up, then prints what became of the files; 1 where a clean file is read differently."""
    begun = time.monotonic()
    spent = 0.0
    tally = Tally(folder)
    sample: list[Made] = []
    has_office = office_program() is not None
    for made in inputs(first):
        family, _, data = made
        is_changed = family == "variants" or data != seed().data
        if tally.judge(made) == "clean" and has_office and is_changed and len(sample) < SAMPLE:
            sample.append(made)
        since = time.monotonic()
        if since - begun > seconds:
            break
        if len(sample) == SAMPLE and spent * SHARE <= since - begun:
            tally.ask_office(sample)
            sample = []
            spent += time.monotonic() - since
    if sample:
        tally.ask_office(sample)
    table(tally)
    return int(tally.is_wrong)


def table(tally: Tally) -> None:
    """Files by family and answer, then for each reader the files that it could read and those that it read otherwise."""
    answers, read, differ = tally.answers, tally.read, tally.differ
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
    print(f"\nLibreOffice could not read {read[OFFICE, 'unread']:,}; xlsxeval failed on {tally.failed:,}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--first", type=int, default=0, help="the number of the first mutation")
    parser.add_argument("-o", "--output", type=Path, default=Path("readers-differ"))
    options = parser.parse_args()
    return run(options.first, options.seconds, options.output)


if __name__ == "__main__":
    sys.exit(main())
