"""What a rule is, and how all are found: every module in ``xlsxeval.rules.<family>`` that is named by its code."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, wraps
from typing import TYPE_CHECKING

import xlsxeval.rules
from xlsxeval.intake.submission import Returned, Submission
from xlsxeval.model import Address, Place, Severity

if TYPE_CHECKING:
    from xlsxeval.levels import Received
    from xlsxeval.proofreading import Proof
    from xlsxeval.rules.batch import Batch
    from xlsxeval.rules.prose import Prose

CODE = re.compile(r"^[FITCVLXSNDU][0-9]{3}$")


@dataclass(frozen=True, slots=True)
class Hit:
    """What a rule found: the place in the file and the facts. Code, severity and advice come from the rule.

    ``fix`` overrides the rule's advice where the facts allow a more exact one; ``working`` tells how ``expected`` was
    worked out, with its numbers. ``aspect`` tells several hits in one cell apart. ``spot`` is a place that is no cell
    of a worksheet: 第3段 of a report's chapter, whose heading is the ``sheet``.
    """

    message: str
    address: Address | None = None
    sheet: str | None = None
    field: str | None = None
    label: str | None = None
    shown: str | None = None
    expected: str | None = None
    fix: str | None = None
    related: Sequence[Place] = ()
    working: str | None = None
    aspect: str | None = None
    spot: str | None = None


Check = Callable[[Returned], Iterator[Hit]]
BatchCheck = Callable[["Batch"], Iterator[tuple[int, Hit]]]
"""What a rule over several files finds: the number of the file in the batch, and the hit."""
TextCheck = Callable[[Submission, Sequence["Prose"]], Iterator[Hit]]
"""What a rule finds in prose that is about a submission, wherever that prose stands."""
DocumentCheck = Callable[["Proof"], Iterator[Hit]]
"""What a rule finds in an edited report."""
ExportCheck = Callable[["Received"], Iterator[Hit]]
"""What a rule finds in the export of one lower level; the ``spot`` is a unit's code or 合计, the ``field`` a figure."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its code is never used again for another; ``title``, ``why`` and ``fix`` are for the people who fill in.

    ``parameters`` are the parameters of an edition that the rule follows. A rule over several files has ``over_batch``,
    one about edited reports ``over_document``, one about lower levels' exports ``over_export``; its ``check`` of one
    workbook finds nothing. A rule about prose has
    ``over_texts`` besides its ``check``: the same for the prose of a report.
    """

    code: str
    slug: str
    severity: Severity
    basis: str
    title: str
    why: str
    fix: str
    check: Check
    parameters: tuple[str, ...] = ()
    over_batch: BatchCheck | None = None
    over_texts: TextCheck | None = None
    over_document: DocumentCheck | None = None
    over_export: ExportCheck | None = None


def rule(
    code: str, slug: str, *, basis: str, severity: Severity = Severity.ERROR, parameters: Sequence[str] = ()
) -> Callable[[Check], Check]:
    """Makes a generator function a rule. Its docstring is the rule's page: title, ``为什么：…``, ``怎么改：…``."""

    def mark(check: Check) -> Check:
        title, why, fix = _page(check)
        check.__dict__["rule"] = Rule(code, slug, severity, basis, title, why, fix, check, tuple(parameters))
        return check

    return mark


def form_rule(
    code: str, slug: str, *, basis: str, severity: Severity = Severity.ERROR, parameters: Sequence[str] = ()
) -> Callable[[Callable[[Submission], Iterator[Hit]]], Check]:
    """The same for a rule about what a readable workbook holds: it is given the submission and never called without."""

    def mark(check: Callable[[Submission], Iterator[Hit]]) -> Check:
        @wraps(check)
        def on_returned(returned: Returned) -> Iterator[Hit]:
            if returned.submission is not None:
                yield from check(returned.submission)

        return rule(code, slug, basis=basis, severity=severity, parameters=parameters)(on_returned)

    return mark


def batch_rule(
    code: str, slug: str, *, basis: str, severity: Severity = Severity.ERROR
) -> Callable[[BatchCheck], Check]:
    """The same for a rule over several files: it is given the batch and yields the file's number with each hit."""
    return _about_more("over_batch", code, slug, basis, severity)


def text_rule(
    code: str, slug: str, *, basis: str, severity: Severity = Severity.ERROR, parameters: Sequence[str] = ()
) -> Callable[[TextCheck], Check]:
    """The same for a rule about prose: it is given the submission and its texts, of the workbook or of a report."""

    def mark(check: TextCheck) -> Check:
        @wraps(check)
        def on_submission(submission: Submission) -> Iterator[Hit]:
            from xlsxeval.rules.prose import prose  # which knows what a hit is

            yield from check(submission, prose(submission))

        marked = form_rule(code, slug, basis=basis, severity=severity, parameters=parameters)(on_submission)
        marked.__dict__["rule"] = replace(marked.__dict__["rule"], over_texts=check)
        return marked

    return mark


def document_rule(
    code: str, slug: str, *, basis: str, severity: Severity = Severity.ERROR
) -> Callable[[DocumentCheck], Check]:
    """The same for a rule about an edited report: it is given the report beside the one that is made today."""
    return _about_more("over_document", code, slug, basis, severity)


def export_rule(
    code: str, slug: str, *, basis: str, severity: Severity = Severity.ERROR
) -> Callable[[ExportCheck], Check]:
    """The same for a rule about what a lower level handed up: it is given one level's export at a time."""
    return _about_more("over_export", code, slug, basis, severity)


def _about_more(
    over: str, code: str, slug: str, basis: str, severity: Severity
) -> Callable[[Callable[..., object]], Check]:
    """A rule that finds nothing in one workbook; ``over`` is where its page keeps the check of what it is about."""

    def mark(check: Callable[..., object]) -> Check:
        marked = rule(code, slug, basis=basis, severity=severity)(_silent(check))
        marked.__dict__["rule"] = replace(marked.__dict__["rule"], **{over: check})
        return marked

    return mark


def _silent(page: Callable[..., object]) -> Check:
    """What a rule that is not about one workbook finds there; it carries the rule's page."""

    @wraps(page)
    def on_returned(returned: Returned) -> Iterator[Hit]:
        yield from ()

    return on_returned


def _page(check: Check) -> tuple[str, str, str]:
    text = inspect.getdoc(check) or ""
    title, _, rest = text.partition("\n")
    why, _, fix = rest.partition("怎么改：")
    joined = ("".join(part.split("\n")) for part in (why.partition("为什么：")[2].strip(), fix.strip()))
    why, fix = joined
    return title.strip().rstrip("。"), why, fix


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule written in Python, by code."""
    found = {}
    for module in pkgutil.walk_packages(xlsxeval.rules.__path__, "xlsxeval.rules."):
        name = module.name.rpartition(".")[2]
        if CODE.match(name):
            check = importlib.import_module(module.name).check
            found[name] = check.rule
    return tuple(found[code] for code in sorted(found))
