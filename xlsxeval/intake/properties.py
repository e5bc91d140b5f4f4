"""Document properties: the custom ones, and which program saved the file."""

from __future__ import annotations

from xlsxeval.intake.fault_log import FaultLog
from xlsxeval.intake.lenient import parse_if_sound
from xlsxeval.intake.literals import unescape
from xlsxeval.intake.package import Package
from xlsxeval.intake.schema import Attributes, Schema

_VALUES = (
    "lpwstr",
    "lpstr",
    "bstr",
    "i1",
    "i2",
    "i4",
    "i8",
    "int",
    "uint",
    "ui4",
    "r4",
    "r8",
    "bool",
    "filetime",
    "date",
)


def read_custom(package: Package, name: str | None, log: FaultLog) -> dict[str, str]:
    """Custom document properties by name, every value as its text; none if there is no such part."""
    found: dict[str, str] = {}
    if name is None or name not in package:
        return found
    current = ""

    def opened(attributes: Attributes) -> None:
        nonlocal current
        current = attributes.get("name", "")

    def closed(text: str) -> None:
        found.setdefault(current, unescape(text))

    schema = Schema()
    schema.on("cp:Properties/cp:property", opened)
    for local in _VALUES:
        schema.on(f"cp:Properties/cp:property/vt:{local}", closed=closed)
    parse_if_sound(package, name, schema, log)
    return found


def read_producer(package: Package, name: str | None, log: FaultLog) -> str | None:
    """The application that saved the file, with its version where it gives one."""
    if name is None or name not in package:
        return None
    said: dict[str, str] = {}
    schema = Schema()
    schema.on("app:Properties/app:Application", closed=lambda text: said.update(application=text.strip()[:100]))
    schema.on("app:Properties/app:AppVersion", closed=lambda text: said.update(version=text.strip()[:40]))
    parse_if_sound(package, name, schema, log)
    return " ".join(part for part in (said.get("application"), said.get("version")) if part) or None
