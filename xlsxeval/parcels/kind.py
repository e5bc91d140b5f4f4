"""The statement that each kind of parcel makes of itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from xlsxeval.parcels.limits import ParcelLimits
from xlsxeval.parcels.piece import Origin
from xlsxeval.parcels.unopened import Unopened

Member = tuple[str, bytes | Unopened]
"""The name of a file in a parcel, with its folders, and its bytes or why there are none."""
Opener = Callable[[bytes, ParcelLimits, Origin], tuple[Origin, Iterable[Member]]]
"""Opens a parcel: how it came, where the parcel itself knows that, and its members. Raises Unopened."""


def _always(data: bytes, limits: ParcelLimits) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class ParcelKind:
    """A kind of parcel. Each module of ``xlsxeval.parcels.kinds`` states one as its ``KIND``.

    A kind with ``members`` is opened; one with ``advice`` is refused with it; one with neither is passed on as a single
    file, and the reading of workbooks says what it is.
    """

    name: str
    """As a sentence has it: ``rar 压缩包``."""
    suffixes: tuple[str, ...] = ()
    """How names of such files end, in small letters. A kind without first bytes of its own is known by them alone."""
    magic: bytes = b""
    """The first bytes, by which the kind is known whatever the file is called."""
    is_one: Callable[[bytes, ParcelLimits], bool] = _always
    """A closer look at a file with these first bytes. Raises Unopened."""
    is_archive: bool = False
    """Whether a folder's files with these suffixes count as returns, as its workbooks do; mails do not."""
    members: Opener | None = None
    advice: str = ""
    """Why it is not opened, and what to do: a clause after the file's name."""
