"""Makes a kept campaign: a small one as a program leaves it, for the tests that every later program has to pass.

python tools/keep_campaign.py tests/kept_campaigns/2026-11                       # with the program of this checkout
git worktree add ../before v1.0
python tools/keep_campaign.py tests/kept_campaigns/2026-11 --program ../before   # with another one

The campaign of ``tests/kept_campaigns/source`` is sent out, filled in and collected. One more file comes afterwards, for
the later program to collect. Into the folder go ``campaign.zip`` and ``expected.json``, what the program found.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import shutil
import sys
import tempfile
import zipfile
from functools import partial
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.cli.running import run_process  # noqa: E402 - the tests are importable only from here on
from tests.support.kept import sent_and_filled  # noqa: E402

PACKED = dt.datetime(2025, 4, 7, 12, 0)
"""The date of all files in the archive: the same files give the same bytes."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target", type=Path, help="the folder of the kept campaign; what it holds is replaced")
    parser.add_argument("--program", type=Path, default=ROOT, help="the checkout of the program that makes it")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        program = partial(run_process, environment={"PYTHONPATH": str(arguments.program.resolve())}, cwd=Path(place))
        desk = sent_and_filled(Path(place) / "desk", program)
        findings = {**desk.check(), **desk.check(desk.later)}
        expected = {"errors": desk.collect(), "findings": findings}
        shutil.rmtree(desk.folder / "values")
        arguments.target.mkdir(parents=True, exist_ok=True)
        (arguments.target / "campaign.zip").write_bytes(_packed(desk.folder))
        text = json.dumps(expected, ensure_ascii=False, indent=1)
        (arguments.target / "expected.json").write_text(text + "\n", encoding="utf-8")


def _packed(folder: Path) -> bytes:
    """A folder as an archive."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                info = zipfile.ZipInfo(path.relative_to(folder).as_posix(), PACKED.timetuple()[:6])
                archive.writestr(info, path.read_bytes(), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


if __name__ == "__main__":
    main()
