"""指标: a line an indicator."""

from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.quantities import AchievementState
from xlsxeval.rollup.frame import FrameColumn, TableFrame, number_column, word_column
from xlsxeval.rollup.plan import GENERAL, PERCENT, SCORE, PlannedFormula, PlannedSheet
from xlsxeval.rollup.sheets.shared import CODE, NAME, info, total_of, whose
from xlsxeval.rollup.summary import Summary
from xlsxeval.rollup.table import Line, Looks, table

SHEET = "指标"
OUTCOMES = {
    AchievementState.MET: "达成",
    AchievementState.PARTLY: "部分达成",
    AchievementState.MISSED: "未达成",
    AchievementState.UNSURE: "不确定",
}


def indicators_frame(summary: Summary) -> TableFrame:
    """Where the indicators stand."""
    columns = [
        CODE,
        NAME,
        word_column("sheet", "表", 10),
        FrameColumn("project", "项目", 20),
        word_column("level1", "一级指标", 13),
        word_column("level2", "二级指标", 15),
        FrameColumn("level3", "三级指标", 26),
        word_column("target", "指标值", 16),
        word_column("actual", "实际完成值", 16),
        number_column("weight", "分值", 7, GENERAL),
        number_column("score", "得分", 8, SCORE),
        number_column("rate", "得分率", 9, PERCENT),
        word_column("outcome", "达成情况", 9),
    ]
    return TableFrame(SHEET, columns, len(summary.indicators))


def indicators_sheet(summary: Summary, frame: TableFrame) -> PlannedSheet:
    """The worksheet."""
    totals: Line = {"level3": "合计", "weight": total_of(frame, "weight"), "score": total_of(frame, "score")}
    title = f"{summary.campaign.year}年度绩效指标汇总表"
    return table(frame, title, info(summary), _lines(summary, frame), totals)


def _lines(summary: Summary, frame: TableFrame) -> Iterator[tuple[Line, Looks]]:
    for row, line in enumerate(summary.indicators, start=frame.first):
        one = line.indicator
        weight, score = frame.at("weight", row), frame.at("score", row)
        yield (
            whose(line.whose)
            | {
                "sheet": one.sheet,
                "project": one.project,
                "level1": one.level1,
                "level2": one.level2,
                "level3": one.level3,
                "target": one.target,
                "actual": one.actual,
                "weight": one.weight,
                "score": one.score,
                "rate": PlannedFormula(f'IF(N({weight})=0,"",IF(ISNUMBER({score}),ROUND({score}/{weight},4),""))'),
                "outcome": OUTCOMES[one.outcome],
            },
            {},
        )
