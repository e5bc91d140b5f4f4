"""Which checks of the library a drafted form can have: those all of whose fields it has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from xlsxeval.calc import Name, parse, walk
from xlsxeval.forms.library import Library
from xlsxeval.forms.schema import CheckFile, FormFile
from xlsxeval.forms.yaml_file import YamlFile

BASE = "common/self-evaluation"
_PERIODS = (("initial", "budget", "executed"), ("previous", "budget", "final"))


@dataclass(frozen=True, slots=True)
class Proposal:
    """A check by its code; ``part`` of its names varies over ``values`` where these are not empty."""

    code: str
    part: str = ""
    values: tuple[str, ...] = ()


class CheckBook:
    """The library of checks and the base of all self-evaluation forms, as far as a draft asks."""

    def __init__(self, library: Library) -> None:
        self._library = library

    @cached_property
    def base(self) -> FormFile:
        """The form that drafts extend."""
        return YamlFile(self._library.find(f"forms/{BASE}.yaml")).parse(FormFile)

    @cached_property
    def base_checks(self) -> tuple[str, ...]:
        return tuple(check.use or check.code or "" for check in self.base.checks)

    def fits(self, code: str, names: frozenset[str]) -> bool:
        """Whether a form with these fields can have a check."""
        needed = self._needed(code)
        return needed is not None and needed <= names

    def proposals(self, names: frozenset[str], without: frozenset[str]) -> list[Proposal]:
        """The checks of the library that fit, in the order of their codes, but for ``without``."""
        codes = (code for code in sorted(self._library.checks()) if code not in without and code[0] in "LS")
        return [self._varied(code, names) for code in codes if self.fits(code, names)]

    def between(self, form: str, forms: Mapping[str, frozenset[str]]) -> list[Proposal]:
        """The checks of a form against others: ``forms`` are the fields by form."""
        known = {
            *forms[form],
            *(f"{other}!{name}" for other, names in forms.items() if other != form for name in names),
        }
        found = []
        for code, (spec, _) in sorted(self._library.checks().items()):
            names = {name for name in self._names(spec) if not name.startswith("edition!")}
            if code.startswith("X") and not spec.each and names <= known and any("!" in name for name in names):
                found.append(Proposal(code))
        return found

    def _varied(self, code: str, names: frozenset[str]) -> Proposal:
        """A check about one column is made for the others of its kind, too."""
        needed = self._needed(code) or frozenset()
        parts = {name.rpartition(".")[2] for name in needed}
        for periods in _PERIODS:
            if len(parts) == 1 and (part := next(iter(parts))) in periods:
                values = tuple(
                    value for value in periods if {f"{name.rpartition('.')[0]}.{value}" for name in needed} <= names
                )
                if len(values) > 1:
                    return Proposal(code, part, values)
        return Proposal(code)

    def _needed(self, code: str) -> frozenset[str] | None:
        """The form's own fields that a check names, with their blocks; None where it names other forms."""
        spec = self._library.checks()[code][0]
        names = {name for name in self._names(spec) if not name.startswith("edition!")}
        if any("!" in name for name in names):
            return None
        each = spec.each
        return frozenset(f"{each}.{name}" if each and "." not in name else name for name in names)

    @staticmethod
    def _names(spec: CheckFile) -> set[str]:
        texts = [text for text in (spec.that, spec.where, spec.expected, spec.shown) if text]
        nodes = [node for text in texts for node in walk(parse(text)) if isinstance(node, Name)]
        names = {f"{node.sheet}!{node.name}" if node.sheet else node.name for node in nodes}
        return {*names, spec.at or "", *(spec.related or [])} - {""}


def without_of(book: CheckBook, names: frozenset[str]) -> list[str]:
    """What a form with these fields leaves out of the base: fields it has not, and the checks that need them."""
    fields = book.base.fields
    helpers = helper_names(names)
    missing = [name for name in fields if name not in names and name.removeprefix("indicators.") not in helpers]
    groups = {name.partition(".")[0] for name in fields}
    whole = [group for group in groups if not any(name.startswith(f"{group}.") for name in names)]
    kept = [name for name in missing if name.partition(".")[0] not in whole]
    checks = [code for code in book.base_checks if not book.fits(code, names)]
    return [*sorted(whole), *kept, *checks]


def helper_names(names: frozenset[str]) -> tuple[str, ...]:
    """The computed columns beside the indicators, where a form has what they read."""
    if {"indicators.target", "indicators.actual", "indicators.weight"} <= names:
        return ("aim_text", "done_text", "aim", "done", "suggested")
    return ()
