"""问题: a line a finding; 共性问题: a line a rule."""

from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.model import Finding, Severity
from xlsxeval.rollup.frame import FrameColumn, TableFrame, number_column, word_column
from xlsxeval.rollup.plan import COUNT, PERCENT, PlannedFormula, PlannedLook, PlannedSheet
from xlsxeval.rollup.plan import Role as LookRole
from xlsxeval.rollup.sheets.shared import CODE, NAME, NO_RATE, info
from xlsxeval.rollup.summary import Summary
from xlsxeval.rollup.table import Line, Looks, table

SHEET, COMMON_SHEET = "问题", "共性问题"
MOST_LINES = 20_000
SEVERITIES = {Severity.ERROR: "错误", Severity.WARNING: "请核对", Severity.INFO: "提示"}
_ROLES: dict[Severity, LookRole] = {Severity.ERROR: "error"}
_NOBODY = "（认不出单位）"


def findings_frame(summary: Summary) -> TableFrame:
    """Where the findings stand."""
    columns = [
        CODE,
        NAME,
        word_column("severity", "级别", 8),
        word_column("rule", "编号", 7),
        word_column("sheet", "表", 11),
        word_column("cell", "单元格", 8),
        FrameColumn("label", "栏目", 18),
        FrameColumn("message", "问题", 36),
        FrameColumn("shown", "现为", 16),
        FrameColumn("expected", "应为", 16),
        FrameColumn("fix", "怎么改", 34),
        FrameColumn("state", "状态", 14),
        FrameColumn("file", "文件", 20),
    ]
    return TableFrame(SHEET, columns, min(len(summary.findings), MOST_LINES))


def findings_sheet(summary: Summary, frame: TableFrame) -> PlannedSheet:
    """The worksheet; of very many findings the first."""
    left_out = len(summary.findings) - frame.count
    more = f"　另有 {left_out} 条没有列出，见 xlsxeval check 的结果" if left_out > 0 else ""
    return table(frame, "核对发现的问题", info(summary) + more, _lines(summary))


def _lines(summary: Summary) -> Iterator[tuple[Line, Looks]]:
    for line in summary.findings[:MOST_LINES]:
        finding = line.finding
        look = _ROLES.get(finding.severity)
        yield (
            {
                "code": line.whose.code,
                "name": line.whose.name or _NOBODY,
                "severity": SEVERITIES[finding.severity],
                "rule": finding.code,
                "sheet": finding.place.sheet,
                "cell": finding.place.cell,
                "label": finding.label,
                "message": finding.message,
                "shown": finding.shown,
                "expected": finding.expected,
                "fix": finding.fix,
                "state": _state(finding),
                "file": line.file,
            },
            {"severity": PlannedLook(look, align="center")} if look and finding.waived is None else {},
        )


def _state(finding: Finding) -> str:
    waived = finding.waived
    return "未改" if waived is None else f"已登记例外：{waived.by}，{waived.reason}（{waived.date}）"


def common_frame(summary: Summary) -> TableFrame:
    """Where the rules stand."""
    columns = [
        word_column("rule", "编号", 8),
        word_column("severity", "级别", 9),
        FrameColumn("title", "问题", 44),
        number_column("units", "涉及单位", 10, COUNT),
        number_column("share", "占已报单位", 11, PERCENT),
        number_column("places", "处数", 8, COUNT),
        FrameColumn("example", "例", 70),
    ]
    return TableFrame(COMMON_SHEET, columns, len(summary.common))


def common_sheet(summary: Summary, frame: TableFrame, came: str) -> PlannedSheet:
    """The worksheet; ``came`` is the cell with the number of units that sent something."""

    def lines() -> Iterator[tuple[Line, Looks]]:
        for row, line in enumerate(summary.common, start=frame.first):
            share = f'IF({came}=0,"{NO_RATE}",ROUND({frame.at("units", row)}/{came},4))'
            yield (
                {
                    "rule": line.code,
                    "severity": SEVERITIES[line.severity],
                    "title": line.title,
                    "units": float(line.units),
                    "share": PlannedFormula(share),
                    "places": float(line.places),
                    "example": line.example,
                },
                {},
            )

    return table(frame, "共性问题（涉及单位多的在前）", info(summary), lines(), frozen_columns=1)
