"""Files in an object store or on a server, by their address (``s3://…``). fsspec is imported nowhere else.

The kinds of addresses depend on what is installed: ``s3fs`` for ``s3://``, ``gcsfs`` for ``gs://`` and so on.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from xlsxeval.campaign.folders import is_table
from xlsxeval.errors import UsageError
from xlsxeval.fault_codes import FaultCode
from xlsxeval.intake.rejected import refusal
from xlsxeval.limits import Limits

if TYPE_CHECKING:
    from collections.abc import Iterator

_HERE = "file://"


def is_address(text: str) -> bool:
    """Whether a text is an address and not a path."""
    return "://" in text


def local_path(text: str) -> Path | None:
    """The path of a file on this machine, given as a path or a ``file://`` address; None for every other address."""
    if text.startswith(_HERE):
        return Path(text.removeprefix(_HERE))
    return None if is_address(text) else Path(text)


def listed(address: str) -> list[str]:
    """Addresses of the tables below an address, by name; the address itself for a single file. Raises UsageError."""
    with _told(address):
        files, path = _opened(address)
        if files.isfile(path):
            return [address]
        names = sorted(name for name in files.find(path) if is_table(PurePosixPath(name)))
        if not names:
            raise UsageError(f"{address} 里没有要核对的表（.xlsx）。请检查地址。")
        return [str(files.unstrip_protocol(name)) for name in names]


def read(address: str, limits: Limits) -> bytes:
    """The bytes of a file. Raises Rejected: F010 for one that is too large, F040 for one that cannot be read."""
    try:
        files, path = _opened(address)
        size = files.info(path)["size"]
        if size is not None and size > limits.file_bytes:
            raise refusal(
                FaultCode.TOO_LARGE, f"文件有 {size / 2**20:.1f} MB，上限是 {limits.file_bytes / 2**20:.0f} MB"
            )
        content: bytes = files.cat_file(path)
    except FileNotFoundError:
        raise refusal(FaultCode.NOT_AN_ORDINARY_FILE, "文件不存在") from None
    except PermissionError:
        raise refusal(FaultCode.NOT_AN_ORDINARY_FILE, "没有权限读取文件") from None
    except OSError as error:
        raise refusal(FaultCode.NOT_AN_ORDINARY_FILE, f"文件无法读取（{type(error).__name__}）") from None
    return content


class RemoteFolder:
    """A folder of files that many machines write and read, at a path or an address."""

    def __init__(self, place: str) -> None:
        self.place = place.rstrip("/") if is_address(place) else str(Path(place).absolute())

    def get(self, name: str) -> bytes | None:
        """A file of the folder; None where there is none. Raises UsageError where the folder cannot be read."""
        with _told(self.place):
            files, path = _opened(self.place)
            try:
                content: bytes = files.cat_file(f"{path}/{name}")
            except FileNotFoundError:
                return None
            return content

    def put(self, name: str, content: bytes) -> None:
        """Writes a file whole or not at all: object stores do this by themselves, elsewhere a temporary file is renamed."""
        with _told(self.place):
            files, path = _opened(self.place)
            target = f"{path}/{name}"
            if "file" not in files.protocol:
                files.pipe_file(target, content)
                return
            files.makedirs(target.rpartition("/")[0], exist_ok=True)
            part = f"{target}.{uuid4().hex}"
            files.pipe_file(part, content)
            files.mv(part, target)

    def names(self, folder: str) -> list[str]:
        """Names of the files in a subfolder, without the subfolder."""
        with _told(self.place):
            files, path = _opened(self.place)
            return [name.rpartition("/")[2] for name in files.find(f"{path}/{folder}")]

    def remove(self, names: Iterable[str]) -> None:
        """Removes files."""
        with _told(self.place):
            files, path = _opened(self.place)
            for name in names:
                files.rm_file(f"{path}/{name}")


@contextmanager
def _told(address: str) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError) as error:
        raise UsageError(f"{address} 不能用：{error}。请检查地址和权限。") from None


def _opened(address: str) -> tuple[Any, str]:
    """The file system of an address, and the path there. Raises UsageError where its package is not installed."""
    try:
        from fsspec.core import url_to_fs

        files, path = url_to_fs(address)
    except ImportError as error:
        raise UsageError(
            f"{address} 要用的软件还没有安装（{error}）。请先运行：pip install 'xlsxeval[cluster]'"
        ) from None
    return files, path
