"""Hundreds of units generated in one run: time and memory of the command itself.

    python benchmarks/generate.py [UNITS] [JOBS]

Every unit has six projects, four of them with approved indicators, as the sample zhuzhou-2024 has.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "samples" / "zhuzhou-2024" / "campaign.yaml"


def main(units: int, jobs: int) -> None:
    """Prints seconds in all, milliseconds a unit, and the largest memory of one process."""
    yaml = YAML(typ="safe", pure=True)
    data = yaml.load(SAMPLE.read_text(encoding="utf-8"))
    unit = data["units"][0]
    data["units"] = [{**unit, "code": f"{number:06d}"} for number in range(1, units + 1)]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with (folder / "campaign.yaml").open("w", encoding="utf-8") as file:
            yaml.dump(data, file)
        command = [
            sys.executable,
            "-m",
            "xlsxeval",
            "generate",
            str(folder),
            "-o",
            str(folder / "out"),
            "-j",
            str(jobs),
        ]
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own command
        seconds = time.perf_counter() - start
        size = sum(path.stat().st_size for path in (folder / "out").glob("*.xlsx"))
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{units} units, {jobs} processes: {seconds:.1f} s, {seconds / units * 1000:.0f} ms a unit")
    print(f"largest process {peak:.0f} MiB; {size / 2**20:.1f} MiB of workbooks")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500, int(sys.argv[2]) if len(sys.argv) > 2 else 2)
