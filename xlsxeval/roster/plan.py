"""The sheets and columns of the roster of an edition: one plan for the writer and the reader."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from xlsxeval.forms.definition import Edition
from xlsxeval.forms.labels import form_label
from xlsxeval.roster.indicators import IndicatorColumn, indicator_columns, indicator_forms
from xlsxeval.roster.items import RosterItem, items, texts

TASK, UNITS, PROJECTS, INDICATORS = "任务", "单位", "项目", "指标"
FIGURES, TEXTS, CATALOGUE, GUIDE = "上年数", "文本", "数据项", "填写说明"
EXAMPLE = "示例"
"""What the first cell of an example line says; such a line is not read."""
FILLED_IN, NOT_FILLED_IN = "填", "不填"
TASK_HEADER = ("项", "内容", "说明")
FORM_COLUMN = "form:"
"""The key of a column of 单位 is this and the form's id."""
FIELD_COLUMN = "field:"
"""The key of a column of 指标 is this and the field's name."""

Kind = Literal["text", "code", "number", "figure", "date", "choice"]
Source = Literal["", "units", "projects", "catalogue"]


@dataclass(frozen=True, slots=True)
class RosterColumn:
    """One column: its title, what may be typed there, and how it is explained.

    ``source`` names another sheet's list that values are chosen from, ``choices`` are values of its own. ``may_lack``:
    a roster need not have the column; those of earlier programs do not.
    """

    key: str
    title: str
    hint: str
    kind: Kind = "text"
    width: float = 18
    required: bool = False
    choices: tuple[str, ...] = ()
    strict: bool = True
    source: Source = ""
    bounds: tuple[float, float] | None = None
    whole: bool = False
    may_lack: bool = False


