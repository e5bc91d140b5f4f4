"""Work on its way to a process of this machine: with what it has opened already, and small."""

from __future__ import annotations

import io
import pickle
import zlib
from typing import Any


class _Packer(pickle.Pickler):
    """A pickler that uses an object's ``reduce_near`` in place of ``__reduce__``: near workers need not open it again."""

    def reducer_override(self, obj: Any) -> Any:
        near = getattr(type(obj), "reduce_near", None)
        return NotImplemented if near is None else near(obj)


def packed(work: object) -> bytes:
    """Compressed, so that it goes into a pipe at once and nobody waits for the other side to read it."""
    buffer = io.BytesIO()
    _Packer(buffer, pickle.HIGHEST_PROTOCOL).dump(work)
    return zlib.compress(buffer.getvalue(), 1)


def unpacked(content: bytes) -> Any:
    """What :func:`packed` packed."""
    return pickle.loads(zlib.decompress(content))  # noqa: S301 - from the process that started this one
