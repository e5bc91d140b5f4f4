from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from xlsxeval.intake.submission import Submission
from xlsxeval.model import Severity
from xlsxeval.quantities import Quantity
from xlsxeval.quantities.numerals import folded
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.indicators import IndicatorLine, indicator_lines
from xlsxeval.rules.registry import form_rule
from xlsxeval.rules.targets import figures, line_hit

_ANY_PROJECTS = re.compile(
    r"(?:群众|社会|公众|服务|受益|对象|人员|人群|职工|学员|企业|参保人?|项目|工作|任务|资金|预算|成本|"
    r"满意|认可|完成|及时|按时|按期|到位|使用|支付|拨付|发放|合规|合格|验收|达标|优良|质量|控制|节约|执行|覆盖|知晓|投诉|"
    r"率|度|数量?|情况|的|年度|全年)*"
)
"""Names that say nothing of what is counted: each project has its own 验收合格率 and 群众满意度."""


@form_rule(
    "X113",
    "same-indicator-differs",
    severity=Severity.WARNING,
    basis="同一数据在不同附件应当一致 [理]",
)
def check(submission: Submission) -> Iterator[Hit]:
    """同一个指标在两张表里的实际完成值不同。

    为什么：名称和指标值都一样的指标说的是一件事，完成了多少也应当一样；不一样的，多半有一处没有跟着改。
    满意度、合格率这样每个项目各有各的指标，项目之间不比。
    怎么改：核对两处，改正错的一处；说的不是一件事的，把指标名称写具体。
    """
    single = len(submission.layout.unit.projects) == 1
    named: dict[str, list[tuple[IndicatorLine, Quantity, Quantity]]] = {}
    for line in indicator_lines(submission):
        read = figures(line)
        if read is not None and line.text("level3"):
            named.setdefault(_plain(line.text("level3")), []).append((line, *read))
    for name, lines in named.items():
        for (one, aim, done), (other, same_aim, also_done) in combinations(lines, 2):
            if (one.form, one.instance) == (other.form, other.instance) or not _alike(aim, same_aim):
                continue
            if _ANY_PROJECTS.fullmatch(name) and not (single and one.form != other.form):
                continue
            if _alike(done, also_done) or done.kind is not also_done.kind:
                continue
            there = other.place(submission, "actual")
            hit = line_hit(submission, one, "actual", "")
            yield Hit(
                f"「{one.text('level3')}」在这里是 {one.text('actual')}，在{there.sheet}是 {other.text('actual')}，指标值相同",
                hit.address,
                field=hit.field,
                label=hit.label,
                shown=hit.shown,
                related=[there],
                aspect=f"{other.form}{other.instance or ''}",
            )
            break


def _alike(one: Quantity, other: Quantity) -> bool:
    return one.kind is other.kind and one.value == other.value


def _plain(name: str) -> str:
    return re.sub(r"[\W_]", "", folded(name))
