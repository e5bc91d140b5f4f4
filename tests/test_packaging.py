"""What is shipped: a wheel that works by itself from any folder, and a source archive that can be tested."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path, PurePosixPath

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the source archive, built from a copy of the files that git knows."""
    source = tmp_path_factory.mktemp("source")
    for name in _files():
        target = source / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes((ROOT / name).read_bytes())
    keys = source / "samples" / "zhuzhou-2024" / ".xlsxeval"
    keys.mkdir()
    (keys / "key").write_text("secret", encoding="ascii")
    (source / "templates" / "~$open.docx").write_bytes(b"x")
    out = tmp_path_factory.mktemp("dist")
    done = subprocess.run(
        [sys.executable, "-m", "build", "--sdist", "--wheel", "--outdir", out, source],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return out


def _files() -> list[str]:
    """The project's files; without git (from a source archive) all that stand in its folders."""
    folders = ["xlsxeval", "templates", "samples", "tests", "docs", "tools"]
    if (ROOT / ".git").exists():
        command = ["git", "-c", "core.quotePath=false", "ls-files", "-z"]
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode("utf-8").split("\0")
        return [name for name in listed if name and (ROOT / name).is_file()]
    found = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.is_file()]
    found += [path for path in ROOT.iterdir() if path.is_file()]
    return [path.relative_to(ROOT).as_posix() for path in found if "__pycache__" not in path.parts]


@pytest.fixture(scope="module")
def wheel(built: Path) -> zipfile.ZipFile:
    (path,) = built.glob("*.whl")
    return zipfile.ZipFile(path)


def test_the_wheel_has_every_module_template_and_sample(wheel: zipfile.ZipFile) -> None:
    shipped = set(wheel.namelist())
    wanted = {name for name in _files() if name.startswith("xlsxeval/")}
    wanted |= {f"xlsxeval/{name}" for name in _files() if name.startswith(("templates/", "samples/"))}
    assert wanted - shipped == set()
    assert "xlsxeval/py.typed" in shipped


def test_the_wheel_has_no_keys_no_lock_files_and_no_tests(wheel: zipfile.ZipFile) -> None:
    names = [PurePosixPath(name) for name in wheel.namelist()]
    assert [name for name in names if ".xlsxeval" in name.parts or name.name.startswith("~$")] == []
    assert {name.parts[0] for name in names if not name.parts[0].endswith(".dist-info")} == {"xlsxeval"}


def test_the_source_archive_has_the_tests_and_what_they_need(built: Path) -> None:
    (path,) = built.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        names = {
            PurePosixPath(name).relative_to(PurePosixPath(name).parts[0]).as_posix() for name in archive.getnames()
        }
    wanted = {
        name
        for name in _files()
        if name.startswith(("xlsxeval/", "templates/", "samples/", "tests/", "docs/", "tools/"))
    }
    wanted |= {"cli.py", "Makefile", "setup.cfg", "pyproject.toml", "README.md", "README.zh-CN.md", "LICENSE"}
    assert wanted - names == set()
    assert not [name for name in names if "/.xlsxeval" in name]


def test_an_installed_wheel_does_the_main_job_from_anywhere(built: Path, tmp_path: Path) -> None:
    environment = tmp_path / "venv"
    venv.create(environment, with_pip=False, symlinks=os.name != "nt")
    binaries = environment / ("Scripts" if os.name == "nt" else "bin")
    python = binaries / "python"
    site = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    (path,) = built.glob("*.whl")
    install = [sys.executable, "-m", "pip", "--python", str(python), "install", "--no-deps", "--no-index", str(path)]
    done = subprocess.run(install, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    # The dependencies of this environment, but not its own xlsxeval: an editable one is found by a hook, not by a path.
    Path(site, "dependencies.pth").write_text("\n".join(_dependencies()), encoding="utf-8")
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "XLSXEVAL"))}
    command = [binaries / "xlsxeval", "demo", tmp_path / "out", "--sample", "chenxi-2024"]
    demo = subprocess.run(
        command, cwd=Path(tmp_path.anchor), env=clean, capture_output=True, text=True, check=False, encoding="utf-8"
    )
    assert demo.returncode == 0, demo.stderr
    made = {
        (*found.relative_to(tmp_path / "out").parts[1:2], found.suffix) for found in (tmp_path / "out").rglob("*.*")
    }
    assert {("下发", ".xlsx"), ("收回", ".xlsx"), ("结果", ".txt"), ("结果", ".json"), ("结果", ".docx")} <= made
    where = [python, "-c", "import xlsxeval; print(xlsxeval.__file__)"]
    found = subprocess.run(where, cwd=tmp_path, env=clean, capture_output=True, text=True, check=True)
    assert Path(found.stdout.strip()).is_relative_to(environment)


def _dependencies() -> list[str]:
    import click
    import lxml

    return sorted({str(Path(module.__path__[0]).parent) for module in (click, lxml)})
