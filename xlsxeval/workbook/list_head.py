"""What stands above the list of findings: whose workbook, what was found, what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from xlsxeval.layout.layout import SELF_CHECK_SHEET, Layout
from xlsxeval.model import Severity
from xlsxeval.workbook.remark import SEVERITIES, Remark, shortened

_LONGEST_NAME = 200


def head_lines(layout: Layout, file: str, remarks: Sequence[Remark]) -> list[str]:
    """Whose workbook, what was found, what to do: a line each."""
    unit, campaign = layout.unit, layout.campaign
    until = f"，截止 {campaign.deadline:%Y-%m-%d}" if campaign.deadline else ""
    lines = [
        f"单位：{unit.name}（{unit.code}）　任务：{campaign.id}，{campaign.year} 年度　组织部门：{campaign.department}{until}",
        f"核对的文件：{shortened(file, _LONGEST_NAME)}　{counts(remarks)}",
    ]
    if any(not remark.settled for remark in remarks):
        lines += [
            "怎么改：点“单元格”一栏跳到那一格，标色的格子上有批注；只改单位填写的格子，公式会自动重算，"
            f"改完看“{SELF_CHECK_SHEET}”。公式、表头已经恢复成下发时的样子，不用再改。",
            f"改好以后把本文件发回{campaign.department}。本页只供查看，不用删：写在本页的内容不会被读取。",
        ]
    return lines


def counts(remarks: Sequence[Remark]) -> str:
    """``错误 3 处，请核对 1 处；本表已改正 2 处``."""
    still = Counter(remark.finding.severity for remark in remarks if not remark.settled)
    found = [f"{SEVERITIES[kind].split()[1]} {still[kind]} 处" for kind in Severity if still[kind]]
    waived = sum(remark.finding.waived is not None for remark in remarks)
    restored = sum(remark.settled for remark in remarks) - waived
    done = [f"{name} {number} 处" for name, number in {"本表已改正": restored, "已豁免": waived}.items() if number]
    return "；".join(part for part in ("，".join(found) or "没有要改的", "，".join(done)) if part)
