from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Submission
from xlsxeval.rules.given import concerned
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.profile import sheets
from xlsxeval.rules.registry import form_rule
from xlsxeval.rules.targets import points_as_targets


@form_rule("V105", "target-holds-points", plan=True, basis="表样“年度指标值”一列填目标，不填分数 [表]")
def check(submission: Submission) -> Iterator[Hit]:
    """年度指标值一列填的是分值。

    为什么：指标值要写年初定的目标（多少、多好、何时完成）；填成分数，完成没有完成就无从比较。
    怎么改：把这一列改成年初批复的目标，例如“≥95%”；分数留在分值一列或二级指标后面的括号里。
    """
    for lines in sheets(submission):
        told = concerned(submission, points_as_targets(lines), "target")
        if told:
            yield Hit(
                f"年度指标值填的是分值，共 {len(told)} 行",
                told[0].address(submission, "target"),
                field=told[0].place(submission, "target").field,
                shown=told[0].text("target"),
                related=[line.place(submission, "target") for line in told[1:]],
            )
