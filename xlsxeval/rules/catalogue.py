"""All rules by code, whether written in Python or as a check of a form: one source for ``explain`` and the docs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from xlsxeval.forms.library import Library
from xlsxeval.model import Severity
from xlsxeval.rules.registry import rules


@dataclass(frozen=True, slots=True)
class Page:
    """What people are told of a rule."""

    code: str
    slug: str
    severity: Severity
    title: str
    why: str
    fix: str
    basis: str


def catalogue(library: Library, editions: Iterable[str] | None = None) -> dict[str, Page]:
    """The pages of every rule and every check, by code; those that a form alone has come from the editions.

    ``editions`` are those to look into: all where it is None.
    """
    pages = {
        rule.code: Page(rule.code, rule.slug, rule.severity, rule.title, rule.why, rule.fix, rule.basis)
        for rule in rules()
    }
    for code, (spec, _) in library.checks().items():
        severity = Severity(spec.severity or "error")
        pages[code] = Page(
            code, spec.slug or "", severity, spec.title or "", spec.why or "", spec.fix or "", spec.basis or ""
        )
    for name in library.editions() if editions is None else editions:
        for form in library.edition(name).forms:
            for check in form.checks:
                own = Page(check.code, check.slug, check.severity, check.title, check.why, check.fix, check.basis)
                pages.setdefault(check.code, own)
    return dict(sorted(pages.items()))
