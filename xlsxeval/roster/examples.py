"""Made-up indicators for an edition, whose weights add up: the example lines of both files that ``new`` writes."""

from __future__ import annotations

from decimal import Decimal

from xlsxeval.forms.definition import Edition, Field, Form
from xlsxeval.forms.weights import weights_of
from xlsxeval.roster.indicators import indicator_columns

_TEXTS = {
    "level1": ("产出指标", "效益指标", "满意度指标"),
    "level2": ("数量指标", "社会效益指标", "服务对象满意度指标"),
    "level3": ("完成某某工作", "某某能力", "群众满意度"),
    "target": ("≥10 次", "有所提升", "≥90%"),
    "criterion": ("每少 1 次扣 5 分", "没有提升不得分", "每低 1 个百分点扣 1 分"),
}
_SHARES = (50, 30)
_USUAL = Decimal(90)


def example_indicators(form: Form, edition: Edition) -> list[dict[str, str | int]]:
    """Three lines for the indicator block of a form: text, choices of the form, weights."""
    wanted = weights_of(form, edition)
    total = int(wanted[0] - wanted[1] if wanted else _USUAL)
    weights = (*_SHARES, total - sum(_SHARES))
    lines: list[dict[str, str | int]] = [{}, {}, {}]
    for column in indicator_columns(edition):
        field = column.fields.get(form.id)
        if field is None:
            continue
        for number, line in enumerate(lines):
            line[field.short] = weights[number] if field.type.name == "weight" else _text(field, number, line)
    return lines


def _text(field: Field, number: int, line: dict[str, str | int]) -> str:
    wanted = _TEXTS.get(field.short, ("某某", "某某", "某某"))[number]
    if not field.choices or wanted in field.choices:
        return wanted
    kin = str(line.get("level1", "")).removesuffix("指标")
    return next((choice for choice in field.choices if kin and kin in choice), field.choices[0])
