"""Content that a program wrote in branches for newer and older programs (``mc:AlternateContent``), read by its rules.

A reader's calls are kept until the last branch is known. Where all branches say the same to the reader, they are one; else
the schema says which one is read, if any.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from xlsxeval.intake.rejected import Rejected
from xlsxeval.intake.schema import NAMESPACES, Attributes, Branches, Element, Schema, qualified

ALTERNATE = qualified("mc", "AlternateContent")
_CHOICE, _FALLBACK = qualified("mc", "Choice"), qualified("mc", "Fallback")
_OF_TODAY = "http://schemas.microsoft.com/office/"
"""How the names of the extensions begin that programs of today understand."""

Call = tuple[Callable[[Any], None], Any]


def _nothing(_: Attributes) -> None:
    """What stands for an element of which only the content is read."""


class Alternatives:
    """One ``AlternateContent`` in the place of ``parent``'s content; ``element`` is what the parser's events go to."""

    def __init__(
        self,
        parent: Element,
        schema: Schema,
        prefixes: Mapping[str, str],
        ambiguous: Callable[[str], Rejected],
    ) -> None:
        self._parent = parent
        self._schema = schema
        self._prefixes = prefixes
        self._ambiguous = ambiguous
        self._calls: list[Call] = []
        self._choices: list[tuple[bool, list[Call]]] = []
        self._fallback: list[Call] | None = None
        self._known: dict[int, Element] = {}
        inside = self._kept(parent, top=True)
        self.element = Element(
            children={
                _CHOICE: Element(self._open_choice, children=inside.children, locals=inside.locals),
                _FALLBACK: Element(self._open_fallback, children=inside.children, locals=inside.locals),
            },
            closed=self._close,
        )

    def _kept(self, element: Element, *, top: bool = False) -> Element:
        """A copy of the schema that records its calls instead of making them."""
        if element.plain and not top:
            return Element(self._refuse)
        known = self._known.get(id(element))
        if known is not None:  # a schema may hold itself, as cells of tables do
            return known
        opened, closed = element.opened or _nothing, element.closed
        kept = Element(
            partial(self._open, opened),
            None if closed is None else lambda text: self._calls.append((closed, text)),
            element.cost,
            locals=element.locals,
        )
        self._known[id(element)] = kept
        kept.children.update((tag, self._kept(child)) for tag, child in element.children.items())
        return kept

    def _open(self, opened: Callable[[Attributes], None], attributes: Attributes) -> None:
        """Attributes of extensions are in one branch only, and no reader asks for them."""
        plain = {
            name: value for name, value in attributes.items() if " " not in name or name.startswith(NAMESPACES["r"])
        }
        self._calls.append((opened, {} if opened is _nothing else plain))

    def _refuse(self, _: Attributes) -> None:
        raise self._ambiguous("同一内容写在可选的分支里")

    def _branch(self) -> list[Call]:
        self._calls = []
        return self._calls

    def _open_choice(self, attributes: Attributes) -> None:
        required = [self._prefixes.get(prefix, "") for prefix in attributes.get("Requires", "").split()]
        self._choices.append((bool(required) and all(uri.startswith(_OF_TODAY) for uri in required), self._branch()))

    def _open_fallback(self, _: Attributes) -> None:
        if self._fallback is not None:
            raise self._ambiguous("同一内容写在两个备用的分支里")
        self._fallback = self._branch()

    def _close(self, _: str) -> None:
        """A choice that says nothing to the reader speaks of an extension, and the fallback is what there is besides it."""
        fallback = self._fallback or []
        choices = [(understood, calls) for understood, calls in self._choices if calls]
        newest = next((calls for understood, calls in choices if understood), fallback)
        if choices and self._schema.branches is Branches.EXTENSIONS:
            raise self._ambiguous("同一内容写在可选的分支里")
        if any(calls != fallback for _, calls in choices):
            if self._schema.branches is Branches.ALIKE:
                raise self._ambiguous("可选的几个分支写得不同")
            self._schema.has_branches = True
        for call, argument in newest if self._schema.branches is Branches.NEWEST else fallback:
            call(argument)
