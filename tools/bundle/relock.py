"""The lock of wheels, made anew: newest versions that setup.cfg allows, with the SHA-256 of each wheel for each kind of machine."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Final

from tools.bundle.inputs import ROOT, TARGETS, WHEELS, digest, download, python_version, run

_HEAD: Final = """\
# Wheels of the bundles: name and version, SHA-256, the kinds of machines that they are for.
# Written by: python -m tools.bundle lock
"""


def relock() -> int:
    """Writes ``wheels.txt`` and returns the number of its lines. Needs uv, which resolves for all systems at once."""
    options = ["--universal", "--quiet", "--no-header", "--no-annotate", "--extra", "desk"]
    told = run(["uv", "pip", "compile", *options, "--python-version", python_version(), ROOT / "setup.cfg"])
    pins = [line.partition(";")[0].strip() for line in told.splitlines() if line and not line.startswith("#")]
    lines: dict[tuple[str, str], list[str]] = {}
    for target in TARGETS.values():
        with tempfile.TemporaryDirectory() as place:
            download(pins, target, Path(place))
            for wheel in Path(place).glob("*.whl"):
                name, version = wheel.name.split("-")[:2]
                pin = next(
                    one
                    for one in pins
                    if one.lower().replace("-", "_") == f"{name.lower().replace('.', '_')}=={version}"
                )
                lines.setdefault((pin, digest(wheel)), []).append(target.name)
    rows = [f"{pin} sha256:{sha256} {','.join(names)}" for (pin, sha256), names in sorted(lines.items())]
    WHEELS.write_text(_HEAD + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return len(rows)
