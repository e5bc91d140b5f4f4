"""The start of a bundle: what it says of half a copy, of a file taken away, of a full disk and of a folder without rights."""

from __future__ import annotations

import errno
import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tools.bundle import contents

START = contents.FILES / "start.py"


@pytest.fixture
def start() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bundle_start", START)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """A folder as the tool lays it out, with a program that can be told to fail."""
    folder = tmp_path / "试 用" / "绩效自评"
    for name, data in {
        "python/python313.dll": b"dll",
        "python/python313.zip": b"zip",
        "app/xlsxeval/__init__.py": b"",
        "app/xlsxeval/cli.py": b"import sys\ndef main(args):\n    print('opened', args)\n    sys.exit(0)\n",
        "绩效自评.exe": b"exe",
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    app = contents.named_by_content(folder / "app")
    contents.write_list(folder, app.name, "windows")
    return folder


def told(start: ModuleType, bundle: Path) -> str:
    with pytest.raises(start.CannotStartError) as raised:
        start.begin(bundle, [])
    return str(raised.value)


def test_a_whole_bundle_is_whole(start, bundle):
    app, sizes = start.listed(bundle)
    assert (bundle / app).is_dir()
    assert start.wrong(bundle, sizes) == []
    (bundle / "我的笔记.txt").write_text("x", encoding="utf-8")
    assert start.wrong(bundle, sizes) == []


@pytest.mark.parametrize("name", ["python/python313.dll", "绩效自评.exe"])
@pytest.mark.parametrize("shorter", [False, True])
def test_a_program_that_is_gone_points_to_a_virus_scanner(start, bundle, name, shorter):
    if shorter:
        (bundle / name).write_bytes(b"")
    else:
        (bundle / name).unlink()
    message = told(start, bundle)
    assert name in message
    assert "杀毒软件" in message
    assert "隔离区" in message


def test_half_a_copy_is_told_with_what_is_missing(start, bundle):
    (bundle / "python" / "python313.zip").unlink()
    (bundle / "python" / "python313.dll").unlink()
    message = told(start, bundle)
    assert "没有复制完" in message
    assert "python/python313.zip" in message


def test_many_missing_files_are_counted(start, bundle):
    sizes = {f"app/{number}.py": 1 for number in range(50)}
    with pytest.raises(start.CannotStartError, match="共 50 个"):
        start.require_whole(bundle, sizes)


@pytest.mark.parametrize("content", [None, b"", b"xlsxeval 1.0 windows\tapp\nno size", b"\xff\xfe"])
def test_without_its_list_it_is_half_a_copy(start, bundle, content):
    path = bundle / start.LIST
    path.unlink() if content is None else path.write_bytes(content)
    assert "没有复制完" in told(start, bundle)


@pytest.mark.parametrize(("error", "word"), [(errno.ENOSPC, "磁盘满了"), (errno.EACCES, "没有权限")])
def test_a_folder_that_cannot_be_written_is_told(start, bundle, monkeypatch, error, word):
    def refused(**more):
        raise OSError(error, "said by the system")

    monkeypatch.setattr(start.tempfile, "TemporaryFile", refused)
    assert word in told(start, bundle)


def test_a_disk_that_is_nearly_full_is_told(start, bundle, monkeypatch):
    monkeypatch.setattr(start, "free_bytes", lambda folder: 1_000_000)
    assert "只剩 1 MB" in told(start, bundle)


def failing(bundle: Path, code: str) -> None:
    """Gives the bundle another program, with the list made anew."""
    app = next(bundle.glob("app-*"))
    (app / "xlsxeval" / "cli.py").write_text(code, encoding="utf-8")
    contents.write_list(bundle, app.name, "windows")


SCRIPT = """
import importlib.util, pathlib, sys
spec = importlib.util.spec_from_file_location("bundle_start", sys.argv[1])
start = importlib.util.module_from_spec(spec)
spec.loader.exec_module(start)
out, folder = sys.stdout, pathlib.Path(sys.argv[2])
start.root, start.free_bytes = lambda: folder, lambda folder: 10**9
start.show = lambda text: print("SHOWN", text, file=out)
sys.stderr = None if sys.argv[3] == "without" else sys.stderr
sys.argv[1:] = ["--no-browser"]
start.main()
"""


def begun(bundle: Path, console: str = "without") -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-I", "-X", "utf8", "-c", SCRIPT, str(START), str(bundle), console]
    return subprocess.run(words, capture_output=True, text=True, encoding="utf-8", check=False)


def test_a_whole_bundle_opens_the_desk(bundle):
    done = begun(bundle, "with")
    assert done.returncode == 0
    assert "opened ['desk', '--no-browser']" in done.stdout


def test_what_the_desk_says_is_shown_where_there_is_no_console(bundle):
    failing(bundle, "import sys\ndef main(args):\n    print('错误：旧的还开着', file=sys.stderr)\n    sys.exit(2)\n")
    done = begun(bundle)
    assert done.returncode == 2
    assert done.stdout.strip() == "SHOWN 旧的还开着"


def test_a_module_that_cannot_be_loaded_is_told(bundle):
    failing(bundle, "raise ImportError('DLL load failed while importing etree')\n")
    done = begun(bundle)
    assert done.returncode == 2
    assert "etree" in done.stdout
    assert "杀毒软件" in done.stdout


def test_a_fault_of_the_disk_is_told(bundle):
    failing(bundle, "def main(args):\n    raise OSError(28, 'No space left on device', 'x')\n")
    assert "No space left" in begun(bundle).stdout


def test_the_message_is_a_page_where_there_is_no_window(start, tmp_path, monkeypatch):
    opened = []
    monkeypatch.setattr(start.sys, "platform", "linux")
    monkeypatch.setattr(start.tempfile, "mkdtemp", lambda prefix: str(tmp_path))
    monkeypatch.setattr("webbrowser.open", lambda address: opened.append(address) or True)
    start.show("少了 <b>")
    assert opened == [(tmp_path / "start.html").as_uri()]
    assert "少了 &lt;b&gt;" in (tmp_path / "start.html").read_text(encoding="utf-8")
