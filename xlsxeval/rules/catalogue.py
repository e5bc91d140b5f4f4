"""The pages of all rules by code, written in Python or as checks of a form: the source of ``explain`` and docs/rules.md."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from xlsxeval.forms.definition import Check
from xlsxeval.forms.library import Library
from xlsxeval.forms.settings import is_settable
from xlsxeval.model import Severity
from xlsxeval.rules.registry import rules

_PARAMETER = re.compile(r"edition!(\w+(?:\.\w+)*)")


@dataclass(frozen=True, slots=True)
class RulePage:
    """The explanation of one rule for its readers."""

    code: str
    slug: str
    severity: Severity
    title: str
    why: str
    fix: str
    basis: str
    parameters: tuple[str, ...] = ()
    """The parameters of an edition that the rule depends on."""

    @property
    def firm(self) -> bool:
        """Whether the rule's severity is fixed: it cannot be set or switched off, and no exception can be recorded."""
        return not is_settable(self.code)


def catalogue(library: Library, editions: Iterable[str] | None = None) -> dict[str, RulePage]:
    """The pages of all rules and checks, by code.

    ``editions`` names the editions whose forms are searched for checks of their own; None stands for all editions.
    """
    pages = {
        rule.code: RulePage(
            rule.code, rule.slug, rule.severity, rule.title, rule.why, rule.fix, rule.basis, rule.parameters
        )
        for rule in rules()
    }
    for code, (spec, _) in library.checks().items():
        severity = Severity(spec.severity or "error")
        formulas = (spec.where, spec.that, spec.shown, spec.expected)
        pages[code] = RulePage(
            code,
            spec.slug or "",
            severity,
            spec.title or "",
            spec.why or "",
            spec.fix or "",
            spec.basis or "",
            parameters_in(text for text in formulas if text),
        )
    for name in library.editions() if editions is None else editions:
        for form in library.edition(name).forms:
            for check in form.checks:
                own = _own_page(check)
                pages.setdefault(check.code, own)
    return dict(sorted(pages.items()))


def parameters_in(formulas: Iterable[str]) -> tuple[str, ...]:
    """The parameters named in the text of formulas: ``edition!tolerance.money`` gives ``tolerance.money``."""
    return tuple(sorted({name for text in formulas for name in _PARAMETER.findall(text)}))


def _own_page(check: Check) -> RulePage:
    """The page of a check that a form defines for itself."""
    formulas = [one.text for one in (check.where, check.that, check.shown, check.expected) if one is not None]
    texts = (check.title, check.why, check.fix, check.basis)
    return RulePage(check.code, check.slug, check.severity, *texts, parameters_in(formulas))
