"""Makes the wheel and the source archive, and checks both in fresh environments of every Python that is here.

    python -m tools.release            # into dist/, with a row for each Python

Pythons are looked for as python3.11 to python3.14 on the path and among pyenv's. For a version that is not here, it is only looked
whether everything can be had as wheels.
"""

from __future__ import annotations

import configparser
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from tools.bundle.inputs import ROOT, SOURCE_DATE, BundleError, digest, run

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
    with tempfile.TemporaryDirectory() as place:
        run([sys.executable, "-m", "pip", "install", "--quiet", "--target", place, "build"])
        run([sys.executable, "-m", "build", "--outdir", out, ROOT], env={**_dated(), "PYTHONPATH": place})
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
            told = _tried(found, wheel, archive, Path(place))
        yield f"| {version} | {told} |"
    with tempfile.TemporaryDirectory() as place:
        again = _from_archive(archive, Path(place))
        if digest(again) != digest(wheel):
            raise BundleError("the source archive makes another wheel")
    yield f"| {sys.version_info.major}.{sys.version_info.minor} | the source archive makes the same wheel, byte for byte |"


def interpreter(version: str) -> Path | None:
    """A Python of this version that can make environments, None where there is none."""
    if sys.version_info[:2] == tuple(int(part) for part in version.split(".")):
        return Path(sys.executable)
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    found = [Path(path) for path in (shutil.which(f"python{version}"),) if path]
    found += sorted(pyenv.glob(f"{version}.*/bin/python{version}"))
    works = [path for path in found if _says([path, "-c", "import ensurepip, sqlite3"]) is not None]
    return works[-1] if works else None


def _says(command: Sequence[str | Path]) -> str | None:
    try:
        return run(command)
    except BundleError:
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


def _tried(python: Path, wheel: Path, archive: Path, place: Path) -> str:
    """Makes an environment, installs the wheel with the desk, runs the program; then the same with the source archive."""
    environment = place / "environment"
    run([python, "-m", "venv", environment])
    binaries = environment / ("Scripts" if os.name == "nt" else "bin")
    install = [binaries / "python", "-m", "pip", "install", "--quiet"]
    run([*install, "--only-binary=:all:", f"{wheel}[desk]"])
    for words in _TRIED:
        _run_there([binaries / "xlsxeval", *words], place)
    run([*install, "--force-reinstall", "--no-deps", archive])
    _run_there([binaries / "xlsxeval", "lint"], place)
    exact = _run_there([binaries / "python", "-c", "import sys; print(sys.version.split()[0])"], place).strip()
    return f"{exact}: wheel installed, {', '.join(words[0] for words in _TRIED)}; source archive installed, lint"


def _run_there(command: Sequence[str | Path], place: Path) -> str:
    """Runs a program of an environment from a folder that is not the checkout, with nothing of this one's settings."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "XLSXEVAL"))}
    return run(command, cwd=place, env={**clean, "HOME": str(place), "PYTHONUTF8": "1"})


def _from_archive(archive: Path, place: Path) -> Path:
    run([sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", place, archive], env=_dated())
    return next(place.glob("*.whl"))


def _dated() -> dict[str, str]:
    """The settings under which the same files make the same wheel."""
    return {**os.environ, "SOURCE_DATE_EPOCH": str(int(SOURCE_DATE.timestamp()))}


if __name__ == "__main__":
    sys.exit(main())
