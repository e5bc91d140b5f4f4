"""The lock: every input with its SHA-256, and how it is fetched into the store of downloads."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[2]
LOCK: Final = Path(__file__).with_name("inputs.toml")
WHEELS: Final = Path(__file__).with_name("wheels.txt")
STORE: Final = ROOT / "build" / "bundle" / "downloads"
SOURCE_DATE: Final = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
"""The time that every file in a bundle carries."""


class BundleError(Exception):
    """Raised where a bundle cannot be made; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Target:
    """A kind of machine: the names under which wheels for it are published."""

    name: str
    platforms: tuple[str, ...]


TARGETS: Final = {
    target.name: target
    for target in (
        Target("windows", ("win_amd64",)),
        Target("linux-x86_64", ("manylinux_2_28_x86_64", "manylinux_2_17_x86_64")),
        Target("linux-aarch64", ("manylinux_2_28_aarch64", "manylinux_2_17_aarch64")),
    )
}


@cache
def lock() -> dict[str, Any]:
    """The content of ``inputs.toml``."""
    with LOCK.open("rb") as file:
        return tomllib.load(file)


def python_version() -> str:
    """Major and minor number of the interpreters, as ``3.13``."""
    return str(lock()["python"])


def digest(path: Path) -> str:
    """The SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def run(command: Sequence[str | Path], **more: Any) -> str:
    """Runs a program and returns its stdout. Raises BundleError with the end of what it printed where it fails."""
    try:
        done = subprocess.run(
            [str(part) for part in command], capture_output=True, text=True, errors="replace", check=False, **more
        )
    except FileNotFoundError:
        raise BundleError(f"{command[0]} is not installed; docs/internals/bundle.md lists what is needed") from None
    if done.returncode:
        raise BundleError(f"{Path(str(command[0])).name} failed:\n{(done.stdout + done.stderr)[-3000:]}")
    return done.stdout


def require(path: Path, sha256: str) -> Path:
    """The path of a file with this SHA-256. Raises BundleError for another."""
    found = digest(path)
    if found != sha256:
        raise BundleError(f"{path.name} is not the locked file: SHA-256 {found}, locked {sha256}")
    return path


def stored(name: str, sha256: str) -> Path | None:
    """A file of the store, None where it is not there yet. Raises BundleError where it was changed."""
    path = STORE / name
    return require(path, sha256) if path.is_file() else None


def package(key: str) -> Path:
    """A distribution of ``[packages]`` (a wheel or a source archive), fetched with pip. Raises BundleError."""
    told = lock()["packages"][key]
    path = stored(told["file"], told["sha256"])
    if path is None:
        line = f"{told['name']}=={told['version']} --hash=sha256:{told['sha256']}"
        _pip([line], ["--no-deps", "--no-build-isolation"] if told["file"].endswith(".gz") else ["--no-deps"], told)
        path = stored(told["file"], told["sha256"])
    if path is None:
        raise BundleError(f"pip brought another file than {told['file']}; lock it anew: python -m tools.bundle lock")
    return path


def source(key: str) -> Path:
    """A source archive of ``[sources]``, from the store or with apt-get. Raises BundleError with what to do."""
    told = lock()["sources"][key]
    path = stored(told["file"], told["sha256"])
    if path is None:
        _apt_source(told)
        path = stored(told["file"], told["sha256"])
    if path is None:
        raise BundleError(f"put {told['file']} (SHA-256 {told['sha256']}) into {STORE}: apt-get no longer has it")
    return path


def wheels(target: Target) -> list[Path]:
    """The wheels of ``wheels.txt`` for a kind of machine, in order of their names."""
    folder = STORE / target.name
    want = {line.split("sha256:")[1] for line in _pinned(target)}
    have = {digest(path): path for path in folder.glob("*.whl")} if folder.is_dir() else {}
    if not want <= have.keys():
        download(_pinned(target), target, folder)
        have = {digest(path): path for path in folder.glob("*.whl")}
    missing = want - have.keys()
    if missing:
        raise BundleError(f"{len(missing)} locked wheels for {target.name} cannot be had: {sorted(missing)}")
    return sorted((have[one] for one in want), key=lambda path: path.name.lower())


def _pinned(target: Target) -> list[str]:
    """The lines of the lock for one kind of machine: ``name==version ; target --hash=…`` lists the targets of a wheel."""
    lines = []
    for line in WHEELS.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        pin, sha256, targets = line.split()
        if target.name in targets.split(","):
            lines.append(f"{pin} --hash={sha256}")
    return lines


def download(lines: Iterable[str], target: Target, folder: Path) -> None:
    """Fetches wheels for a kind of machine with pip; where lines carry hashes, pip compares them."""
    options = ["--no-deps", "--only-binary=:all:", "--implementation=cp", f"--python-version={python_version()}"]
    number = python_version().replace(".", "")
    options += [f"--abi=cp{number}", "--abi=abi3", "--abi=none"]
    _pip(lines, options + [f"--platform={one}" for one in target.platforms], {}, folder)


def _pip(lines: Iterable[str], options: list[str], told: dict[str, Any], folder: Path = STORE) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        wanted = Path(place) / "wanted.txt"
        wanted.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        own = dict(os.environ)
        if str(told.get("file", "")).endswith(".gz"):  # pip asks a source archive for its metadata
            options = [*options, "--no-binary=:all:"]
            with zipfile.ZipFile(package("setuptools")) as pack:
                pack.extractall(Path(place) / "tools")
            own["PYTHONPATH"] = str(Path(place) / "tools")
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--dest", folder, "--requirement", wanted]
        run([*command, *options], env=own)


def _apt_source(told: dict[str, Any]) -> None:
    """Fetches a source package from the Debian mirror that this machine uses, whatever its own release is."""
    listed = run(["apt-get", "indextargets", "--format", "$(REPO_URI) $(ORIGIN)"]).splitlines()
    mirror = next((line.split()[0] for line in listed if line.endswith(" Debian")), None)
    if mirror is None:
        raise BundleError(f"no Debian mirror here: put {told['file']} (SHA-256 {told['sha256']}) into {STORE}")
    folder = STORE / "apt"
    (folder / "lists" / "partial").mkdir(parents=True, exist_ok=True)
    sources = folder / "sources.list"
    sources.write_text(f"deb-src {mirror} {told['suite']} main\n", encoding="utf-8")
    options = [
        f"Dir::Etc::sourcelist={sources}",
        "Dir::Etc::sourceparts=/dev/null",
        f"Dir::State::lists={folder}/lists",
    ]
    options += [f"Dir::Cache={folder}/cache", "APT::Sandbox::User=root"]
    command = ["apt-get", "-qq", *(word for one in options for word in ("-o", one))]
    (folder / "cache" / "archives" / "partial").mkdir(parents=True, exist_ok=True)
    run([*command, "update"])
    run([*command, "source", "--download-only", f"{told['name']}={told['version']}"], cwd=folder)
    shutil.copyfile(folder / told["file"], STORE / told["file"])
