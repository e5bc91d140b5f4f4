"""Texts and values that a campaign fills into a form: those that ``given:`` names, and ``{{ year }}`` in labels."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from jinja2 import FunctionLoader, StrictUndefined, TemplateError, nodes
from jinja2.sandbox import SandboxedEnvironment

from xlsxeval.calc import Scalar
from xlsxeval.errors import Problem
from xlsxeval.forms.campaign import Campaign, Project, Unit
from xlsxeval.forms.definition import Edition
from xlsxeval.forms.values import EPOCH
from xlsxeval.forms.yaml_file import Position

_PLAIN = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Getattr,
    nodes.Getitem,
    nodes.Const,
    nodes.Add,
    nodes.Sub,
    nodes.Neg,
)


def _plain(text: str) -> str:
    """The text. Raises TemplateError for more than names and small sums: a power or a loop may never come to an end."""
    tree = SandboxedEnvironment().parse(text)
    for node in tree.find_all(nodes.Node):
        if not isinstance(node, _PLAIN):
            raise TemplateError(f"只能写名称（year、unit.name）和加减（year - 1），不能写 {type(node).__name__}")
    return text


_JINJA = SandboxedEnvironment(
    loader=FunctionLoader(_plain),  # a label is its own name: Jinja then keeps the last few hundred compiled
    undefined=StrictUndefined,
    autoescape=False,
    keep_trailing_newline=True,
)

Constants = Mapping[str, Scalar]


def is_template(text: str) -> bool:
    """Whether the campaign fills something into a text of a form."""
    return "{{" in text or "{%" in text


class Wording:
    """The words of one unit's forms. Faulty label templates are added to ``problems``."""

    def __init__(self, campaign: Campaign, unit: Unit, edition: Edition, problems: list[Problem]) -> None:
        self._campaign = campaign
        self._unit = unit
        self._edition = edition
        self._problems = problems

    def constants(self, number: int | None = None, project: Project | None = None) -> dict[str, Scalar]:
        """Values that ``given:`` can name (``unit.name``); with a project, also those of the project."""
        campaign = self._campaign
        constants: dict[str, Scalar] = {
            "year": float(campaign.year),
            "campaign.department": campaign.department,
            "unit.name": self._unit.name,
            "unit.code": self._unit.code,
        }
        if campaign.deadline:
            constants["campaign.deadline"] = float((campaign.deadline - EPOCH).days)
        if project is not None and number is not None:
            constants |= {
                "project.number": float(number),
                "project.name": project.name,
                "project.department": project.department,
                "project.unit": project.unit,
            }
        for name, parameter in self._edition.parameters.items():
            value = parameter.value
            constants[f"parameters.{name}"] = value if isinstance(value, (str, bool)) else float(value)
        return constants

    def render(self, text: str, position: Position, constants: Constants) -> str:
        """A label with its templates filled in; as it is, with a problem, where a template is faulty."""
        if not is_template(text):
            return text
        try:
            return _JINJA.get_template(text).render(self._context(constants))
        except (TemplateError, TypeError, ValueError, ArithmeticError, RecursionError) as error:
            self._problems.append(position.problem(f"文字模板有误：{error}（{text[:200]}）"))
            return text

    def _context(self, constants: Constants) -> dict[str, object]:
        context: dict[str, object] = {"edition": self._edition.title}
        for name, value in constants.items():
            head, _, tail = name.partition(".")
            shown = int(value) if isinstance(value, float) and value.is_integer() else value
            if tail:
                group = context.setdefault(head, {})
                assert isinstance(group, dict)
                group[tail] = shown
            else:
                context[head] = shown
        deadline = self._campaign.deadline
        context["deadline"] = _chinese_date(deadline) if deadline else "通知规定的日期"
        return context


def _chinese_date(date: dt.date) -> str:
    return f"{date.year}年{date.month}月{date.day}日"
