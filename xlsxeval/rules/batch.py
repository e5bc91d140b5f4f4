"""Rules over several files: each verdict of a batch with what only the others show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice

from xlsxeval.lazy import lazily
from xlsxeval.model import Finding
from xlsxeval.rules.engine import Subject, Verdict, finding_of, numbered
from xlsxeval.rules.facts import Facts
from xlsxeval.rules.registry import rules
from xlsxeval.rules.settings import apply_settings


@dataclass(frozen=True, slots=True)
class BatchFile:
    """What the rules over several files may know of one: little, for it is kept of all of them at once.

    ``subject`` comes without its ``forms``, which are most of it.
    """

    path: str
    sha256: str
    subject: Subject | None
    facts: Facts | None


@dataclass(frozen=True)
class Batch:
    """The files of one run, in order. ``roster`` has the campaign's units (code → name) where the campaign is known."""

    files: Sequence[BatchFile]
    roster: Mapping[str, str]

    @cached_property
    def units(self) -> Mapping[str, str]:
        """Code → name of every unit that is known: of the campaign, and of those whose files came."""
        came = {file.subject.code: file.subject.name for file in self.files if file.subject}
        return {**came, **self.roster}


def judge_batch(
    verdicts: Sequence[Verdict], roster: Mapping[str, str] | None = None, count: int | None = None
) -> Sequence[Verdict]:
    """The verdicts with what the rules over several files find. Such findings are about a file as a whole.

    They are looked through once, and given back one by one as they are asked for. ``count``: only so many of the first
    are files of the batch.
    """
    batch = Batch([_file(verdict) for verdict in islice(verdicts, count)], roster or {})
    found: dict[int, list[Finding]] = {}
    for rule in rules():
        if rule.over_batch is not None:
            for number, hit in rule.over_batch(batch):
                found.setdefault(number, []).append(finding_of(rule, hit))
    return lazily(verdicts, lambda number, verdict: _with(verdict, found.get(number, [])))


def _file(verdict: Verdict) -> BatchFile:
    subject = None if verdict.subject is None else replace(verdict.subject, forms=())
    return BatchFile(verdict.path, verdict.sha256, subject, verdict.facts)


def _with(verdict: Verdict, found: list[Finding]) -> Verdict:
    """The verdict with more findings about the whole file, which come first."""
    if not found:
        return verdict
    settings = {setting.code: setting for setting in verdict.settings}
    added = [*apply_settings(found, settings), *verdict.findings]
    added.sort(key=lambda finding: "~" if finding.place.sheet else finding.code)
    return replace(verdict, findings=numbered(added))