@dataclass(frozen=True, slots=True)
class RosterTable:
    """A sheet with a header row, an example line and the user's lines."""

    name: str
    columns: tuple[RosterColumn, ...]
    lines: int = 2000


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole roster. Without an edition (its name is unknown) only the columns that every roster has."""

    tables: tuple[RosterTable, ...]
    task: tuple[RosterColumn, ...]
    indicators: tuple[IndicatorColumn, ...] = ()
    items: tuple[RosterItem, ...] = ()
    texts: tuple[RosterItem, ...] = ()

    def listed(self, table: str) -> tuple[RosterItem, ...]:
        """The part of 数据项 that a table chooses from."""
        return self.texts if table == TEXTS else self.items

    def table(self, name: str) -> RosterTable | None:
        """The table of that name, or None where the edition has no use for it."""
        return next((table for table in self.tables if table.name == name), None)


def make_plan(edition: Edition | None, editions: tuple[str, ...] = ()) -> Plan:
    """The plan for an edition; ``editions`` are the names to choose from in 任务."""
    task = _task(editions)
    if edition is None:
        return Plan((RosterTable(UNITS, _unit_columns(None)), RosterTable(PROJECTS, _project_columns())), task)
    columns, figures, words = tuple(indicator_columns(edition)), tuple(items(edition)), tuple(texts(edition))
    tables = [RosterTable(UNITS, _unit_columns(edition))]
    if _has_projects(edition):
        tables.append(RosterTable(PROJECTS, _project_columns()))
    if columns:
        tables.append(RosterTable(INDICATORS, _indicator_columns(edition, columns), lines=5000))
    if figures:
        tables.append(RosterTable(FIGURES, _figure_columns(edition, figures), lines=5000))
    if words:
        tables.append(RosterTable(TEXTS, _text_columns(edition, words)))
    return Plan(tuple(tables), task, columns, figures, words)


def _has_projects(edition: Edition) -> bool:
    return any(form.each == "project" for form in edition.forms)


def _task(editions: tuple[str, ...]) -> tuple[RosterColumn, ...]:
    return (
        RosterColumn(
            "campaign", "编号", "给这次任务起的编号，只用字母、数字、横线和下划线，定了就不要再改", required=True
        ),
        RosterColumn("edition", "版本", "表样的版本，从下拉列表中选择", "choice", required=True, choices=editions),
        RosterColumn(
            "year", "年度", "自评的是哪一年，填四位数字", "number", required=True, bounds=(2000, 2100), whole=True
        ),
        RosterColumn("department", "组织部门", "组织这次自评的部门，印在表上", required=True),
        RosterColumn("deadline", "上报期限", "日期，例如 2025-05-31；可以不填", "date"),
        RosterColumn("last_year", "上年任务", "上年任务的文件夹，例如 ../自评2023：上年数与它的记录核对；可以不填"),
    )


def _unit_columns(edition: Edition | None) -> tuple[RosterColumn, ...]:
    code = "每个单位一个，不能重复；字母、数字、横线，按文本填，前面的 0 不要丢"
    columns = [
        RosterColumn("code", "代码", code, "code", 18, required=True),
        RosterColumn("name", "名称", "单位的全称，印在表上", "text", 40, required=True),
    ]
    for form in edition.forms if edition else ():
        label = form_label(form)
        hint = f"这个单位要不要填「{label}」。空着就是要填；不要填的选“{NOT_FILLED_IN}”"
        if form.filled_by == "office":
            hint = f"「{label}」由组织部门填，空着就是不发给单位；要由单位填的选“{FILLED_IN}”"
        choices = (FILLED_IN, NOT_FILLED_IN)
        columns.append(RosterColumn(f"{FORM_COLUMN}{form.id}", label, hint, "choice", 11, choices=choices))
    columns += [
        RosterColumn("contact", "联系人", "写在通知里；可以不填，不印在表上", "text", 14, may_lack=True),
        RosterColumn(
            "email", "邮箱", "发通知和链接用，例如 jixiao@example.gov.cn；可以不填", "text", 28, may_lack=True
        ),
    ]
    return tuple(columns)


_UNIT = RosterColumn(
    "unit", "单位代码", "从下拉列表中选择；先在「单位」里写好", "code", 18, required=True, source="units"
)


def _project_columns() -> tuple[RosterColumn, ...]:
    return (
        replace(_UNIT, hint="从下拉列表中选择；先在「单位」里写好。同一单位的项目写在一起，别的表才能按单位列出项目"),
        RosterColumn("name", "项目名称", "项目的全称，一个项目一行；同一单位里不能重名", "text", 40, required=True),
        RosterColumn("department", "主管部门", "不填就是本单位", "text", 28),
        RosterColumn("implementer", "实施单位", "不填就是本单位", "text", 28),
    )


def _project_choice(edition: Edition, forms: list[str], *, required: bool) -> list[RosterColumn]:
    """The column that says which project a line belongs to; none where the edition has no projects."""
    if not _has_projects(edition):
        return []
    whole = "、".join(forms)
    chosen = "先选单位代码，再从下拉列表中选择这个单位的项目"
    hint = f"{chosen}；空着就是单位自己的{whole}" if forms else f"{chosen}；先在「项目」里写好"
    # Not strict: where a unit's projects do not stand together, the list cannot have them all.
    return [RosterColumn("project", "项目名称", hint, "text", 30, required=required, strict=False, source="projects")]


def _indicator_columns(edition: Edition, indicators: tuple[IndicatorColumn, ...]) -> tuple[RosterColumn, ...]:
    whole = [form_label(form) for form in indicator_forms(edition) if form.each is None]
    columns = [_UNIT, *_project_choice(edition, whole, required=not whole)]
    if len(whole) > 1:
        columns.append(RosterColumn("form", "附件", "没有项目名称的，写明是哪张表", "choice", 12, choices=tuple(whole)))
    titles = [column.label for column in indicators]
    for column in indicators:
        field = next(iter(column.fields.values()))
        key = f"{FIELD_COLUMN}{column.name}"
        title = column.label if titles.count(column.label) == 1 else f"{column.label}（{column.name}）"
        choices = tuple(dict.fromkeys(choice for field in column.fields.values() for choice in field.choices))
        strict = all(field.strict for field in column.fields.values())
        absent = [form_label(form) for form in indicator_forms(edition) if form.id not in column.fields]
        hint = "；".join([field.hint or field.type.says, *(f"{label}没有这一列，不要填" for label in absent)])
        if field.type.kind == "number":
            bounds = (field.minimum or 0.0, field.maximum if isinstance(field.maximum, float) else 1e12)
            columns.append(RosterColumn(key, title, hint, "number", 9, bounds=bounds, whole=field.type.whole))
        elif choices:
            columns.append(RosterColumn(key, title, hint, "choice", 20, choices=choices, strict=strict))
        else:
            columns.append(RosterColumn(key, title, hint, "text", 24 if field.lines < 2 else 36))
    return tuple(columns)


def _figure_columns(edition: Edition, figures: tuple[RosterItem, ...]) -> tuple[RosterColumn, ...]:
    columns = _which(edition, figures, "这个数在哪张表")
    most = max((item.block.lines for item in figures if item.block), default=0)
    if most:
        hint = "只有一项一行的（「数据项」里写明“可以有几行”）才填：是第几行，从 1 起"
        columns.append(RosterColumn("line", "第几行", hint, "number", 9, bounds=(1, 1000), whole=True))
    hint = "金额单位万元，填数字，不要带单位；文字照原样填"
    return (*columns, RosterColumn("value", "值", hint, "figure", 32, required=True))


def _text_columns(edition: Edition, words: tuple[RosterItem, ...]) -> tuple[RosterColumn, ...]:
    hint = "照原样印在表上，格内换行按 Alt+回车；日期例如 2025-05-31"
    return (*_which(edition, words, "这段文字在哪张表"), RosterColumn("value", "文字", hint, "text", 80, required=True))


def _which(edition: Edition, listed: tuple[RosterItem, ...], where: str) -> list[RosterColumn]:
    """The columns that say whose field a line gives, and which."""
    labels = tuple(dict.fromkeys(item.form_label for item in listed))
    whole = [label for label in labels if any(i.form_label == label and i.form.each is None for i in listed)]
    hint = "先选附件，再从下拉列表中选择；全部字段见「数据项」"
    return [
        _UNIT,
        *_project_choice(edition, whole, required=not whole),
        RosterColumn("form", "附件", where, "choice", 12, required=True, choices=labels),
        RosterColumn("item", "字段", hint, width=40, required=True, source="catalogue"),
    ]
