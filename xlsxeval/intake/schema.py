"""What a reader wants to see of an XML part: paths such as ``"workbook/sheets/sheet"``, each with what to call."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

from xlsxeval.fault_codes import FaultCode
from xlsxeval.intake.rejected import refusal

NAMESPACES = {
    "": "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "ct": "http://schemas.openxmlformats.org/package/2006/content-types",
    "pr": "http://schemas.openxmlformats.org/package/2006/relationships",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "app": "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties",
    "cp": "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties",
    "vt": "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes",
    "x14": "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main",
    "xm": "http://schemas.microsoft.com/office/excel/2006/main",
    "xdr": "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
}

Attributes = Mapping[str, str]


def qualified(prefix: str, local: str) -> str:
    """The name of an element or attribute as the parser gives it: namespace, blank, local name."""
    return f"{NAMESPACES[prefix]} {local}"


RELATION_ID = qualified("r", "id")


@dataclass(slots=True)
class Element:
    """One place in a schema: what to call when it opens, what to call with its text when it closes."""

    opened: Callable[[Attributes], None] | None = None
    closed: Callable[[str], None] | None = None
    cost: int = 0
    children: dict[str, Element] = field(default_factory=dict)
    locals: set[str] = field(default_factory=set)
    """The names of the children without their namespaces."""
    exact: bool = False
    """Whether the text is written as it is, not as character data (CDATA)."""
    plain: bool = False
    """Nothing below it may be written in alternative branches: which of them a program reads would decide on values."""


class Branches(Enum):
    """What is read where a part has content in alternative branches (``mc:AlternateContent``)."""

    EXTENSIONS = auto()
    """The fallback, where the choices hold nothing of the reader's; else the part is refused."""
    ALIKE = auto()
    """Any of them, where they say the same to the reader; else the part is refused."""
    NEWEST = auto()
    """What programs of today read where they are not alike: the first choice that they understand, else the fallback."""
    FALLBACK = auto()
    """What programs read then that understand no choice."""


KEPT = 20
"""What an element costs of the budget, besides its attributes, when a reader keeps something of it."""


class Schema:
    """The paths of a part that a reader wants to see."""

    def __init__(self, branches: Branches = Branches.ALIKE, *, plain: bool = False) -> None:
        self.root = Element(plain=plain)
        self.branches = branches
        self.has_branches = False
        """Whether the part that was read has branches that are not alike."""

    def on(
        self,
        path: str,
        opened: Callable[[Attributes], None] | None = None,
        closed: Callable[[str], None] | None = None,
        *,
        cost: int = KEPT,
        once: bool = False,
        exact: bool = False,
        plain: bool = False,
    ) -> None:
        """Call ``opened(attributes)`` and ``closed(text)`` for each element at ``path``, such as ``a:theme/a:x``.

        ``cost`` is what the element takes from the budget; 0 for elements that are counted otherwise. An element that
        may stand ``once`` in a part is refused (F026) where it comes again: programs differ in which one counts. Nothing
        in a ``plain`` one may be written in alternative branches; the text of an ``exact`` one is no CDATA.
        """
        if once:
            opened = _only_once(path, opened)
        element = self.root
        for step in path.split("/"):
            prefix, _, local = step.rpartition(":")
            element.locals.add(local)
            element = element.children.setdefault(qualified(prefix, local), Element())
        element.opened, element.closed, element.cost = opened, closed, cost
        element.exact, element.plain = exact, plain


def _only_once(path: str, opened: Callable[[Attributes], None] | None) -> Callable[[Attributes], None]:
    seen = False

    def first(attributes: Attributes) -> None:
        nonlocal seen
        if seen:
            raise refusal(FaultCode.WRITTEN_TWICE, f"{path} 在文件里写了两次，不同软件会读不同的一个")
        seen = True
        if opened is not None:
            opened(attributes)

    return first
