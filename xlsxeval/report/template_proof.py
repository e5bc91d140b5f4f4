"""Proves a template against an edition, without data: every tag is read, not only those that some unit's values reach."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from jinja2 import TemplateSyntaxError, nodes

from xlsxeval.errors import Problem
from xlsxeval.forms.definition import Edition
from xlsxeval.forms.yaml_file import suggestion
from xlsxeval.report.environment import document_environment
from xlsxeval.report.errors import ReportError
from xlsxeval.report.explain import NO_OTHER_TEMPLATES, filter_unknown, name_unknown, paragraph_at, template_error
from xlsxeval.report.shape import TemplateShape, edition_shape
from xlsxeval.report.template import sources
from xlsxeval.report.template_parts import template_dangers

Scope = dict[str, TemplateShape | None]
"""Names and their shapes; None where nothing is known about a name but that it exists."""

_TOO_DEEP = "标记一层套一层，套得太深，读不了。请减少嵌套的括号和 {% if %}、{% for %}。"
_MOST_STEPS = 99_999
_PICKING = ("selectattr", "rejectattr", "groupby", "sum", "sort", "map", "unique", "min", "max")
_SAME_LIST = ("selectattr", "rejectattr", "sort", "unique", "list", "reverse", "select", "reject")
_ONE_OF = ("first", "last", "min", "max")


def template_problems(template: Path, edition: Edition) -> list[Problem]:
    """Every unknown name, field and filter of a template, each with its paragraph; of broken syntax the first.

    ``line`` and ``column`` of a problem are 0: a Word document has neither. Never raises for what the file holds.
    """
    environment = document_environment()
    try:
        dangers = template_dangers(template)
    except Exception:  # its readers raise anything
        dangers = []  # what is no document at all is told below
    if dangers:
        return [Problem(str(template), 0, 0, danger) for danger in dangers]
    try:
        parts = list(sources(template))
    except ReportError as error:
        return [Problem(str(template), 0, 0, str(error))]
    found: dict[str, None] = {}
    shapes = edition_shape(edition)
    for source in parts:
        try:
            tree = environment.parse(source)
        except TemplateSyntaxError as error:
            found[str(template_error(error, source, environment, shapes))] = None
            continue
        except RecursionError:
            found[_TOO_DEEP] = None
            continue
        reader = _Reader(frozenset(environment.filters), shapes, environment.globals)
        try:
            reader.visit(tree, dict(shapes))
        except RecursionError:
            found[_TOO_DEEP] = None
        for line, message in reader.found:
            where = paragraph_at(source, line)
            found[f"在「{where}」处：{message}" if where else message] = None
    return [Problem(str(template), 0, 0, message) for message in found]


class _Reader:
    """Walks a template's tree and follows every name to the shape that it stands for."""

    def __init__(
        self, filters: frozenset[str], known: Mapping[str, TemplateShape], globals_: Mapping[str, object]
    ) -> None:
        self.filters = filters
        self.known = known
        self.globals = globals_
        self.found: list[tuple[int, str]] = []

    def visit(self, node: nodes.Node, scope: Scope) -> None:
        """A statement; ``scope`` is changed by what it sets."""
        if isinstance(node, nodes.For):
            inside = dict(scope)
            shape = self.shape(node.iter, scope)
            _bind(node.target, shape.each if shape else None, inside)
            inside["loop"] = None
            if node.test is not None:
                self.shape(node.test, inside)
            self._all([*node.body, *node.else_], inside)
        elif isinstance(node, nodes.Assign):
            _bind(node.target, self.shape(node.node, scope), scope)
        elif isinstance(node, nodes.If):
            self.shape(node.test, scope)
            self._all([*node.body, *node.elif_, *node.else_], scope)
        elif isinstance(node, nodes.Include | nodes.Import | nodes.FromImport | nodes.Extends):
            self._fault(node, NO_OTHER_TEMPLATES)
        elif isinstance(node, nodes.Macro | nodes.CallBlock):
            inside = dict(scope) | {argument.name: None for argument in node.args}
            scope[getattr(node, "name", "caller")] = None
            self._all(node.body, inside)
        elif isinstance(node, nodes.Expr):
            self.shape(node, scope)
        else:
            for name in _set_by(node):
                scope[name] = None
            self._all(node.iter_child_nodes(), scope)

    def shape(self, node: nodes.Node, scope: Scope) -> TemplateShape | None:
        """The shape of an expression, or None where nothing is known of it."""
        if isinstance(node, nodes.Name):
            if node.name not in scope and node.name not in self.globals:
                self._fault(node, name_unknown(node.name, self.known))
            return scope.get(node.name)
        if isinstance(node, nodes.Getattr):
            if node.attr.startswith("_"):
                self._fault(node, f"「{node.attr}」不能用：字段名不以下划线开头。请改正字段名。")
            return self._below(self.shape(node.node, scope), node.attr, node)
        if isinstance(node, nodes.Getitem):
            return self._item(node, scope)
        if isinstance(node, nodes.Filter):
            return self._filtered(node, scope)
        if isinstance(node, nodes.Test) and node.name in ("defined", "undefined"):
            return None
        if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name == "range":
            steps = [abs(one) for one in map(_constant, node.args) if one is not None]
            if max(steps, default=0) > _MOST_STEPS:
                self._fault(node, f"range 最多 {_MOST_STEPS:,} 步。请改小。")
        for child in node.iter_child_nodes():
            self.shape(child, scope)
        return None

    def _item(self, node: nodes.Getitem, scope: Scope) -> TemplateShape | None:
        owner = self.shape(node.node, scope)
        if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
            if node.arg.value.startswith("_"):
                self._fault(node, f"「{node.arg.value}」不能用：字段名不以下划线开头。请改正字段名。")
            return self._below(owner, node.arg.value, node)
        self.shape(node.arg, scope)
        return owner.each if owner else None

    def _filtered(self, node: nodes.Filter, scope: Scope) -> TemplateShape | None:
        owner = self.shape(node.node, scope) if node.node is not None else None
        for child in [*node.args, *(argument.value for argument in node.kwargs)]:
            self.shape(child, scope)
        if node.name not in self.filters:
            self._fault(node, filter_unknown(node.name, self.filters))
            return None
        picked = owner.each if owner else None
        if node.name in _PICKING:
            for part in _picked(node):
                picked = self._below(picked, part, node)
        if node.name == "map" and _picked(node):
            return TemplateShape("一组", each=picked)
        if node.name in _ONE_OF:
            return owner.each if owner else None
        return owner if node.name in _SAME_LIST else None

    def _below(self, owner: TemplateShape | None, name: str, node: nodes.Node) -> TemplateShape | None:
        if owner is None or name in owner.fields:
            return owner.fields[name] if owner else None
        if owner.each is not None or (owner.value and hasattr(str, name)):
            return None
        known = f"（可用：{'、'.join(owner.fields)}）" if owner.fields else ""
        self._fault(node, f"{owner.name}没有「{name}」{suggestion(name, owner.fields)}{known}。请改正字段名。")
        return None

    def _all(self, statements: Iterator[nodes.Node] | list[nodes.Node], scope: Scope) -> None:
        for statement in statements:
            self.visit(statement, scope)

    def _fault(self, node: nodes.Node, message: str) -> None:
        self.found.append((node.lineno, message))


