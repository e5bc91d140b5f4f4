"""Rules over several files: each verdict of a batch with what only the others show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from xlsxeval.model import Finding
from xlsxeval.rules.engine import Verdict, finding_of, numbered
from xlsxeval.rules.registry import rules
from xlsxeval.rules.settings import apply_settings


@dataclass(frozen=True)
class Batch:
    """The files of one run, in order. ``roster`` has the campaign's units (code → name) where the campaign is known."""

    verdicts: Sequence[Verdict]
    roster: Mapping[str, str]

    @cached_property
    def units(self) -> Mapping[str, str]:
        """Code → name of every unit that is known: of the campaign, and of those whose files came."""
        came = {verdict.subject.code: verdict.subject.name for verdict in self.verdicts if verdict.subject}
        return {**came, **self.roster}


def judge_batch(verdicts: Sequence[Verdict], roster: Mapping[str, str] | None = None) -> list[Verdict]:
    """The verdicts with what the rules over several files find. Such findings are about a file as a whole."""
    batch = Batch(verdicts, roster or {})
    found: dict[int, list[Finding]] = {}
    for rule in rules():
        if rule.over_batch is not None:
            for number, hit in rule.over_batch(batch):
                found.setdefault(number, []).append(finding_of(rule, hit))
    return [_with(verdict, found.get(number, [])) for number, verdict in enumerate(verdicts)]


def _with(verdict: Verdict, found: list[Finding]) -> Verdict:
    """The verdict with more findings about the whole file, which come first."""
    if not found:
        return verdict
    settings = {setting.code: setting for setting in verdict.settings}
    added = [*apply_settings(found, settings), *verdict.findings]
    added.sort(key=lambda finding: "~" if finding.place.sheet else finding.code)
    return replace(verdict, findings=numbered(added))
