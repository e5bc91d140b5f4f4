"""The formats of ``check --format``: every module of this package is one, and none is listed elsewhere.

Parquet (``xlsxeval.output.parquet``) is no such format: it is a folder of tables that later runs read back.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from pathlib import PurePath

from xlsxeval.output.format import OutputFormat


@cache
def output_formats() -> Mapping[str, OutputFormat]:
    """Every format by its name, in the order in which they are offered."""
    modules = pkgutil.iter_modules(__path__, f"{__name__}.")
    found: list[OutputFormat] = [importlib.import_module(module.name).FORMAT for module in modules]
    return {one.name: one for one in sorted(found, key=lambda one: one.order)}


def format_for(name: str | None, output: PurePath | None) -> OutputFormat:
    """The format of that name; without a name that of the output file's suffix, else the first."""
    if name is not None:
        return output_formats()[name]
    suffix = output.suffix.lower() if output is not None else ""
    first, *others = output_formats().values()
    return next((one for one in others if suffix in one.suffixes), first)


def formats_in_words() -> str:
    """``网页（html）一个文件就能看、能打印、能筛选；json、jsonl、sarif、junit 供其他程序读。``, for help."""
    sharing: dict[str, list[str]] = {}
    for one in output_formats().values():
        if one.title:
            sharing.setdefault(one.title, []).append(one.name)
    clauses = sorted((names, title) for title, names in sharing.items())
    return "；".join(title.format(names="、".join(names)) for names, title in clauses) + "。"
