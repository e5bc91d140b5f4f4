"""The start of a bundle: looks whether everything is there, opens the desk, and says in a window why it cannot.

Runs in the bundle's own interpreter, as the content of the launcher and as ``python/start.py``. Only the standard library is used
before the folder has been looked at, since anything else may be what is missing.
"""

import html
import io
import os
import sys
import tempfile
from pathlib import Path

TITLE = "绩效自评"
LIST = "清单.txt"
NEEDED = 50_000_000
"""Bytes that must be free where the desk keeps its settings and unpacks what it receives."""
SHOWN = 8
TAKEN = (".exe", ".dll", ".pyd", ".so")


class CannotStartError(Exception):
    """Raised with what is to be told to whoever double-clicked."""


def root():
    """The bundle's folder: the one above the interpreter that has the list of files, else where that list should be."""
    start = Path(sys.executable).resolve().parent
    folders = [start.parent, *start.parents]
    return next((one for one in folders if (one / LIST).is_file()), start.parent)


def listed(folder):
    """The name of the folder with the program, and the size of every file by its path. Raises CannotStartError."""
    try:
        lines = (folder / LIST).read_text(encoding="utf-8-sig").splitlines()
        app = lines[0].split("\t")[1]
        sizes = {path: int(size) for _, size, path in (line.split("\t") for line in lines[1:])}
    except (OSError, ValueError, IndexError):
        raise CannotStartError(
            f"文件夹 {folder} 里没有“{LIST}”，或者它不完整：多半没有复制完。\n\n"
            "请把下载的压缩包全部解压到一个新文件夹（不要在压缩包里直接双击），再从那里打开。"
        ) from None
    return app, sizes


def wrong(folder, sizes):
    """The files that are missing or have another size."""
    found = {}
    for top in {path.partition("/")[0] for path in sizes}:
        place = folder / top
        if place.is_dir():
            walk(place, top, found)
        elif place.is_file():
            found[top] = place.stat().st_size
    return sorted(path for path, size in sizes.items() if found.get(path) != size)


def walk(place, name, found):
    """Adds the size of every file below a folder."""
    with os.scandir(place) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                walk(entry.path, f"{name}/{entry.name}", found)
            else:
                found[f"{name}/{entry.name}"] = entry.stat().st_size


def require_whole(folder, sizes):
    """Raises CannotStartError where files are missing: programs alone point to a virus scanner, anything else to half a copy."""
    bad = wrong(folder, sizes)
    if not bad:
        return
    names = "\n".join(f"　{path}" for path in bad[:SHOWN]) + (f"\n　……共 {len(bad)} 个" if len(bad) > SHOWN else "")
    if all(path.endswith(TAKEN) for path in bad):
        raise CannotStartError(
            f"少了下面的程序文件，或者它们被改过：\n{names}\n\n"
            f"多半是杀毒软件把它们隔离了。请在杀毒软件的“隔离区”里恢复，把文件夹 {folder} 加入信任；"
            "或者重新解压一次。不能自己加信任的，请找管理电脑的人。"
        )
    raise CannotStartError(
        f"文件夹 {folder} 不完整，少了或不对的文件：\n{names}\n\n"
        "多半是没有复制完、没有解压完，或者新旧两版混在一起。请先退出正开着的工作台，再把压缩包全部解压一次。"
        "任务和设置不在这个文件夹里，不会丢。"
    )


def require_room(folders):
    """Raises CannotStartError where one of the folders cannot be written or has no room."""
    for folder in folders:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder) as file:
                file.write(b"0" * 65536)
        except PermissionError as error:
            raise CannotStartError(
                f"没有权限写文件夹 {folder}（{error.strerror}）。\n\n请用自己的账号登录，或请管理电脑的人开放这个文件夹。"
            ) from None
        except OSError as error:
            raise CannotStartError(
                f"写不了文件夹 {folder}（{error.strerror}）。\n\n多半是磁盘满了。请腾出一些空间，再双击一次。"
            ) from None
        free = free_bytes(folder)
        if free < NEEDED:
            raise CannotStartError(
                f"磁盘快满了：{folder} 所在的盘只剩 {free // 1_000_000} MB，至少要 {NEEDED // 1_000_000} MB。\n\n"
                "请删掉不用的文件，清空回收站，再双击一次。"
            )


def free_bytes(folder):
    """Free bytes of the disk that a folder lies on."""
    import shutil

    return shutil.disk_usage(folder).free


def show(text):
    """Shows a message: in a window on Windows, else as a page in the browser; on stderr where neither can be had."""
    if sys.platform == "win32":
        try:
            import ctypes

            ctypes.windll.user32.MessageBoxW(None, text, TITLE, 0x30)  # an exclamation mark
        except (ImportError, AttributeError, OSError):
            pass
        else:
            return
    page = (
        f"<!DOCTYPE html><meta charset=utf-8><title>{TITLE}</title><body style='font:1.1em/1.7 sans-serif;margin:3em auto;"
        f"max-width:40em'><h1>{TITLE}没有打开</h1><p style='white-space:pre-wrap'>{html.escape(text)}"
    )
    try:
        import webbrowser

        path = Path(tempfile.mkdtemp(prefix="xlsxeval-")) / "start.html"
        path.write_text(page, encoding="utf-8")
        if webbrowser.open(path.as_uri()):
            return
    except (ImportError, OSError):
        pass
    if sys.stderr is not None:
        sys.stderr.write(f"{text}\n")


def opened(arguments):
    """Runs the desk until it ends. Raises CannotStartError with what it said where it ends with an error."""
    said = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
    without = sys.stderr is None  # pythonw has no console
    if without:
        sys.stdout = sys.stderr = said
    try:
        from xlsxeval.cli import main

        main(["desk", *arguments])
    except SystemExit as ended:
        if without and ended.code not in (0, None):
            text = said.buffer.getvalue().decode("utf-8", "replace").strip().removeprefix("错误：")
            raise CannotStartError(text or f"工作台没有打开（{ended.code}）。") from None
        raise
    except ImportError as error:
        raise CannotStartError(
            f"程序的一部分打不开：{error}。\n\n多半是杀毒软件拦下了它，或者没有解压完。请在杀毒软件里把这个文件夹加入信任，"
            "或者重新解压一次。"
        ) from None


def begin(folder, arguments):
    """Checks the folder, then opens the desk. Raises CannotStartError."""
    app, sizes = listed(folder)
    require_whole(folder, sizes)
    require_room([Path(tempfile.gettempdir()), Path.home()])
    place = str(folder / app)
    if place not in sys.path:
        sys.path.insert(0, place)
    opened(arguments)


def main():
    """Opens the desk; ends with 2 after a message where that is not possible."""
    try:
        begin(root(), sys.argv[1:])
    except CannotStartError as cannot:
        show(str(cannot))
        sys.exit(2)
    except OSError as error:
        show(f"读写文件失败：{error.filename or ''} {error.strerror or error}。\n\n请检查磁盘空间和权限，再双击一次。")
        sys.exit(2)


if __name__ == "__main__":
    main()
