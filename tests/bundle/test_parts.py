"""Parts of the tool: signatures, wheels unpacked, archives of the same bytes, ages, launchers, the catalogue of a build."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import os
import zipfile
from pathlib import Path

import pytest

from tools.bundle import contents, signatures, windows
from tools.bundle.age import age_warning
from tools.bundle.inputs import BundleError
from tools.bundle.packing import tarred, zipped

SAID = """\
Signature Index: 0  (Primary Signature)
Current message digest    : {current}
Calculated message digest : DEBB5434E9058F2B

Signer's certificate:
\tSigner #0:
\t\tSubject: /C=US/ST=Oregon/L=Beaverton/O=Python Software Foundation/CN={name}
\t\tIssuer : /C=US/O=Microsoft Corporation/CN=Microsoft ID Verified CS AOC CA 02
"""
PSF = "Python Software Foundation"


def test_an_intact_signature_of_a_known_signer():
    assert signatures.signer(SAID.format(current="DEBB5434E9058F2B", name=PSF), "python.exe") == PSF


@pytest.mark.parametrize(
    "said",
    [
        SAID.format(current="0EBB5434E9058F2B", name=PSF),
        SAID.format(current="DEBB5434E9058F2B", name="Some One"),
        "No signature found",
        "",
    ],
)
def test_any_other_is_refused(said):
    with pytest.raises(BundleError, match=r"python\.exe"):
        signatures.signer(said, "python.exe")


def test_modules_stand_in_the_catalogue(tmp_path, monkeypatch):
    monkeypatch.setattr(signatures, "_told", lambda path: SAID.format(current="", name=PSF))
    listed, left_out, empty = (tmp_path / name for name in ("a.py", "b.py", "__init__.py"))
    for path, data in ((listed, b"a"), (left_out, b"b"), (empty, b"")):
        path.write_bytes(data)
    catalogue = tmp_path / "x.cat"
    catalogue.write_bytes(b"..." + hashlib.sha256(b"a").digest() + b"...")
    known = {"b.py": hashlib.sha256(b"b").hexdigest()}
    assert signatures.require_catalogued([listed, left_out, empty], catalogue, known, tmp_path) == 3
    left_out.write_bytes(b"changed")
    with pytest.raises(BundleError, match=r"b\.py"):
        signatures.require_catalogued([listed, left_out], catalogue, known, tmp_path)


def tree(folder: Path, names: list[str]) -> Path:
    for number, name in enumerate(names):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode() * 100)
        os.utime(path, (number, number))
    return folder


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_the_same_content_gives_the_same_bytes(tmp_path, pack):
    names = ["a.txt", "乙/b.txt", "乙/c/d.txt"]
    one = pack(tree(tmp_path / "1" / "绩效自评", names), tmp_path / "one")
    two = pack(tree(tmp_path / "2" / "绩效自评", names[::-1]), tmp_path / "two")
    assert one.read_bytes() == two.read_bytes()


def test_a_zip_says_that_its_names_are_utf_8(tmp_path):
    with zipfile.ZipFile(zipped(tree(tmp_path / "绩效自评", ["先读我.txt"]), tmp_path / "x.zip")) as pack:
        (member,) = pack.infolist()
        assert member.filename == "绩效自评/先读我.txt"
        assert member.flag_bits & 0x800


def made_wheel(folder: Path, *names: str) -> Path:
    path = folder / "made-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as pack:
        for name in names:
            pack.writestr(name, name)
    return path


def test_a_wheel_is_unpacked_as_an_installer_would(tmp_path):
    wheel = made_wheel(tmp_path, "a/__init__.py", "a-1.data/platlib/b.pyd", "a-1.data/scripts/a.exe", "a-1.data/data/c")
    contents.unpack(wheel, tmp_path / "app")
    found = sorted(path.relative_to(tmp_path / "app").as_posix() for path in (tmp_path / "app").rglob("*.*"))
    assert found == ["a/__init__.py", "b.pyd"]


def test_a_wheel_that_climbs_out_is_refused(tmp_path):
    with pytest.raises(BundleError, match="path"):
        contents.unpack(made_wheel(tmp_path, "../a.py"), tmp_path / "app")


def test_programs_of_two_contents_have_two_folders(tmp_path):
    one = contents.named_by_content(tree(tmp_path / "1" / "app", ["a.py"]))
    two = contents.named_by_content(tree(tmp_path / "2" / "app", ["b.py"]))
    again = contents.named_by_content(tree(tmp_path / "3" / "app", ["a.py"]))
    assert one.name == again.name != two.name
    assert one.name.startswith(f"app-{contents.version()}-")


@pytest.mark.parametrize(("date", "told"), [("2025-02-04", True), ("2025-12-01", False), ("2026-08-05", False)])
def test_an_old_interpreter_is_told(date, told):
    warning = age_warning("the interpreter", "3.13.2", date, dt.date(2026, 12, 1))
    assert ("months old" in warning) is told


def test_a_launcher_is_a_stub_its_interpreter_and_the_start(tmp_path, monkeypatch):
    stubs = tmp_path / "distlib.whl"
    with zipfile.ZipFile(stubs, "w") as pack:
        for name in ("t64", "w64"):
            pack.writestr(f"distlib/{name}.exe", f"MZ{name}")
    monkeypatch.setattr(windows, "package", lambda key: stubs)
    (tmp_path / "python").mkdir()
    windows._launchers(tmp_path)
    data = (tmp_path / "绩效自评.exe").read_bytes()
    assert data.startswith(b"MZw64#!<launcher_dir>\\python\\pythonw.exe\r\n")
    with zipfile.ZipFile(io.BytesIO(data)) as pack:
        assert pack.read("__main__.py") == (tmp_path / "python" / "start.py").read_bytes()
    assert (tmp_path / "xlsxeval.exe").read_bytes().startswith(b"MZt64#!<launcher_dir>\\python\\python.exe\r\n")


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("json/__init__.py", True),
        ("encodings/gbk.py", True),
        ("tkinter/__init__.py", False),
        ("test/support.py", False),
    ],
)
def test_the_library_has_what_is_imported(name, kept):
    assert (windows.LEFT_OUT.match(name) is None) is kept
