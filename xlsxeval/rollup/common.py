"""共性问题: the findings by rule, those that most units have first."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxeval.forms.definition import Edition
from xlsxeval.rollup.summary import CommonLine, FindingLine
from xlsxeval.rules.registry import rules


def common_lines(findings: Sequence[FindingLine], edition: Edition) -> tuple[CommonLine, ...]:
    """One line a rule that found something which nobody accepted."""
    titles = {check.code: check.title for form in edition.forms for check in form.checks}
    titles |= {rule.code: rule.title for rule in rules()}
    by_code: dict[str, list[FindingLine]] = {}
    for line in findings:
        if line.finding.waived is None:
            by_code.setdefault(line.finding.code, []).append(line)
    lines = [_line(code, titles.get(code, ""), found) for code, found in by_code.items()]
    return tuple(sorted(lines, key=lambda line: (-line.units, -line.severity.rank, -line.places, line.code)))


def _line(code: str, title: str, found: Sequence[FindingLine]) -> CommonLine:
    first = found[0]
    where = " ".join(part for part in (first.whose.name, first.finding.place.sheet, first.finding.place.cell) if part)
    return CommonLine(
        code=code,
        severity=max((line.finding.severity for line in found), key=lambda severity: severity.rank),
        title=title or first.finding.message,
        units=len({line.whose.code or line.file for line in found}),
        places=len(found),
        example=f"{where or first.file}：{first.finding.message}",
    )
