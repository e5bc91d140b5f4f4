"""Makes the wheel and the source archive, and checks both in fresh environments of every Python that is here.

    python -m tools.release            # into dist/, with a row for each Python

Pythons are looked for as python3.11 to python3.14 on the path; the interpreter of the Linux bundle is taken where it was built. For
a version that is not here, it is only looked whether everything can be had as wheels.
"""

from __future__ import annotations

import configparser
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from tools.bundle.inputs import ROOT, SOURCE_DATE, STORE, BundleError, run

VERSIONS: Final = ("3.11", "3.12", "3.13", "3.14")
_TRIED: Final = (("--version",), ("doctor",), ("lint",), ("demo", "out"))


def main() -> int:
    """Builds and checks; 2 with a reason where something fails."""
    try:
        wheel, archive = built(ROOT / "dist")
        sys.stderr.write(f"{wheel.name}, {archive.name}\n")
        for row in checked(wheel, archive):
            sys.stderr.write(f"{row}\n")
    except BundleError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


def built(out: Path) -> tuple[Path, Path]:
    """The wheel and the source archive, the wheel built from the archive."""
    settings = {**os.environ, "SOURCE_DATE_EPOCH": str(int(SOURCE_DATE.timestamp()))}
    with tempfile.TemporaryDirectory() as place:
        run([sys.executable, "-m", "pip", "install", "--quiet", "--target", place, "build"])
        settings["PYTHONPATH"] = place
        run([sys.executable, "-m", "build", "--outdir", out, ROOT], env=settings)
    newest = [
        max(out.glob(pattern), key=lambda path: path.stat().st_mtime) for pattern in ("*.whl", "xlsxeval-*.tar.gz")
    ]
    return newest[0], newest[1]


def checked(wheel: Path, archive: Path) -> Iterator[str]:
    """A row for each version of Python: the wheel tried, or only whether its packages can be had. Raises BundleError."""
    for version in VERSIONS:
        found = interpreter(version)
        if found is None:
            _available(version)
            yield f"| {version} | not here: all packages can be had as wheels, nothing was run |"
            continue
        with tempfile.TemporaryDirectory() as place:
            told = _tried(found, version, wheel, Path(place))
        yield f"| {version} | wheel installed; {told} |"
    with tempfile.TemporaryDirectory() as place:
        again = _from_archive(archive, Path(place))
        if _names(again) != _names(wheel):
            raise BundleError("the source archive makes another wheel")
    yield f"| {sys.version_info.major}.{sys.version_info.minor} | source archive: makes a wheel of the same files |"


def interpreter(version: str) -> Path | None:
    """A Python of this version, None where there is none."""
    found = shutil.which(f"python{version}")
    if found:
        return Path(found)
    if sys.version_info[:2] == tuple(int(part) for part in version.split(".")):
        return Path(sys.executable)
    for folder in sorted(STORE.parent.glob(f"python-{os.uname().machine}-*")):
        if (folder / "lib" / f"python{version}").is_dir():
            return folder / "bin" / "python3"
    return None


def _available(version: str) -> None:
    with tempfile.TemporaryDirectory() as place:
        options = ["--target", place, "--python-version", version, "--only-binary=:all:", "--dry-run", "--quiet"]
        run([sys.executable, "-m", "pip", "install", *options, *_requirements()])


def _requirements() -> list[str]:
    config = configparser.ConfigParser()
    config.read(ROOT / "setup.cfg", encoding="utf-8")
    told = config["options"]["install_requires"] + config["options.extras_require"]["desk"]
    return [line for line in told.splitlines() if line]


def _tried(python: Path, version: str, wheel: Path, place: Path) -> str:
    """Installs the wheel for a Python into a folder of its own, and runs the program there."""
    site = place / "site"
    options = ["--target", site, "--python-version", version, "--only-binary=:all:", "--quiet"]
    run([sys.executable, "-m", "pip", "install", *options, f"{wheel}[desk]"])
    for words in _TRIED:
        _run_there([python, "-s", "-m", "xlsxeval", *words], place, site)
    exact = _run_there([python, "-c", "import sys; print(sys.version.split()[0])"], place, site).strip()
    return f"{', '.join(words[0] for words in _TRIED)} run with {exact}"


def _run_there(command: Sequence[str | Path], place: Path, site: Path) -> str:
    settings = {"PATH": "/usr/bin:/bin", "HOME": str(place), "LANG": "C.UTF-8", "PYTHONPATH": str(site)}
    done = subprocess.run(
        [str(one) for one in command], cwd=place, env=settings, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise BundleError(f"{' '.join(map(str, command))} ended with {done.returncode}:\n{done.stderr[-2000:]}")
    return done.stdout


def _from_archive(archive: Path, place: Path) -> Path:
    run([sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", place, archive])
    return next(place.glob("*.whl"))


def _names(wheel: Path) -> list[str]:
    with zipfile.ZipFile(wheel) as pack:
        return sorted(pack.namelist())


if __name__ == "__main__":
    sys.exit(main())
