"""Findings for a person: grouped by file and worksheet, each with its place, what is wrong and what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from xlsxeval.model import Finding, Severity
from xlsxeval.rules.engine import Verdict

MARKS = {Severity.ERROR: "✗ 错误", Severity.WARNING: "△ 请核对", Severity.INFO: "○ 提示"}
_SEALS = {
    "verified": "印章核验无误",
    "unchecked": "印章未核验（没有用 --campaign 指定任务）",
    "no-key": "印章未核验（任务文件夹里没有密钥）",
    "broken": "印章对不上",
}


def text(verdicts: Sequence[Verdict]) -> str:
    """``check --format text``: every file with its findings, then a summary."""
    return "\n".join([*(_file(verdict) for verdict in verdicts), _summary(verdicts)]) + "\n"


def _file(verdict: Verdict) -> str:
    subject = verdict.subject
    lines = [f"■ {verdict.path}"]
    if subject is not None:
        lines.append(f"  {subject.name}（{subject.code}） 任务 {subject.campaign}，版本 {subject.edition}")
        lines.append(f"  {_SEALS[subject.seal_state]}")
    if verdict.status == "clean":
        lines.append("  没有发现问题")
    for sheet, findings in groupby(verdict.findings, key=lambda finding: finding.place.sheet):
        lines.append(f"  【{sheet or '整个文件'}】")
        lines += [line for finding in findings for line in _finding(finding)]
    return "\n".join(lines) + "\n"


def _finding(finding: Finding) -> list[str]:
    where = f"{finding.place.cell} " if finding.place.cell else ""
    label = f"{finding.label}：" if finding.label and not finding.message.startswith(finding.label) else ""
    lines = [f"    {MARKS[finding.severity]} {finding.code}  {where}{label}{finding.message}"]
    values = []
    if finding.shown is not None:
        values.append(f"现为“{_short(finding.shown)}”")
    if finding.expected:
        values.append(f"应为“{_short(finding.expected)}”")
    if values:
        lines.append(f"        {'，'.join(values)}")
    lines.append(f"        怎么改：{finding.fix}")
    return lines


def _summary(verdicts: Sequence[Verdict]) -> str:
    counts = Counter(finding.severity for verdict in verdicts for finding in verdict.findings)
    status = Counter(verdict.status for verdict in verdicts)
    parts = [f"共 {len(verdicts)} 个文件", f"{status['clean']} 个没有问题"]
    if status["findings"]:
        parts.append(f"{status['findings']} 个有问题")
    if status["rejected"]:
        parts.append(f"{status['rejected']} 个读不了")
    found = "，".join(f"{MARKS[kind].split()[1]} {counts[kind]} 处" for kind in Severity if counts[kind])
    return "，".join(parts) + (f"：{found}。" if found else "。")


def _short(value: str, limit: int = 60) -> str:
    flat = " ".join(value.split())
    return flat if len(flat) <= limit else flat[: limit - 1] + "…"
