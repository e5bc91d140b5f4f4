"""Mutated inputs for as long as is wanted; every failing one is kept in a folder with how to make it again.

python tools/fuzz.py --seconds 600 --jobs 2          # all kinds in turn
python tools/fuzz.py --kind xml --first 5000         # one kind, from a number on
python tools/fuzz.py --kind xml --again 4711         # one input again, with its traceback
"""

from __future__ import annotations

import argparse
import itertools
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.fuzz.kinds import KINDS  # noqa: E402
from tests.fuzz.reducing import reduced  # noqa: E402
from tests.fuzz.running import Failure, failures, made, tried  # noqa: E402

BATCH = 100
"""Inputs of one kind that a process takes at a time."""


@dataclass(frozen=True)
class Batch:
    """The numbers of some inputs of one kind."""

    kind: str
    first: int

    def run(self) -> list[Failure]:
        return list(failures(self.kind, range(self.first, self.first + BATCH)))


def grouped(kinds: list[str], first: int, size: int) -> Iterator[tuple[Batch, ...]]:
    """All kinds in turn, without end, as many batches at a time as there are processes."""
    source = (Batch(kind, start) for start in itertools.count(first, BATCH) for kind in kinds)
    while True:
        yield tuple(itertools.islice(source, size))


def keep(folder: Path, failure: Failure) -> Path:
    """Writes a failing input, as small as it comes, and beside it what was seen and how to make it again."""
    kind = KINDS[failure.kind]
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{failure.kind}-{failure.number}.txt"
    try:
        ending, content = kind.keep(reduced(kind, failure))
        path = path.with_suffix(ending)
        path.write_bytes(content)
    except Exception as error:  # an input that cannot be made, or not be written: its number is enough
        print(f"not kept: {type(error).__name__}", flush=True)
    again = f"python tools/fuzz.py --kind {failure.kind} --again {failure.number}"
    path.with_suffix(".txt").write_text(f"{failure.what}\n\n{again}\n\n{failure.trace}", encoding="utf-8")
    return path


def run(kinds: list[str], first: int, seconds: float, most: int | None, jobs: int, folder: Path) -> int:
    """Runs until the time is up; one line for each failure of a new kind, then how many inputs there were."""
    end = time.monotonic() + seconds
    done: Counter[str] = Counter()
    alike: Counter[tuple[str, str]] = Counter()
    with ProcessPoolExecutor(jobs) as pool:
        for group in grouped(kinds, first, jobs):
            for batch, found in zip(group, pool.map(Batch.run, group), strict=True):
                done[batch.kind] += BATCH
                for failure in found:
                    alike[failure.kind, failure.alike] += 1
                    if alike[failure.kind, failure.alike] == 1:
                        print(f"{failure.kind} {failure.number}: {failure.what}\n  {keep(folder, failure)}", flush=True)
            if time.monotonic() > end or (most is not None and min(done[kind] for kind in kinds) >= most):
                break
    print(*(f"{kind} {count}" for kind, count in sorted(done.items())), sep=", ")
    for (kind, what), count in alike.most_common():
        print(f"{count:6} {kind}: {what}")
    return int(bool(alike))


def again(kind: str, number: int) -> int:
    """One input once more."""
    failure = tried(KINDS[kind], number, made(KINDS[kind], number))
    print("nothing is wrong" if failure is None else f"{failure.what}\n{failure.trace}")
    return int(failure is not None)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", "--first", dest="first", type=int, default=0, help="the number of the first input")
    parser.add_argument(
        "--inputs", type=int, help="stop after this many inputs of each kind, if the time is not up before"
    )
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--kind", action="append", choices=sorted(KINDS))
    parser.add_argument("--again", type=int)
    parser.add_argument("-o", "--output", type=Path, default=Path("fuzz-failures"))
    options = parser.parse_args()
    kinds = options.kind or sorted(KINDS)
    if options.again is not None:
        return max(again(kind, options.again) for kind in kinds)
    return run(kinds, options.first, options.seconds, options.inputs, options.jobs, options.output)


if __name__ == "__main__":
    sys.exit(main())
