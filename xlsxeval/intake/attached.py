"""What hangs on a worksheet in parts of its own: comments with their authors, pictures and shapes."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxeval.intake.fault_log import FaultLog
from xlsxeval.intake.lenient import parse_if_sound
from xlsxeval.intake.package import Package, Relation
from xlsxeval.intake.schema import Attributes, Branches, Schema

_ANCHORS = ("xdr:twoCellAnchor", "xdr:oneCellAnchor", "xdr:absoluteAnchor")


def read_comments(package: Package, relations: Sequence[Relation], log: FaultLog) -> tuple[tuple[str, str], ...]:
    """(cell, author) of each comment; Excel writes a threaded comment here too, with an author ``tc={…}``."""
    authors: list[str] = []
    comments: list[tuple[str, str]] = []

    def comment(attributes: Attributes) -> None:
        comments.append((attributes.get("ref", ""), attributes.get("authorId", "")))

    schema = Schema()
    schema.on("comments/authors/author", closed=authors.append)
    schema.on("comments/commentList/comment", comment)
    found: list[tuple[str, str]] = []
    for part in _parts(package, relations, "comments"):
        authors.clear()
        comments.clear()
        parse_if_sound(package, part, schema, log)
        names = {str(number): name for number, name in enumerate(authors)}
        found += [(cell, names.get(author, "")) for cell, author in comments]
    return tuple(found)


def count_pictures(package: Package, relations: Sequence[Relation], log: FaultLog) -> int:
    """How many pictures, charts and shapes lie on a worksheet."""
    found = 0

    def anchor(_: Attributes) -> None:
        nonlocal found
        found += 1

    schema = Schema(Branches.NEWEST)
    for name in _ANCHORS:
        schema.on(f"xdr:wsDr/{name}", anchor)
    for part in _parts(package, relations, "drawing"):
        parse_if_sound(package, part, schema, log)
    return found


def _parts(package: Package, relations: Sequence[Relation], kind: str) -> list[str]:
    return [item.part for item in relations if item.kind == kind and not item.external and item.part in package]
