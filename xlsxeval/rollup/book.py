"""A summary → its workbook."""

from __future__ import annotations

from xlsxeval.rollup.computation import Values, compute
from xlsxeval.rollup.plan import PlannedSheet
from xlsxeval.rollup.sheets.appraisals import appraisals_frame, appraisals_sheet
from xlsxeval.rollup.sheets.charts import charts_sheet
from xlsxeval.rollup.sheets.findings import common_frame, common_sheet, findings_frame, findings_sheet
from xlsxeval.rollup.sheets.indicators import indicators_frame, indicators_sheet
from xlsxeval.rollup.sheets.lower import lower_frame, lower_sheet
from xlsxeval.rollup.sheets.money import money_frame, money_sheet
from xlsxeval.rollup.sheets.parameters import parameters_sheet
from xlsxeval.rollup.sheets.projects import projects_frame, projects_sheet
from xlsxeval.rollup.sheets.units import came, units_frame, units_sheet
from xlsxeval.rollup.summary import Summary
from xlsxeval.rollup.writer import write_book


def summary_bytes(summary: Summary) -> bytes:
    """The workbook: every formula with its computed value; the same summary gives the same bytes."""
    sheets, values = planned(summary)
    return write_book(sheets, values, f"{summary.campaign.year}年度绩效自评汇总：{summary.campaign.department}")


def planned(summary: Summary) -> tuple[list[PlannedSheet], Values]:
    """The worksheets in their order and the values of their formulas.

    What this edition or campaign has nothing for is left out. The charts come after the rest is computed: of very many
    units they show the lowest.
    """
    units, projects = units_frame(summary), projects_frame(summary)
    indicators = indicators_frame(summary)
    sheets = [units_sheet(summary, units, projects)]
    if summary.lower:
        sheets.append(lower_sheet(summary, lower_frame(summary), units))
    if projects is not None:
        sheets.append(projects_sheet(summary, projects))
    if summary.definition.money:
        sheets.append(money_sheet(summary, money_frame(summary)))
    sheets.append(indicators_sheet(summary, indicators))
    sheets.append(findings_sheet(summary, findings_frame(summary)))
    sheets.append(common_sheet(summary, common_frame(summary), came(units)))
    if summary.rubric:
        sheets.append(appraisals_sheet(summary, appraisals_frame(summary)))
    sheets.append(parameters_sheet(summary, units.outer_lines("grade") if units.has("grade") else None))
    values = compute(sheets)
    charts = charts_sheet(summary, units, projects, indicators, values)
    values |= compute([charts], sheets, values)
    return [*sheets[:-1], charts, sheets[-1]], values
