"""Rules: their value, the decorators that mark them, and the list of all modules named by a code in a family's folder."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, wraps
from pathlib import Path
from typing import TYPE_CHECKING

import xlsxeval.rules
from xlsxeval.intake.submission import Returned, Submission
from xlsxeval.model import Severity
from xlsxeval.rules.batch import Batch
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.prose import Prose, prose
from xlsxeval.rules.unread import UnreadPart

if TYPE_CHECKING:
    from xlsxeval.levels import Received
    from xlsxeval.proofreading import Proof

CODE = re.compile(r"^[FITCVLXSNDU][0-9]{3}$")
_OTHER_PAPERS = ("document", "level")
"""Folders of rules about papers that are no workbooks: edited reports, exports of lower levels."""


Check = Callable[[Returned], Iterator[Hit]]
"""A rule about one returned file, readable or not."""
PlanCheck = Callable[[Submission], Iterator[Hit]]
"""A rule about what was planned, in a workbook that came back or in what a campaign gives."""
BatchCheck = Callable[[Batch], Iterator[tuple[int, Hit]]]
"""A rule over several files: yields the number of a file in the batch with each hit."""
TextCheck = Callable[[Submission, Sequence[Prose]], Iterator[Hit]]
"""A rule about prose: the texts of a submission's workbook, or those of a report made from it."""
DocumentCheck = Callable[["Proof"], Iterator[Hit]]
"""A rule about a report that was edited in Word."""
UnreadCheck = Callable[[Sequence[UnreadPart]], Iterator[Hit]]
"""A rule about a published report: it receives the parts that were not read or not judged."""
ExportCheck = Callable[["Received"], Iterator[Hit]]
"""A rule about the export of one lower level: a hit's ``spot`` is a unit's code or 合计, its ``field`` a figure."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. Its code is never given to another; ``title``, ``why`` and ``fix`` address the people who fill in forms.

    ``parameters`` are the parameters of an edition that the rule depends on. A rule over several files has
    ``over_batch``, one about edited reports ``over_document``, one about exports of lower levels ``over_export``, one about
    parts of a published report ``over_unread``; the ``check`` of such a rule finds nothing in a workbook. A rule about
    prose has ``over_texts`` besides its ``check``, so that it also applies to the prose of a report; one about the plan has
    ``over_plan``, so that it also applies to what a campaign gives.
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
    over_plan: PlanCheck | None = None
    over_batch: BatchCheck | None = None
    over_texts: TextCheck | None = None
    over_document: DocumentCheck | None = None
    over_export: ExportCheck | None = None
    over_unread: UnreadCheck | None = None


def rule(
    code: str, slug: str, *, basis: str, severity: Severity = Severity.ERROR, parameters: Sequence[str] = ()
) -> Callable[[Check], Check]:
    """Makes a generator function a rule about one returned file, readable or not.

    The function's docstring is the rule's page: title, ``为什么：…``, ``怎么改：…``.
    """

    def mark(check: Check) -> Check:
        title, why, fix = _page(check)
        check.__dict__["rule"] = Rule(code, slug, severity, basis, title, why, fix, check, tuple(parameters))
        return check

    return mark


def form_rule(
    code: str,
    slug: str,
    *,
    basis: str,
    severity: Severity = Severity.ERROR,
    parameters: Sequence[str] = (),
    plan: bool = False,
) -> Callable[[Callable[[Submission], Iterator[Hit]]], Check]:
    """Makes a rule about the contents of a workbook: the function receives the submission of each file that was read.

    ``plan``: it is about what was planned, which a unit or the campaign may have written; it also receives what a
    campaign gives (:mod:`xlsxeval.rules.given`).
    """

    def mark(check: Callable[[Submission], Iterator[Hit]]) -> Check:
        @wraps(check)
        def on_returned(returned: Returned) -> Iterator[Hit]:
            if returned.submission is not None:
                yield from check(returned.submission)

        marked = rule(code, slug, basis=basis, severity=severity, parameters=parameters)(on_returned)
        if plan:
            marked.__dict__["rule"] = replace(marked.__dict__["rule"], over_plan=check)
        return marked

    return mark


def batch_rule(
    code: str, slug: str, *, basis: str, severity: Severity = Severity.ERROR
) -> Callable[[BatchCheck], Check]:
    """Makes a rule over several files: the function receives the batch and yields the file's number with each hit."""
    return _about_more("over_batch", code, slug, basis, severity)


