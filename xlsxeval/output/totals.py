"""How many findings there are, by severity and by rule. What somebody waived is counted apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from xlsxeval.forms.settings import RuleSetting
from xlsxeval.model import FindingState, Severity
from xlsxeval.output.words import FIXED, STATES, WORDS
from xlsxeval.rules.catalogue import RulePage
from xlsxeval.rules.settings import settings_in_force
from xlsxeval.rules.verdict import Verdict

FIRST_RULES = 5


@dataclass(frozen=True, slots=True)
class RuleCount:
    """How often a rule was broken, and in how many files."""

    code: str
    title: str
    severity: Severity
    count: int
    files: int


@dataclass(frozen=True, slots=True)
class FindingTotals:
    """The totals of several verdicts. ``by_rule`` begins with the most common."""

    files: int
    statuses: Mapping[str, int]
    by_severity: Mapping[Severity, int]
    by_rule: tuple[RuleCount, ...]
    by_state: Mapping[FindingState, int]
    waived: int
    fixed: int
    settings: tuple[RuleSetting, ...]

    @property
    def open(self) -> int:
        return sum(self.by_severity.values())


def totals(verdicts: Iterable[Verdict], pages: Mapping[str, RulePage]) -> FindingTotals:
    """The totals, counted in one pass; ``pages`` give the rules their titles."""
    statuses, severities, states = Counter[str](), Counter[Severity](), Counter[FindingState | None]()
    codes, files, worst = Counter[str](), Counter[str](), dict[str, Severity]()
    settings = set[RuleSetting]()
    waived = fixed = 0
    for verdict in verdicts:
        found = verdict.open
        statuses[verdict.status] += 1
        severities.update(finding.severity for finding in found)
        states.update(finding.state for finding in found)
        codes.update(finding.code for finding in found)
        files.update({finding.code for finding in found})
        for finding in found:
            gravest = worst.get(finding.code, Severity.INFO)
            worst[finding.code] = max(gravest, finding.severity, key=lambda kind: kind.rank)
        settings.update(verdict.settings)
        waived += len(verdict.findings) - len(found)
        fixed += len(verdict.fixed)
    rules = [RuleCount(code, title(code, pages), worst[code], codes[code], files[code]) for code in codes]
    return FindingTotals(
        files=statuses.total(),
        statuses=statuses,
        by_severity={kind: severities[kind] for kind in Severity},
        by_rule=tuple(sorted(rules, key=lambda rule: (-rule.count, -rule.severity.rank, rule.code))),
        by_state={state: states[state] for state in FindingState},
        waived=waived,
        fixed=fixed,
        settings=tuple(settings_in_force([settings])),
    )


def title(code: str, pages: Mapping[str, RulePage]) -> str:
    """The rule's title; empty where it is not known here."""
    return pages[code].title if code in pages else ""


def sentence(sums: FindingTotals) -> str:
    """``共 3 个文件，1 个没有问题，2 个有问题：错误 5 处，请核对 1 处。``"""
    parts = [f"共 {sums.files} 个文件", f"{sums.statuses.get('clean', 0)} 个没有问题"]
    parts += [
        f"{sums.statuses[status]} 个{word}"
        for status, word in (("findings", "有问题"), ("rejected", "读不了"))
        if sums.statuses.get(status)
    ]
    found = "，".join(f"{WORDS[kind]} {count} 处" for kind, count in sums.by_severity.items() if count)
    return "，".join(parts) + (f"：{found}。" if found else "。") + _tail(sums)


def _tail(sums: FindingTotals) -> str:
    """What stands beside the findings that count."""
    tail = f"另有 {sums.waived} 处已豁免，不计在内。" if sums.waived else ""
    compared = [f"{STATES[state]} {count} 处" for state, count in sums.by_state.items() if count]
    if compared or sums.fixed:
        tail += "与上次相比：" + "，".join([*compared, f"{FIXED} {sums.fixed} 处"]) + "。"
    return tail
