"""A run held against an earlier one: what is new, what is still open, what was fixed since."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from xlsxeval.model import Finding, Fixed, State
from xlsxeval.rules.engine import Verdict
from xlsxeval.rules.registry import rules

Whose = tuple[str | None, str]
"""Campaign and unit."""


@dataclass(frozen=True, slots=True)
class EarlierFile:
    """A file as the earlier run told of it. ``unit`` is None where it could not be read."""

    path: str
    campaign: str | None
    unit: str | None
    forms: tuple[str, ...]
    findings: tuple[Fixed, ...]

    @property
    def key(self) -> Whose | str:
        """What it is known by."""
        return self.path if self.unit is None else (self.campaign, self.unit)


def compare(verdicts: Sequence[Verdict], earlier: Sequence[EarlierFile]) -> list[Verdict]:
    """The verdicts with the state of each finding and, at the file where it stood, what was fixed.

    Files are told apart by campaign and unit, whatever they are called; those that could not be read by their path.
    A finding counts as fixed only where the worksheets that it could stand in came again and were read, and where its
    rule was not switched off.
    """
    known: dict[Whose | str, set[str]] = {}
    for file in earlier:
        known.setdefault(file.key, set()).update(finding.fingerprint for finding in file.findings)
    done = [_with_states(verdict, known.get(_key(verdict), set())) for verdict in verdicts]
    fixed: dict[int, list[Fixed]] = {}
    for number, finding in _fixed(done, earlier):
        told = fixed.setdefault(number, [])
        if finding.fingerprint not in {other.fingerprint for other in told}:
            told.append(finding)
    return [replace(verdict, fixed=tuple(fixed.get(number, ()))) for number, verdict in enumerate(done)]


def _key(verdict: Verdict) -> Whose | str:
    subject = verdict.subject
    return verdict.path if subject is None else (subject.campaign, subject.code)


def _print(finding: Finding, verdict: Verdict) -> str:
    return finding.fingerprint(verdict.subject.code if verdict.subject else None)


def _with_states(verdict: Verdict, known: set[str]) -> Verdict:
    states = [State.OPEN if _print(finding, verdict) in known else State.NEW for finding in verdict.findings]
    found = zip(verdict.findings, states, strict=True)
    return replace(verdict, findings=tuple(replace(finding, state=state) for finding, state in found))


def _fixed(verdicts: Sequence[Verdict], earlier: Sequence[EarlierFile]) -> Iterator[tuple[int, Fixed]]:
    """What is no longer found, with the number of the verdict to which it belongs."""
    over_batch = {rule.code for rule in rules() if rule.over_batch is not None}
    read: dict[Whose | str, list[int]] = {}  # what could not be read earlier is looked for by its path
    for number, verdict in enumerate(verdicts):
        if verdict.subject is not None:
            read.setdefault(_key(verdict), []).append(number)
            read.setdefault(verdict.path, []).append(number)
    of_unit: dict[Whose | str, set[str]] = {}
    for file in earlier:
        of_unit.setdefault(file.key, set()).update(file.forms)
    for file in earlier:
        again = read.get(file.key, [])
        still = {_print(finding, verdicts[n]) for n in again for finding in verdicts[n].findings}
        came = {name for n in again for name in _forms(verdicts[n])}
        off = {setting.code for n in again for setting in verdicts[n].settings if setting.severity is None}
        for finding in file.findings if again else ():
            sheet = finding.place.sheet
            could_stand = {sheet} if sheet in file.forms else set(file.forms)
            if finding.code in over_batch:
                could_stand = of_unit[file.key]
            if finding.fingerprint in still or finding.code in off or not could_stand <= came:
                continue
            yield next((n for n in again if sheet in _forms(verdicts[n])), again[0]), finding


def _forms(verdict: Verdict) -> tuple[str, ...]:
    return verdict.subject.forms if verdict.subject else ()