def text_rule(
    code: str, slug: str, *, basis: str, severity: Severity = Severity.ERROR, parameters: Sequence[str] = ()
) -> Callable[[TextCheck], Check]:
    """Makes a rule about prose: the function receives the submission and its texts, of the workbook or of a report."""

    def mark(check: TextCheck) -> Check:
        @wraps(check)
        def on_submission(submission: Submission) -> Iterator[Hit]:
            yield from check(submission, prose(submission))

        marked = form_rule(code, slug, basis=basis, severity=severity, parameters=parameters)(on_submission)
        marked.__dict__["rule"] = replace(marked.__dict__["rule"], over_texts=check)
        return marked

    return mark


def document_rule(
    code: str, slug: str, *, basis: str, severity: Severity = Severity.ERROR
) -> Callable[[DocumentCheck], Check]:
    """Makes a rule about an edited report: the function receives it beside the report made afresh."""
    return _about_more("over_document", code, slug, basis, severity)


def export_rule(
    code: str, slug: str, *, basis: str, severity: Severity = Severity.ERROR
) -> Callable[[ExportCheck], Check]:
    """Makes a rule about exports of lower levels: the function receives the export of one level at a time."""
    return _about_more("over_export", code, slug, basis, severity)


def unread_rule(
    code: str, slug: str, *, basis: str, severity: Severity = Severity.WARNING
) -> Callable[[UnreadCheck], Check]:
    """Makes a rule about parts of a published report that were not read or not judged."""
    return _about_more("over_unread", code, slug, basis, severity)


def _about_more(
    over: str, code: str, slug: str, basis: str, severity: Severity
) -> Callable[[Callable[..., object]], Check]:
    """A decorator for a rule that finds nothing in one workbook; ``over`` is the attribute of Rule for its function."""

    def mark(check: Callable[..., object]) -> Check:
        marked = rule(code, slug, basis=basis, severity=severity)(_silent(check))
        marked.__dict__["rule"] = replace(marked.__dict__["rule"], **{over: check})
        return marked

    return mark


def _silent(page: Callable[..., object]) -> Check:
    """A check that finds nothing, with the docstring of ``page``."""

    @wraps(page)
    def on_returned(returned: Returned) -> Iterator[Hit]:
        yield from ()

    return on_returned


def _page(check: Check) -> tuple[str, str, str]:
    """Title, reason and advice from the docstring of a rule."""
    text = inspect.getdoc(check) or ""
    title, _, rest = text.partition("\n")
    why, _, fix = rest.partition("怎么改：")
    joined = ("".join(part.split("\n")) for part in (why.partition("为什么：")[2].strip(), fix.strip()))
    why, fix = joined
    return title.strip().rstrip("。"), why, fix


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule written in Python, by code."""
    about_others = [_loaded(module) for folder in _OTHER_PAPERS for module in _modules(folder)]
    return tuple(sorted([*workbook_rules(), *about_others], key=lambda one: one.code))


@cache
def workbook_rules() -> tuple[Rule, ...]:
    """The rules about workbooks, by code, without those about edited reports and exports of lower levels.

    Those others find nothing in a workbook, and what reads reports and exports is imported with them.
    """
    packages = pkgutil.iter_modules(xlsxeval.rules.__path__)
    folders = [one.name for one in packages if one.ispkg and one.name not in _OTHER_PAPERS]
    found = [_loaded(module) for folder in folders for module in _modules(folder)]
    return tuple(sorted(found, key=lambda one: one.code))


def _modules(folder: str) -> Iterator[str]:
    """The modules of the rules in a folder, by their full names."""
    for path in xlsxeval.rules.__path__:
        for module in pkgutil.iter_modules([str(Path(path) / folder)]):
            if CODE.match(module.name):
                yield f"xlsxeval.rules.{folder}.{module.name}"


def _loaded(module: str) -> Rule:
    """The rule that a module holds."""
    found: Rule = importlib.import_module(module).check.rule
    return found
