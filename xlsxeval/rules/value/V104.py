from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Submission
from xlsxeval.model import Severity
from xlsxeval.rules.given import concern
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.profile import listed, plain_name, sheets
from xlsxeval.rules.registry import form_rule


@form_rule(
    "V104",
    "usual-second-level-class-absent",
    plan=True,
    severity=Severity.INFO,
    basis="财预〔2020〕10号的二级指标 [号]；表样印的二级指标 [表]",
    parameters=("classes.second",),
)
def check(submission: Submission) -> Iterator[Hit]:
    """没有设常用的二级指标。

    为什么：数量、质量、时效、成本一般都要有；没有的，容易让人觉得指标没有设全。
    怎么改：确实不适用的不用改；有内容可评的，下一年编绩效目标时补上。
    """
    for lines in sheets(submission):
        if "level2" not in lines[0].cells or not concern(submission, lines, "level2"):
            continue
        names = {plain_name(line.level2) for line in lines} | {plain_name(line.level1) for line in lines}
        missing = [
            name for name in listed(submission, "classes.second") if not any(one.startswith(name) for one in names)
        ]
        if missing:
            yield Hit(
                f"没有设二级指标：{'、'.join(missing)}",
                lines[0].address(submission, "level2"),
                field=lines[0].place(submission, "level2").field,
            )
