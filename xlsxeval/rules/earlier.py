"""The comparison of a run with an earlier one: new, open and fixed findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from xlsxeval.lazy import lazily
from xlsxeval.model import Finding, FindingState, Fixed
from xlsxeval.rules.registry import workbook_rules
from xlsxeval.rules.verdict import Subject, Verdict

Whose = tuple[str | None, str]
"""Campaign and unit."""


@dataclass(frozen=True, slots=True)
class EarlierFile:
    """A file as the earlier run reported it. ``unit`` is None where it could not be read."""

    path: str
    campaign: str | None
    unit: str | None
    forms: tuple[str, ...]
    findings: tuple[Fixed, ...]

    @property
    def key(self) -> Whose | str:
        """Campaign and unit, or the path of a file that could not be read."""
        return self.path if self.unit is None else (self.campaign, self.unit)


@dataclass(frozen=True, slots=True)
class _Again:
    """A verdict on a file of a unit that the earlier run had, as far as the comparison needs it.

    ``number`` is its index among the verdicts, ``prints`` the fingerprints of its findings, ``off`` the codes of rules
    that are switched off.
    """

    number: int
    prints: frozenset[str]
    forms: tuple[str, ...]
    off: frozenset[str]


def compare(verdicts: Sequence[Verdict], earlier: Sequence[EarlierFile]) -> Sequence[Verdict]:
    """The verdicts with the state of each finding and, at the file where it stood, what was fixed.

    Reads all verdicts once, and returns a sequence that reads each again on access.

    Files are matched by campaign and unit, whatever their names; files that could not be read, by their path.
    A finding counts as fixed only where the worksheets that it could stand in were returned again and read, and where
    its rule is not switched off.
    """
    known: dict[Whose | str, set[str]] = {}
    for file in earlier:
        known.setdefault(file.key, set()).update(finding.fingerprint for finding in file.findings)
    fixed: dict[int, list[Fixed]] = {}
    for number, finding in _fixed(verdicts, earlier):
        known_fixed = fixed.setdefault(number, [])
        if finding.fingerprint not in {other.fingerprint for other in known_fixed}:
            known_fixed.append(finding)

    def compared(number: int, verdict: Verdict) -> Verdict:
        marked = _with_states(verdict, known.get(_key(verdict), set()))
        return replace(marked, fixed=tuple(fixed.get(number, ())))

    return lazily(verdicts, compared)


def _key(verdict: Verdict) -> Whose | str:
    subject = verdict.subject
    return verdict.path if subject is None else (subject.campaign, subject.code)


def _print(finding: Finding, verdict: Verdict) -> str:
    return finding.fingerprint(verdict.subject.code if verdict.subject else None)


def _with_states(verdict: Verdict, known: set[str]) -> Verdict:
    states = [
        FindingState.OPEN if _print(finding, verdict) in known else FindingState.NEW for finding in verdict.findings
    ]
    found = zip(verdict.findings, states, strict=True)
    return replace(verdict, findings=tuple(replace(finding, state=state) for finding, state in found))


def _fixed(verdicts: Iterable[Verdict], earlier: Sequence[EarlierFile]) -> Iterator[tuple[int, Fixed]]:
    """Yields the findings that are no longer there, each with the index of the verdict it belongs to."""
    over_batch = {rule.code for rule in workbook_rules() if rule.over_batch is not None}
    read: dict[Whose | str, list[_Again]] = {file.key: [] for file in earlier}
    for number, verdict in enumerate(verdicts):
        keys = {_key(verdict), verdict.path} & read.keys()  # a file that could not be read earlier is known by its path
        if verdict.subject is not None and keys:
            again = _again(number, verdict, verdict.subject)
            for key in keys:
                read[key].append(again)
    of_unit: dict[Whose | str, set[str]] = {}
    for file in earlier:
        of_unit.setdefault(file.key, set()).update(file.forms)
    for file in earlier:
        came = read[file.key]
        still = {found for one in came for found in one.prints}
        forms = {name for one in came for name in one.forms}
        off = {code for one in came for code in one.off}
        for finding in file.findings if came else ():
            sheet = finding.place.sheet
            could_stand = {sheet} if sheet in file.forms else set(file.forms)
            if finding.code in over_batch:
                could_stand = of_unit[file.key]
            if finding.fingerprint in still or finding.code in off or not could_stand <= forms:
                continue
            yield next((one for one in came if sheet in one.forms), came[0]).number, finding


def _again(number: int, verdict: Verdict, subject: Subject) -> _Again:
    return _Again(
        number,
        frozenset(_print(finding, verdict) for finding in verdict.findings),
        subject.forms,
        frozenset(setting.code for setting in verdict.settings if setting.severity is None),
    )