def _constant(node: nodes.Node) -> int | None:
    """The whole number that an expression of constants gives; a power that nobody could count to is a large one."""
    if isinstance(node, nodes.Pow):
        base, power = _constant(node.left), _constant(node.right)
        if base is None or power is None:
            return None
        return _MOST_STEPS + 1 if abs(power) > 64 else int(base ** abs(power))
    if isinstance(node, nodes.Mul):
        left, right = _constant(node.left), _constant(node.right)
        return None if left is None or right is None else left * right
    return node.value if isinstance(node, nodes.Const) and isinstance(node.value, int) else None


def _bind(target: nodes.Node, shape: TemplateShape | None, scope: Scope) -> None:
    if isinstance(target, nodes.Name):
        scope[target.name] = shape
    elif isinstance(target, nodes.Tuple):
        for part in target.items:
            _bind(part, None, scope)


def _set_by(node: nodes.Node) -> list[str]:
    if isinstance(node, nodes.AssignBlock) and isinstance(node.target, nodes.Name):
        return [node.target.name]
    return [name.name for name in node.targets if isinstance(name, nodes.Name)] if isinstance(node, nodes.With) else []


def _picked(node: nodes.Filter) -> list[str]:
    """The dotted name that ``map(attribute="funds.rate")`` or ``selectattr("funds.rate", …)`` asks for."""
    named = [argument.value for argument in node.kwargs if argument.key == "attribute"]
    if node.name in ("selectattr", "rejectattr", "groupby", "sum"):
        named += node.args[:1]
    for argument in named:
        if isinstance(argument, nodes.Const) and isinstance(argument.value, str):
            return argument.value.split(".")
    return []
