"""Prose for tests: texts read with a few claims, as the forms write them."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxeval.forms.definition import Claim
from xlsxeval.forms.yaml_file import Position
from xlsxeval.model import Place
from xlsxeval.narrative import Passage, Statement, TextBackground, passages, statements
from xlsxeval.narrative.arithmetic import slips
from xlsxeval.narrative.slips import Slip

YEAR = 2024


def claim(name: str, *phrases: str, field: str = "", part_of: str | None = None, previous: bool = False) -> Claim:
    """A claim as a form would write it; its own name is a phrase unless others are given."""
    fields = (field,) if field else ()
    return Claim(name, phrases or (name,), fields, (), previous, (), part_of, (), Position("test.yaml"))


CLAIMS = (
    claim("编制数", "编制", "编制数", "编制人数", "核定编制"),
    claim("在职人数", "在职人数", "实有人数", "在职人员"),
    claim("总支出", "总支出", "预算支出", "支出总额"),
    claim("基本支出", part_of="总支出"),
    claim("项目支出", part_of="总支出"),
    claim("三公经费"),
    claim("上年三公经费", "三公经费", previous=True),
    claim("年初预算", "年初预算", "年初预算数"),
    claim("项目年初预算", "年初预算", field="project!funds.initial"),
    claim("项目支出数", "实际支出", "项目支出", field="project!funds.executed"),
    claim("执行率", "执行率", "预算执行率"),
)
SETTING = TextBackground(YEAR, ("某某局",), ((1, "系统维护"), (2, "业务培训")), None, frozenset({"project"}))


def read(text: str) -> list[Passage]:
    """The paragraphs of a text."""
    return list(passages(text, Place("报告正文", "B5", "performance"), "performance"))


def stated(text: str, claims: Sequence[Claim] = CLAIMS, setting: TextBackground = SETTING) -> list[Statement]:
    """The statements of a text."""
    return list(statements(read(text), claims, setting))


def told(text: str) -> list[tuple[str, str]]:
    """What a text states: the claim's name and the figure as written."""
    return [(one.claim.name, one.figure.quantity.text) for one in stated(text)]


def wrong(text: str) -> list[Slip]:
    """What is wrong with the arithmetic of a text."""
    lines = read(text)
    return list(slips(lines, list(statements(lines, CLAIMS, SETTING)), CLAIMS, SETTING, {}, {}))
