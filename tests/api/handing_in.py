"""Run as a program: opens a campaign and hands in every file of a folder; ``python -m tests.api.handing_in …``."""

from __future__ import annotations

import sys
from pathlib import Path

from xlsxeval.api import open_campaign

if __name__ == "__main__":
    campaign, templates, folder = sys.argv[1:]
    with open_campaign(campaign, templates=templates, by=f"窗口{Path(folder).name}") as opened:
        for path in sorted(Path(folder).iterdir()):
            print([piece.filed.state.value for piece in opened.receive(path.read_bytes(), name=path.name).pieces])
