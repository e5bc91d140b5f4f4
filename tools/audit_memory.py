"""The memory of a process over many audits: the made Word reports in turns, resident megabytes after each step. Linux only.

``python -m tools.audit_memory [AUDITS]`` (1,000 without a number).
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tests.support.published.counting import auditor
from tests.support.published.files import FILES
from tests.support.published.sources import SAMPLES, published

STEPS = 10


def main(audits: int) -> None:
    """Judges ``audits`` reports one after another and prints what the process holds after each tenth of them."""
    files = [(f"{name}.docx", FILES["docx"](published(name), "plain")[0]) for name in SAMPLES]
    step = max(1, audits // STEPS)
    for number in range(1, audits + 1):
        auditor().judge(*files[number % len(files)])
        if number % step == 0:
            print(f"{number} {resident():.1f} MB", flush=True)


def resident() -> float:
    """Resident memory of this process in MB, as the kernel tells it."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
