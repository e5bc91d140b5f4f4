"""Careful units, and the mistakes that units make when they type."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.support.made.kinds.base import ALL, BOTH, Case, Outcome, check, done, errors, kind
from tests.support.made.spoiling import with_formula


@kind("正常报送", done(), share=0)
def careful(case: Case) -> None:
    case.put(case.unit.file, case.unit.book())


@kind("正常报送，两张表", done(), share=12, forms=BOTH)
def careful_two(case: Case) -> None:
    case.put(case.unit.file, case.unit.book())


@kind("正常报送，三张表", done(), share=8, forms=ALL)
def careful_three(case: Case) -> None:
    case.put(case.unit.file, case.unit.book())


@kind("截止当天报送", done(first=0), share=4)
def on_the_last_day(case: Case) -> None:
    case.put("自评表.xlsx", case.unit.book(), day=0)


def mistake(title: str, name: str, outcome: Outcome, changes: Mapping[str, Any], **more: Any) -> None:
    """A kind that is a careful unit's workbook but for some cells."""

    def make(case: Case) -> None:
        case.put(case.unit.file, case.unit.book(changes))

    make.__name__ = name
    kind(title, outcome, **more)(make)


_LINE = "附件2!indicators"
mistake("必填的没有填", "left_empty", errors("V040"), {"附件2!funds.initial": None}, share=4)
mistake("指标的完成值没有填", "line_left_empty", errors("V040"), {f"{_LINE}[4].actual": None})
mistake("数填成了文字，还认得出", "number_as_text", done("V001"), {"附件1!procurement.budget": "３２"}, forms=BOTH)
mistake("金额后面带了“万元”", "unit_in_number", errors("V002"), {"附件2!income.special": "0万元"}, share=3)
mistake("金额写成负数", "negative", errors("V061"), {"附件2!income.special": -0.05})
mistake("得分高于分值", "score_above_weight", errors("S101"), {f"{_LINE}[1].score": 6.0}, share=3)
mistake("扣了分没有写原因", "reason_left_out", errors("S102"), {f"{_LINE}[2].reason": None}, share=5)
mistake("没有达到目标却得满分", "missed_but_full", errors("S105"), {f"{_LINE}[3].actual": "1.2%"}, share=3)
mistake("完成值前面带了≥", "comparator", errors("V111"), {f"{_LINE}[5].actual": "≥90%"}, share=3)
mistake("完成值漏了%", "percent_left_out", check("V112"), {f"{_LINE}[2].actual": "94"}, share=3)
mistake("超额完成很多没有说明", "overachieved", check("S106"), {f"{_LINE}[1].actual": "2600件"}, share=3)
mistake(
    "几处一起错",
    "several_mistakes",
    errors("S101", "S102", "V111"),
    {f"{_LINE}[1].score": 6.0, f"{_LINE}[2].reason": None, f"{_LINE}[5].actual": "≥90%"},
    share=3,
)
mistake(
    "附件1和附件2的项目支出不一致",
    "forms_disagree",
    check("X101", sheets={"附件1": "done"}),
    {"附件1!operation.budget": 2.0, "附件1!operation.final": 2.0},
    forms=BOTH,
)
mistake(
    "附件3的执行数合计与附件2不同",
    "projects_disagree",
    errors("X102", sheets={"附件1": "done", "附件3-1": "done"}),
    {"附件3-1!other.executed": 1.0, "附件3-1!other.budget": 1.0, "附件3-1!other.initial": 1.0},
    forms=ALL,
)


@kind("基本支出＋项目支出不等于全年执行数", errors("L109"), share=4)
def parts_do_not_add_up(case: Case) -> None:
    basic = case.unit.values["附件2!funds.basic"]
    case.put(case.unit.file, case.unit.book({"附件2!funds.basic": round(basic + 10, 2)}))


@kind("按收入性质分的合计不等于全年预算数", errors("L108"), share=3)
def sources_do_not_add_up(case: Case) -> None:
    general = case.unit.values["附件2!income.general"]
    case.put(case.unit.file, case.unit.book({"附件2!income.general": round(general + 123.45, 2)}))


@kind("年初预算数按元填了", check("L131"), share=3)
def yuan(case: Case) -> None:
    initial = case.unit.values["附件2!funds.initial"]
    case.put(case.unit.file, case.unit.book({"附件2!funds.initial": round(initial * 10_000, 2)}))


@kind("执行数比预算数多", check("L104", "V124"), share=3)
def overspent(case: Case) -> None:
    values = case.unit.values
    budget = round(values["附件2!funds.executed"] - 1, 2)
    general = round(budget - values["附件2!income.fund"], 2)
    changes = {"附件2!funds.budget": budget, "附件2!income.general": general, "附件2!funds.initial": budget}
    case.put(case.unit.file, case.unit.book(changes))


@kind("填报格里写了算式", errors("V041"), share=2)
def formula_typed(case: Case) -> None:
    book = case.unit.book()
    cell = case.unit.cell("附件2!income.special")
    case.put(case.unit.file, book.spoilt(with_formula(book.data, "附件2", cell, "0+0")))
