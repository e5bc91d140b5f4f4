"""The wheelhouse: the program's wheel with all that it needs, for machines that have Python but no network."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from tools.bundle import contents
from tools.bundle.inputs import TARGETS, python_version, wheels
from tools.bundle.licences import gather, licensed
from tools.bundle.packing import settle_times, zipped


def wheelhouse(out: Path) -> Path:
    """Makes a folder of wheels for all kinds of machines and its zip archive, and returns the archive."""
    folder = out / f"xlsxeval-{contents.version()}-wheelhouse"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as place:
        own = contents.own_wheel(Path(place))
        found = {path.name: path for target in TARGETS.values() for path in wheels(target)} | {own.name: own}
        for name, path in sorted(found.items()):
            shutil.copyfile(path, folder / name)
        told = {(one.name, one.version): one for one in map(licensed, found.values())}
        gather(list(told.values()), folder / contents.LICENCES)
    (folder / "先读我.txt").write_bytes(
        contents.written("wheelhouse.txt", PYTHON=python_version(), VERSION=contents.version())
    )
    settle_times(folder)
    return zipped(folder, out / f"{folder.name}.zip", level=1)
