"""The kinds of parcels: every module of this package is one, and none is listed elsewhere."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from itertools import chain

from xlsxeval.parcels.kind import ParcelKind
from xlsxeval.parcels.limits import ParcelLimits


@cache
def parcel_kinds() -> tuple[ParcelKind, ...]:
    """Every kind, in the order of the names of their modules."""
    modules = pkgutil.iter_modules(__path__, f"{__name__}.")
    return tuple(importlib.import_module(module.name).KIND for module in modules)


def kind_of(name: str, data: bytes, limits: ParcelLimits) -> ParcelKind | None:
    """The kind of a parcel that is opened or refused here, by the file's name or its bytes; None for a single file."""
    ours = [kind for kind in parcel_kinds() if kind.members is not None or kind.advice]
    folded = name.casefold()
    by_name = (kind for kind in ours if not kind.magic and folded.endswith(kind.suffixes))
    by_bytes = (kind for kind in ours if kind.magic and data.startswith(kind.magic) and kind.is_one(data, limits))
    return next(chain(by_name, by_bytes), None)


def parcel_name(data: bytes) -> str | None:
    """The name of a parcel's kind, by the first bytes: ``rar 压缩包``; None for other files."""
    return next((kind.name for kind in parcel_kinds() if kind.magic and data.startswith(kind.magic)), None)


@cache
def parcel_suffixes() -> frozenset[str]:
    """The suffixes of every kind, opened or not."""
    return frozenset(suffix for kind in parcel_kinds() for suffix in kind.suffixes)


@cache
def archive_suffixes() -> frozenset[str]:
    """The suffixes of archives."""
    return frozenset(suffix for kind in parcel_kinds() if kind.is_archive for suffix in kind.suffixes)
