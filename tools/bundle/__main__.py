"""The command: ``python -m tools.bundle windows linux-x86_64 …`` writes into ``dist/``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tools.bundle.inputs import ROOT, TARGETS, BundleError

_WHAT = (*TARGETS, "installer", "wheelhouse", "sbom", "lock", *(f"try-{name}" for name in TARGETS))


def main() -> int:
    """Makes what was asked for; 2 with a reason where it cannot be made."""
    parser = argparse.ArgumentParser(prog="python -m tools.bundle", description=__doc__)
    parser.add_argument("what", nargs="+", choices=_WHAT)
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="folder for what is made (default: dist)")
    parser.add_argument("--python-zip", type=Path, help="a newer embeddable archive of python.org, for Windows")
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    try:
        for what in asked.what:
            sys.stderr.write(f"{what}: {_made(what, asked.out.resolve(), asked.python_zip)}\n")
    except BundleError as error:
        sys.stderr.write(f"{what}: {error}\n")
        return 2
    return 0


def _made(what: str, out: Path, python_zip: Path | None) -> object:
    if what == "lock":
        from tools.bundle.relock import relock

        return f"{relock()} wheels locked"
    if what.startswith("try-"):
        from tools.bundle.trial import trials

        return "\n".join(["", *trials(what.removeprefix("try-"), out)])
    if what == "sbom":
        from tools.bundle.components import write_components

        return write_components(out)
    if what == "wheelhouse":
        from tools.bundle.wheelhouse import wheelhouse

        return wheelhouse(out)
    if what in {"windows", "installer"}:
        from tools.bundle import contents, windows

        if what == "windows":
            return windows.windows(out, python_zip=python_zip)
        return windows.installer(out / f"{windows.NAME}-{contents.version()}-windows", out)
    from tools.bundle.linux import linux

    return linux(what.removeprefix("linux-"), out)


if __name__ == "__main__":
    sys.exit(main())
