"""A package's public names whose modules are imported when a name is first asked for: a start pays for what it uses."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any


def late_names(package: str, /, **homes: Sequence[str]) -> Callable[[str], Any]:
    """The ``__getattr__`` of a package: ``homes`` has the names that each of its modules gives."""
    modules = {name: module for module, names in homes.items() for name in names}

    def get(name: str) -> Any:
        if name not in modules:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value = getattr(import_module(f"{package}.{modules[name]}"), name)
        setattr(sys.modules[package], name, value)  # also where a module has the name of its function
        return value

    return get
