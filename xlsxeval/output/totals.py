"""How many findings there are, by severity and by rule. What somebody waived is counted apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xlsxeval.forms.settings import Setting
from xlsxeval.model import Severity, State
from xlsxeval.output.words import FIXED, STATES, WORDS
from xlsxeval.rules.catalogue import Page
from xlsxeval.rules.engine import Verdict
from xlsxeval.rules.settings import settings_in_force

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
class Totals:
    """The totals of several verdicts. ``by_rule`` begins with the most common."""

    files: int
    statuses: Mapping[str, int]
    by_severity: Mapping[Severity, int]
    by_rule: tuple[RuleCount, ...]
    by_state: Mapping[State, int]
    waived: int
    fixed: int
    settings: tuple[Setting, ...]

    @property
    def open(self) -> int:
        return sum(self.by_severity.values())


def totals(verdicts: Sequence[Verdict], pages: Mapping[str, Page]) -> Totals:
    """The totals; ``pages`` give the rules their titles."""
    counted = [(number, finding) for number, verdict in enumerate(verdicts) for finding in verdict.open]
    codes = Counter(finding.code for _, finding in counted)
    worst: dict[str, Severity] = {}
    for _, finding in counted:
        worst[finding.code] = max(worst.get(finding.code, Severity.INFO), finding.severity, key=lambda kind: kind.rank)
    files = Counter(code for code, _ in {(finding.code, number) for number, finding in counted})
    rules = [RuleCount(code, title(code, pages), worst[code], codes[code], files[code]) for code in codes]
    return Totals(
        files=len(verdicts),
        statuses=Counter(verdict.status for verdict in verdicts),
        by_severity={kind: sum(finding.severity is kind for _, finding in counted) for kind in Severity},
        by_rule=tuple(sorted(rules, key=lambda rule: (-rule.count, -rule.severity.rank, rule.code))),
        by_state={state: sum(finding.state is state for _, finding in counted) for state in State},
        waived=sum(finding.waived is not None for verdict in verdicts for finding in verdict.findings),
        fixed=sum(len(verdict.fixed) for verdict in verdicts),
        settings=tuple(settings_in_force(verdict.settings for verdict in verdicts)),
    )


def title(code: str, pages: Mapping[str, Page]) -> str:
    """The rule's title; empty where it is not known here."""
    return pages[code].title if code in pages else ""


def sentence(sums: Totals) -> str:
    """``共 3 个文件，1 个没有问题，2 个有问题：错误 5 处，请核对 1 处。``"""
    parts = [f"共 {sums.files} 个文件", f"{sums.statuses.get('clean', 0)} 个没有问题"]
    parts += [
        f"{sums.statuses[status]} 个{word}"
        for status, word in (("findings", "有问题"), ("rejected", "读不了"))
        if sums.statuses.get(status)
    ]
    found = "，".join(f"{WORDS[kind]} {count} 处" for kind, count in sums.by_severity.items() if count)
    return "，".join(parts) + (f"：{found}。" if found else "。") + _tail(sums)


def _tail(sums: Totals) -> str:
    """What stands beside the findings that count."""
    tail = f"另有 {sums.waived} 处已豁免，不计在内。" if sums.waived else ""
    compared = [f"{STATES[state]} {count} 处" for state, count in sums.by_state.items() if count]
    if compared or sums.fixed:
        tail += "与上次相比：" + "，".join([*compared, f"{FIXED} {sums.fixed} 处"]) + "。"
    return tail
