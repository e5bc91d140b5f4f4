"""Whatever stands in a cell, reading it ends soon."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest

from tests.narrative.reading import CLAIMS, SETTING, YEAR, read
from tests.support.actions import perform
from tests.support.base import base, returned
from xlsxeval.narrative.answers import only_asks_for_money, unanswered
from xlsxeval.narrative.arithmetic import slips
from xlsxeval.narrative.field_columns import FieldColumns
from xlsxeval.narrative.heading_numbers import misnumbered
from xlsxeval.narrative.money import fine_amounts, mixed_units
from xlsxeval.narrative.statements import statements
from xlsxeval.narrative.times import parts_of_year
from xlsxeval.narrative.years import wrong_years
from xlsxeval.quantities import Quantity, QuantityKind
from xlsxeval.rules.registry import rules

MOST = 32_767
_ONE = Quantity(Decimal(1), "万元", QuantityKind.MONEY, "1万元", Decimal(1))
ROWS = {name: FieldColumns(_ONE, _ONE, _ONE) for name in ("项目支出", "三公经费")}
SECONDS = 6.0
"""Of the processor, for one cell; what grows with the square of the length takes minutes."""


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "1元",
        "项目支出1万元。",
        "项目支出1万元，",
        "2023年项目支出1万元，其中1万元，",
        "系统维护项目支出1万元",
        "3项一是",
        "3个：甲、",
        "5人（1人，",
        "占总支出的5%，",
        "比上年增加1万元，增长5%，",
        "资金不足",
        "需需需",
        "一是",
        "1.\n",
        "（一）\n",
        "截至1月底",
        "1-1月",
        "2023年度我局整体支出绩效自评，",
        "-",
        "（",
        "\n",
        "\x00\x0b\ufffe",
        "{{ x }}{% for %}",
        "<w:p>&amp;",
        "=SUM(A1:A9)",
        "一二三四五六七八九十百千万亿",
        "，。、；：",
        "截至截止较比与和",
        "支出支出",
    ],
)
def test_a_full_cell_of_anything_is_read_in_time(piece: str) -> None:
    text = (piece * (MOST // len(piece) + 1))[:MOST]
    begun = time.process_time()
    lines = read(text)
    stated = list(statements(lines, CLAIMS, SETTING))
    list(slips(lines, stated, CLAIMS, SETTING, {}, ROWS))
    list(misnumbered(text))
    only_asks_for_money(text)
    unanswered(text, text)
    for line in lines:
        parts_of_year(line, YEAR)
        list(wrong_years(line, YEAR, text))
        list(mixed_units(line))
        list(fine_amounts(line))
    assert time.process_time() - begun < SECONDS


@pytest.mark.parametrize("piece", ["项目支出1万元，", "编制1人。", "无", "<a>{{ x }}\x00=1+1", "一是"])
def test_a_full_cell_is_judged_in_time(piece: str) -> None:
    text = (piece * (MOST // len(piece) + 1))[:MOST]
    sent = base()
    received = perform(
        sent, {"fill": {"报告正文!performance": text, "报告正文!problems": text, "报告正文!measures": text}}
    )
    file = returned(received.raw, received.context, sent.layouts)
    begun = time.process_time()
    for rule in rules():
        if rule.code.startswith("N"):
            list(rule.check(file))
    assert time.process_time() - begun < 3 * SECONDS
