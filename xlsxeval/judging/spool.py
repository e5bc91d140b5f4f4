"""Results kept on disk one after another until all are there: memory holds only a few, however many there are."""

from __future__ import annotations

import pickle
from array import array
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from tempfile import SpooledTemporaryFile, gettempdir
from typing import Final, TypeVar

from xlsxeval.errors import XlsxevalError
from xlsxeval.lazy import Lazy

Item = TypeVar("Item")

_IN_MEMORY: Final = 2**22
"""Size in bytes up to which no file is made: several hundred verdicts."""


class SpoolError(XlsxevalError):
    """Raised where the disk is full or cannot be used."""


class Spool(Lazy[Item]):
    """A sequence that grows. Its items are pickled into an unnamed temporary file, which is removed with it."""

    def __init__(self) -> None:
        super().__init__(range(0), self._read)
        self._file = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - closed by __exit__
        self._ends = array("Q", [0])

    def __enter__(self) -> Spool[Item]:
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):  # no one needs the rest any more
            self._file.close()

    def extend(self, items: Iterable[Item]) -> None:
        """Appends items as they arrive. Raises SpoolError."""
        for item in items:
            self.append(item)

    def append(self, item: Item) -> None:
        """Adds an item. Raises SpoolError."""
        with _told():
            self._file.seek(self._ends[-1])
            self._file.write(pickle.dumps(item, pickle.HIGHEST_PROTOCOL))
            self._file.flush()
            self._ends.append(self._file.tell())
        self._numbers = range(len(self._ends) - 1)

    def _read(self, number: int) -> Item:
        start, end = self._ends[number : number + 2]
        with _told():
            self._file.seek(start)
            item: Item = pickle.loads(self._file.read(end - start))  # noqa: S301 - our own file, without a name
        return item


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise SpoolError(
            f"核对结果在磁盘上暂存不下（{gettempdir()}：{error.strerror or error}）。"
            "请腾出空间，或设环境变量 TMPDIR 指到有空间的文件夹，再运行一次。"
        ) from None
