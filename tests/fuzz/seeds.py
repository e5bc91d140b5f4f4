"""What is mutated: a small edition that has a bit of everything, its campaign, and its workbook as a careful unit returned it."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.forms.inline import Desk
from xlsxeval.calc import Scalar
from xlsxeval.forms.library import Library
from xlsxeval.forms.seal import make_seal
from xlsxeval.intake.identity import Context, Layouts
from xlsxeval.layout.layout import Layout
from xlsxeval.layout.placing import build_layout
from xlsxeval.layout.values_file import load_values
from xlsxeval.model import Address
from xlsxeval.workbook import fill_workbook, workbook_bytes

KEY = b"a key for tests, of 32 bytes ..."

EDITION = """\
edition: e
title: 测试版本
version: 1
forms: [basic/v, project/v]
parameters:
  tolerance.money: {label: 允许误差, value: 0.01, basis: "四舍五入 [理]"}
"""

BASIC = """\
form: basic
attachment: 附件1
title: "{{ year }}年度支出自评表"
columns: [16, 12, 12, 12, 10]
grid:
  - [填报单位, $unit.name, <, 编制数, $staff.posts]
  - [年度资金（万元）, 全年预算数, 全年执行数, 执行率, 等次]
  - [^, $funds.budget, $funds.executed, $funds.rate, $grade]
  - [调整, $funds.adjusted, 面积, $area, $signed]
  - [说明, $note, <, 完成日期, $done]
  - row: [指标, 指标值, 实际完成值, 得分, 分值]
    repeat_on_pages: true
  - repeat: indicators
    lines: 3
    line: [$name, $target, $actual, $score, $weight]
    helpers: [$share]
  - repeat: items
    lines: 2
    line: [$kind, $amount, <, $people, $ratio]
  - [总分, <, <, $total.score, $total.weight]
fields:
  unit.name: {label: 填报单位, given: unit.name}
  staff.posts: {label: 编制数, type: count}
  funds.budget: {label: 全年预算数, type: money, required: true, hint: 调整后的预算数}
  funds.executed: {label: 全年执行数, type: money, required: true}
  funds.rate: {label: 执行率, type: percent, formula: 'IF(N(funds.budget)=0,"",ROUND(funds.executed/funds.budget,4))'}
  grade: {label: 等次, type: text, formula: 'IF(N(total.score)>=90,"优",IF(N(total.score)>=80,"良","中"))'}
  funds.adjusted: {label: 调整, type: signed_money}
  area: {label: 面积, type: area}
  signed: {label: 是否, type: choice, choices: [是, 否]}
  note: {label: 说明, type: text, length: [0, 200]}
  done: {label: 完成日期, type: date}
  indicators.name: {label: 指标}
  indicators.target: {label: 指标值, type: code}
  indicators.actual: {label: 实际完成值, type: code, required: true}
  indicators.weight: {label: 分值, type: weight}
  indicators.score: {label: 得分, type: score, required: true, max: weight}
  indicators.share: {label: 得分率, type: percent, formula: 'IF(N(weight)=0,"",score/weight)'}
  items.kind: {label: 项目, type: text}
  items.amount: {label: 金额, type: money}
  items.people: {label: 人数, type: count}
  items.ratio: {label: 占比, type: percent}
  total.score: {label: 总分, type: score, formula: 'SUM(indicators.score)'}
  total.weight: {label: 分值合计, type: weight, formula: 'SUM(indicators.weight)'}
checks:
  - L201
  - code: L202
    slug: rate-again
    severity: warning
    title: 执行率与执行数除以预算数不同
    say: 执行率等于执行数除以预算数
    why: 算错了。
    fix: 核对。
    basis: 算术 [理]
    where: ISNUMBER(funds.rate)
    that: ABS(funds.rate-funds.executed/funds.budget)<=0.0001
    at: funds.rate
    expected: ROUND(funds.executed/funds.budget,4)
"""

PROJECT = """\
form: project
attachment: "附件2-{{ project.number }}"
each: project
columns: [20, 14, 14]
grid:
  - [项目名称, $project.name, <]
  - [预算数, $money.budget, ~]
  - [执行数, $money.executed, $money.left]
fields:
  project.name: {label: 项目名称, given: project.name}
  money.budget: {label: 预算数, type: money, required: true}
  money.executed: {label: 执行数, type: money, required: true}
  money.left: {label: 结余, type: money, formula: money.budget-money.executed}
"""

CHECK = """\
check: L201
slug: spending-above-budget
severity: warning
title: 全年执行数大于全年预算数
say: 全年执行数不大于全年预算数
why: 执行数大于调整后的预算数。
fix: 核对两个数。
basis: 执行数不应超过调整后的预算数 [理]
where: AND(ISNUMBER(funds.budget),ISNUMBER(funds.executed))
that: funds.executed<=funds.budget+edition!tolerance.money
at: funds.executed
expected: funds.budget
related: [funds.budget]
"""

CAMPAIGN = """\
campaign: c
edition: e
year: 2024
department: 某某市财政局
deadline: '2025-05-31'
units:
  - code: '001'
    name: 某某局
    given:
      basic:
        staff.posts: 1
        indicators:
          - {name: 办理件数, target: ≥100件, weight: 40}
          - {name: 及时率, target: ≥95%, weight: 59}
          - {name: 差错率, target: ≤1%, weight: 1}
    projects:
      - name: 信息系统运行维护
"""

VALUES = """\
附件1:
  funds.budget: 1234.5
  funds.executed: 1200.25
  funds.adjusted: -12.5
  area: 350.5
  signed: 是
  note: 年初预算执行正常，没有调整。
  done: 2024-12-20
  indicators:
    - {actual: 120件, score: 40}
    - {actual: 97%, score: 59}
    - {actual: 0.5%, score: 1}
  items:
    - {kind: 办公费, amount: 12.75, people: 3, ratio: 12.5%}
附件2-1:
  money.budget: 200
  money.executed: 150.5
"""

FILES: Mapping[str, str] = {
    "templates/editions/e.yaml": EDITION,
    "templates/forms/basic/v.yaml": BASIC,
    "templates/forms/project/v.yaml": PROJECT,
    "templates/checks/L201.yaml": CHECK,
    "campaign.yaml": CAMPAIGN,
    "values.yaml": VALUES,
}
"""Everything that a definition is made of, by its path."""


@dataclass(frozen=True)
class Seed:
    """A returned workbook with what it is held against."""

    context: Context
    layouts: Layouts
    layout: Layout
    data: bytes
    values: Mapping[Address, Scalar]


def written(folder: Path, files: Mapping[str, str]) -> Desk:
    """The definitions in a folder of their own."""
    desk = Desk(folder)
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return desk


@cache
def seed() -> Seed:
    """The small workbook, filled in without a fault."""
    with tempfile.TemporaryDirectory() as folder:
        desk = written(Path(folder), FILES)
        campaign, edition = desk.load()
        layout = build_layout(campaign, campaign.units[0], edition)
        values = load_values(desk.folder / "values.yaml", layout)
        context = Context(_Kept(desk.templates), campaign, KEY)
        context.library.edition("e")
    sealed = make_seal(campaign, campaign.units[0], edition, KEY)
    data = fill_workbook(workbook_bytes(layout, sealed, "password"), layout, values, layout.compute(values))
    return Seed(context, Layouts(), layout, data, values)


class _Kept(Library):
    """A library whose one edition was read before its files went."""

    def editions(self) -> list[str]:
        return ["e"]
