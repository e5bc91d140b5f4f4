"""A column of the roster → XlsxWriter's data validation, with the hint as its prompt."""

from __future__ import annotations

import datetime as dt
from typing import Any

from xlsxeval.model import column_letters
from xlsxeval.roster.plan import CATALOGUE, PROJECTS, TEXTS, Plan, RosterColumn, RosterTable

UNIT_CODES = "名册单位代码"
"""The defined name of the list that other sheets choose from; it grows with what is written there."""

_MAX_TITLE, _MAX_MESSAGE, _MAX_LIST = 32, 255, 255
_FIRST_DATE, _LAST_DATE = dt.date(2000, 1, 1), dt.date(2100, 12, 31)


def validation(column: RosterColumn, plan: Plan, table: RosterTable | None) -> dict[str, Any]:
    """The options for every line of a column (``table`` None: a cell of 任务), as seen from row 3, the first below the example."""
    options: dict[str, Any] = _allowed(column, plan, table)
    may_be_blank = "" if column.required or "不填" in column.hint else "（可以不填）"
    options |= {
        "input_title": column.title[:_MAX_TITLE],
        "input_message": f"{column.hint}{may_be_blank}"[:_MAX_MESSAGE],
        "ignore_blank": True,
    }
    if options["validate"] != "any":
        options |= {
            "error_title": "填写有误",
            "error_message": f"{column.title}：{column.hint}。"[:_MAX_MESSAGE],
            "error_type": "stop" if column.strict else "warning",
        }
    return options


def _allowed(column: RosterColumn, plan: Plan, table: RosterTable | None) -> dict[str, Any]:
    if column.source == "units":
        return {"validate": "list", "source": f"={UNIT_CODES}"}
    if column.source == "projects" and table is not None:
        return {"validate": "list", "source": _projects_of_unit(plan, table)}
    if column.source == "catalogue" and table is not None:
        return {"validate": "list", "source": _fields_of_form(plan, table)}
    if column.choices and len(",".join(column.choices)) <= _MAX_LIST:
        return {"validate": "list", "source": list(column.choices)}
    if column.bounds:
        low, high = (int(bound) if bound.is_integer() else bound for bound in map(float, column.bounds))
        kind = "integer" if column.whole else "decimal"
        return {"validate": kind, "criteria": "between", "minimum": low, "maximum": high}
    if column.kind == "date":
        return {"validate": "date", "criteria": "between", "minimum": _FIRST_DATE, "maximum": _LAST_DATE}
    return {"validate": "any"}


def _fields_of_form(plan: Plan, table: RosterTable) -> str:
    """The part of 数据项 that belongs to the form chosen in the same line."""
    form = next(index for index, column in enumerate(table.columns) if column.key == "form")
    first = 2 + (len(plan.items) if table.name == TEXTS else 0)
    chosen, last = f"${column_letters(form + 1)}3", first + len(plan.listed(table.name)) - 1
    forms = f"{CATALOGUE}!$A${first}:$A${last}"
    return f"=OFFSET({CATALOGUE}!$B${first},MATCH({chosen},{forms},0)-1,0,COUNTIF({forms},{chosen}),1)"


def _projects_of_unit(plan: Plan, table: RosterTable) -> str:
    """The lines of 项目 that begin where the unit of the same line first stands, as many as it has.

    COUNTIF would not do: it takes the codes 001 and 1 for the same number.
    """
    lines = next(other.lines for other in plan.tables if other.name == PROJECTS)
    unit = next(index for index, column in enumerate(table.columns) if column.key == "unit")
    chosen, codes = f"${column_letters(unit + 1)}3", f"{PROJECTS}!$A$3:$A${lines + 1}"
    return f"=OFFSET({PROJECTS}!$B$3,MATCH({chosen},{codes},0)-1,0,MAX(1,SUMPRODUCT(--({codes}={chosen}))),1)"


def growing_list(sheet: str, column: str, lines: int) -> str:
    """The formula of a list: from row 3 to the last line that has something in that column."""
    area = f"{sheet}!${column}$3:${column}${lines + 1}"
    return f'=OFFSET({sheet}!${column}$3,0,0,MAX(1,SUMPRODUCT(MAX(({area}<>"")*ROW({area})))-2),1)'
