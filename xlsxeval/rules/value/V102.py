from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Submission
from xlsxeval.model import Severity
from xlsxeval.rules.given import concerned
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.indicators import indicator_lines
from xlsxeval.rules.profile import FIRST, SECOND, plain_name
from xlsxeval.rules.registry import form_rule

_CLASSES = frozenset((*SECOND, *(f"{name}指标" for name in FIRST)))
"""Names of classes in full: 服务对象满意度 alone may well be the indicator."""


@form_rule(
    "V102",
    "not-detailed-to-third-level",
    plan=True,
    severity=Severity.WARNING,
    basis="指标细化到三级 [评分表]；财预〔2020〕10号 [号]",
)
def check(submission: Submission) -> Iterator[Hit]:
    """没有细化到三级指标。

    为什么：三级指标要写明评价的是哪件事；只重复“数量指标”“服务对象满意度指标”这样的类名，等于没有设指标。
    怎么改：写出具体的指标名称，例如“参保群众满意度”“培训人次”。
    """
    for line in concerned(submission, indicator_lines(submission), "level3"):
        if plain_name(line.text("level3")) in _CLASSES:
            yield Hit(
                "三级指标只写了类名",
                line.address(submission, "level3"),
                field=line.place(submission, "level3").field,
                shown=line.text("level3"),
            )
