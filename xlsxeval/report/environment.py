"""How templates are run: in a sandbox, every value escaped, an unknown name an error that says what is near."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Any

from jinja2 import StrictUndefined, Undefined, nodes
from jinja2.exceptions import TemplateRuntimeError, TemplateSyntaxError
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace
from markupsafe import Markup, escape

from xlsxeval.forms.yaml_file import suggestion
from xlsxeval.report.fields import FieldGroup, Node, clean
from xlsxeval.report.filters import FILTERS, TESTS

_BREAKS = {
    mark: Markup('</w:t><w:{}/><w:t xml:space="preserve">').format(element)
    for mark, element in (("\n", "br"), ("\t", "tab"))
}
"""Characters of a value that Word has elements for."""


_LEFT_OUT = ("random", "safe", "urlize", "xmlattr", "tojson", "pprint", "filesizeformat")
"""Filters of Jinja that give another document every time, or markup."""
_MOST_SIZE = 100_000
_OPEN = (str, Decimal, int, float, list, tuple, LoopContext, Namespace)


class TagError(TemplateRuntimeError):
    """A tag that cannot be printed; its message is fit to show."""


class ReportEnvironment(ImmutableSandboxedEnvironment):
    """The sandbox of report templates. Fields come before anything that Python has under the same name."""

    intercepted_binops = frozenset(("*", "**", "%"))

    def getattr(self, obj: Any, attribute: str) -> Any:
        """``funds.rate``: the field of that name, or an undefined that says which names there are."""
        if isinstance(obj, Node) and attribute in obj.fields:
            return obj.fields[attribute]
        if isinstance(obj, FieldGroup):
            near = suggestion(attribute, obj.fields)
            known = "、".join(obj.fields)
            return self.undefined(f"{obj.name}没有「{attribute}」{near}（可用：{known}）", obj, attribute)
        found = super().getattr(obj, attribute)
        if isinstance(obj, Node) and isinstance(found, Undefined) and not attribute.startswith("_"):
            return self.undefined(f"这个字段下面没有「{attribute}」{suggestion(attribute, obj.fields)}", obj, attribute)
        return found

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Products, powers and formatted texts, where the result is of a size that a report can have."""
        if operator == "%" and isinstance(left, str):
            raise TagError("模板里不能用 % 排文字。请把文字和 {{ 字段 }} 直接写在一起。")
        if _size(operator, left, right) > _MOST_SIZE:
            raise TagError("这个标记算出来的数或文字太长。请检查乘号两边的数。")
        return super().call_binop(context, operator, left, right)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """The tree of a template. Raises TemplateSyntaxError where it turns escaping off."""
        tree = super()._parse(source, name, filename)
        for node in tree.find_all(nodes.ScopedEvalContextModifier):
            raise TemplateSyntaxError("autoescape", node.lineno, name, filename)
        return tree

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Attributes of texts, numbers, lists and Jinja's own things; objects of the program are closed."""
        return isinstance(obj, _OPEN) and super().is_safe_attribute(obj, attr, value)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """``funds["rate"]``, also how ``map(attribute="name")`` and ``sum`` ask."""
        if isinstance(obj, FieldGroup) or (isinstance(obj, Node) and isinstance(argument, str)):
            return self.getattr(obj, str(argument))
        return super().getitem(obj, argument)


@cache
def document_environment() -> ReportEnvironment:
    """For the parts of the document: values are escaped, line breaks and tabs become Word's."""
    return _furnished(ReportEnvironment(undefined=StrictUndefined, autoescape=True, finalize=_in_document))


def property_environment() -> ReportEnvironment:
    """For the document properties (title, author), which are plain text of one line."""
    return _furnished(ReportEnvironment(undefined=StrictUndefined, autoescape=False, finalize=_in_property))


def _furnished(environment: ReportEnvironment) -> ReportEnvironment:
    """With our filters, and without what would give another document every time."""
    environment.filters.update(FILTERS)
    environment.tests.update(TESTS)
    for name in _LEFT_OUT:
        del environment.filters[name]
    environment.globals = {name: environment.globals[name] for name in ("range", "namespace")}
    return environment


def _size(operator: str, left: Any, right: Any) -> int:
    """Items or characters of a repeated value, or bits of a whole number; 0 where the result is neither."""
    repeated = (str, list, tuple)
    if operator == "*" and isinstance(left, int) and isinstance(right, repeated):
        left, right = right, left
    if not isinstance(right, int):
        return 0
    if isinstance(left, repeated):
        return len(left) * right
    if not isinstance(left, int):
        return 0
    return left.bit_length() * abs(right) if operator == "**" else left.bit_length() + right.bit_length()


def _in_document(value: Any) -> Any:
    if isinstance(value, StrictUndefined) or hasattr(value, "__html__"):
        return value
    text = escape(_printed(value))
    for mark, element in _BREAKS.items():
        text = element.join(text.split(mark))
    return text


def _in_property(value: Any) -> Any:
    return value if isinstance(value, StrictUndefined) else " ".join(_printed(value).split())


def _printed(value: Any) -> str:
    if isinstance(value, FieldGroup):
        known = "、".join(value.fields)
        raise TagError(f"{value.name}不是一个字段，不能直接写进报告；请接着写出字段名（{known}）。")
    if isinstance(value, list | tuple | dict):
        raise TagError("这是一组值，不能直接写进报告；请用 {% for … %} 逐个写出。")
    return "" if value is None else clean(str(value))
