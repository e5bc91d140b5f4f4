"""The words and marks that all outputs for people share. Each kind has a mark too: it must be told apart without colour."""

from __future__ import annotations

from xlsxeval.forms.settings import RuleSetting
from xlsxeval.model import Finding, FindingState, Fixed, Severity, Waiver

WORDS = {Severity.ERROR: "错误", Severity.WARNING: "请核对", Severity.INFO: "提示"}
SIGNS = {Severity.ERROR: "✗", Severity.WARNING: "△", Severity.INFO: "○"}
MARKS = {severity: f"{SIGNS[severity]} {WORDS[severity]}" for severity in Severity}
STATES = {FindingState.NEW: "新出现", FindingState.OPEN: "上次就有"}
FIXED = "已改好"
SEALS = {
    "verified": "印章核验无误",
    "unchecked": "印章未核验（没有用 --campaign 指定任务）",
    "no-key": "印章未核验（任务文件夹里没有密钥）",
    "broken": "印章对不上",
    "none": "不是由本程序下发的表，没有印章，不查改动",
}
STATUSES = {"clean": "没有问题", "findings": "有问题", "rejected": "读不了"}
WHOLE_FILE = "整个文件"
_SETTERS = {"edition": "版本", "campaign": "任务"}


def setter(by: str | None) -> str | None:
    """Who gave a finding another severity than its rule: ``级别由版本设定``; None where nobody did."""
    return None if by is None else f"级别由{_SETTERS.get(by, by)}设定"


def setting(made: RuleSetting) -> str:
    """``L104 改为提示（级别由版本设定：……）``."""
    level = "不查" if made.severity is None else f"改为{WORDS[made.severity]}"
    basis = f"：{made.basis}" if made.basis else ""
    return f"{made.code} {level}（{setter(made.set_by)}{basis}）"


def waiver(waived: Waiver) -> str:
    """``已豁免：张某，2025-03-01，理由：……``."""
    return f"已豁免：{waived.by}，{waived.date}，理由：{waived.reason}"


def values(finding: Finding, limit: int | None = None) -> str:
    """``现为“…”，应为“…”`` on one line, each cut at ``limit`` characters; empty where the finding has neither."""
    parts = []
    if finding.shown is not None:
        parts.append(f"现为“{short(finding.shown, limit)}”")
    if finding.expected:
        parts.append(f"应为“{short(finding.expected, limit)}”")
    return "，".join(parts)


def short(value: str, limit: int | None = None) -> str:
    """A text on one line, cut where it is longer than ``limit``."""
    flat = " ".join(value.split())
    return flat if limit is None or len(flat) <= limit else flat[: limit - 1] + "…"


def labelled(finding: Finding | Fixed) -> str:
    """The message with its field's label in front, unless it begins with that itself."""
    if finding.label and not finding.message.startswith(finding.label):
        return f"{finding.label}：{finding.message}"
    return finding.message


def marks(finding: Finding) -> list[str]:
    """What else a person must know of a finding: against the earlier run, who set its severity, who waived it."""
    known = [
        None if finding.state is None else STATES[finding.state],
        setter(finding.severity_set_by),
        None if finding.waived is None else waiver(finding.waived),
    ]
    return [mark for mark in known if mark]
