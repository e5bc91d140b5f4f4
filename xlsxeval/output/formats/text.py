"""Findings for a person: the most common first, then by file and worksheet with place, what is wrong and what to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from xlsxeval.model import Finding, Fixed
from xlsxeval.output.characters import for_terminal
from xlsxeval.output.format import OutputFormat
from xlsxeval.output.groups import FindingGroup, by_sheet, groups
from xlsxeval.output.totals import FIRST_RULES, FindingTotals, sentence, title, totals
from xlsxeval.output.words import FIXED, MARKS, SEALS, STATES, WHOLE_FILE, labelled, setter, setting, values, waiver
from xlsxeval.rules.catalogue import RulePage
from xlsxeval.rules.verdict import Verdict

_LIMIT = 60


def text(verdicts: Sequence[Verdict], pages: Mapping[str, RulePage]) -> Iterator[str]:
    """``check --format text``: what is most common, every file with its findings, the totals."""
    return (for_terminal(block) + "\n" for block in _blocks(verdicts, pages))


def _blocks(verdicts: Sequence[Verdict], pages: Mapping[str, RulePage]) -> Iterator[str]:
    sums = totals(verdicts, pages)
    if len(sums.by_rule) > 1:
        yield _most_common(sums)
    if sums.settings:
        yield "\n".join(["改过的级别：", *(f"  {setting(made)}" for made in sums.settings)]) + "\n"
    for verdict in verdicts:
        yield _file(verdict, pages)
    yield sentence(sums)


def _most_common(sums: FindingTotals) -> str:
    lines = ["最常见的问题："]
    for rule in sums.by_rule[:FIRST_RULES]:
        files = f"（{rule.files} 个文件）" if sums.files > 1 else ""
        lines.append(f"  {rule.code}  {rule.count:>4} 处{files}  {MARKS[rule.severity]}  {rule.title}")
    rest = sums.by_rule[FIRST_RULES:]
    if rest:
        lines.append("  其余：" + "、".join(f"{rule.code} {rule.count} 处" for rule in rest))
    return "\n".join(lines) + "\n"


def _file(verdict: Verdict, pages: Mapping[str, RulePage]) -> str:
    subject = verdict.subject
    lines = [f"■ {verdict.path}"]
    if subject is not None and subject.seal_state == "none":
        lines += [f"  {line}" for line in (subject.name, *verdict.notes) if line]
    elif subject is not None:
        lines.append(f"  {subject.name}（{subject.code}） 任务 {subject.campaign}，版本 {subject.edition}")
        lines.append(f"  {SEALS[subject.seal_state]}")
    if verdict.status == "clean":
        lines.append("  没有要改的问题" if verdict.findings else "  没有发现问题")
    for sheet, findings in by_sheet(verdict.findings).items():
        lines.append(f"  【{sheet or WHOLE_FILE}】")
        lines += [line for group in groups(findings) for line in _group(group, pages)]
    if verdict.fixed:
        lines.append(f"  【{FIXED}】")
        lines += [f"    ✓ {fixed.code}  {_spot(fixed)}{labelled(fixed)}" for fixed in verdict.fixed]
    return "\n".join(lines) + "\n"


def _group(group: FindingGroup, pages: Mapping[str, RulePage]) -> list[str]:
    head = f"    {MARKS[group.severity]} {group.code}  "
    if len(group.findings) == 1:
        lines = [head + _where(group.first) + labelled(group.first), *_facts(group.first)]
    else:
        what = group.message or title(group.code, pages)
        lines = [f"{head}{what}（{len(group.findings)} 处）"]
        lines += [line for finding in group.findings for line in _member(finding, told=group.message is not None)]
    return [*lines, *_advice(group.first)]


def _member(finding: Finding, *, told: bool) -> list[str]:
    """A line of a group; ``told`` where the message already stands at its head."""
    what = (finding.label or "") if told else labelled(finding)
    facts = "：".join(part for part in (what, values(finding, _LIMIT)) if part)
    return [f"        {_where(finding)}{facts}{_state(finding)}", *_working(finding)]


def _facts(finding: Finding) -> list[str]:
    line = values(finding, _LIMIT) + _state(finding)
    return ([f"        {line}"] if line else []) + _working(finding)


def _working(finding: Finding) -> list[str]:
    return [f"        怎么算：{finding.working}"] if finding.working else []


def _advice(finding: Finding) -> list[str]:
    lines = [f"        怎么改：{finding.fix}"]
    set_by = setter(finding.severity_set_by)
    if set_by:
        lines.append(f"        {set_by}")
    if finding.waived is not None:
        lines.append(f"        {waiver(finding.waived)}（不计在内）")
    return lines


def _where(finding: Finding) -> str:
    return f"{finding.place.cell} " if finding.place.cell else ""


def _spot(fixed: Fixed) -> str:
    spot = "!".join(part for part in (fixed.place.sheet, fixed.place.cell) if part)
    return f"{spot} " if spot else ""


def _state(finding: Finding) -> str:
    return "" if finding.state is None else f"〔{STATES[finding.state]}〕"


FORMAT = OutputFormat(
    name="text",
    order=10,
    suffixes=(".txt",),
    begins=r"\ufeff?(最常见的问题：|■ |共 \d+ 个文件)",
    write=lambda verdicts, sources: text(verdicts, sources.rule_pages(verdicts)),
    byte_order_mark=True,
)
