"""What went wrong in a template, in words: which tag, in which paragraph, what is near, what to do."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from typing import Any

from jinja2 import Environment
from jinja2.exceptions import SecurityError, TemplateSyntaxError, UndefinedError

from xlsxeval.forms.yaml_file import suggestion
from xlsxeval.report.environment import TagError
from xlsxeval.report.errors import ReportError
from xlsxeval.report.filters import FILTERS
from xlsxeval.workers.within import OverBoundsError

_TEMPLATE = "<template>"
_LONGEST = 80
NO_OTHER_TEMPLATES = "模板里不能引入别的模板（include、import、extends）。请把内容写在这份模板里。"
_REASONS: Mapping[type[Exception], str] = {
    MemoryError: "要用的内存太多，多半是一段文字重复了太多次。请检查标记里的数。",
    RecursionError: "一层套一层，没有尽头。请检查 {% macro %} 和带 recursive 的 {% for %}，不要让它用到自己。",
    ZeroDivisionError: "除数是 0。请先用 {% if %} 判断。",
    OverflowError: "数太大。请检查标记里的数；range 最多 99,999 步。",
}
"""Why a tag has no value, by the kind of error."""
_TAG = re.compile(r"<[^<>]+>")


def template_error(error: Exception, source: str, environment: Environment, context: Mapping[str, Any]) -> ReportError:
    """The error to show for one that came up while ``source`` was compiled or rendered."""
    line = error.lineno if isinstance(error, TemplateSyntaxError) else _line_of(error)
    where = paragraph_at(source, line)
    place = f"在「{where}」处：" if where else ""
    return ReportError(f"{place}{_what(error, environment, context)}")


def _what(error: Exception, environment: Environment, context: Mapping[str, Any]) -> str:
    message = str(error)
    if isinstance(error, UndefinedError):
        unknown = re.fullmatch(r"'(\w+)' is undefined", message)
        if element := re.search(r"has no element (\d+)", message):
            return f"这一组没有第 {int(element[1]) + 1} 个（方括号里从 0 数起）。请用 {{% for … %}} 逐个写出。"
        if nothing := re.search(r"has no attribute '([^']+)'", message):
            return f"这里没有「{nothing[1]}」。请改正字段名。"
        if unknown is None:
            return f"{message}。请改正字段名。"
        return name_unknown(unknown[1], context)
    if isinstance(error, OverBoundsError):
        return "填到这里已经超过规定的时间，没有写：多半是循环里套着循环。请检查 {% for %} 和过滤器。"
    if isinstance(error, TagError):
        return message
    if isinstance(error, SecurityError):
        named = re.search(r"'([^']+)' of", message)
        return f"模板里不允许这样的写法{f'（{named[1]}）' if named else ''}。模板只能取字段的值。"
    if isinstance(error, TemplateSyntaxError):
        return _syntax(error.message or "", environment)
    for kind, why in _REASONS.items():
        if isinstance(error, kind):
            return f"这个标记算不出来：{why}"
    if "no loader" in message:
        return NO_OTHER_TEMPLATES
    return f"这个标记算不出来（{type(error).__name__}）。请检查字段是不是数字、括号和运算符写得对不对。"


def name_unknown(name: str, known: Iterable[str]) -> str:
    """For a name that a template has not got."""
    names = list(known)
    return f"没有「{name}」{suggestion(name, names)}（可用：{'、'.join(names)}）。请改正名字。"


def filter_unknown(name: str, known: Iterable[str]) -> str:
    """For a filter that there is not."""
    return f"没有过滤器「{name}」{suggestion(name, sorted(known))}（可用：{'、'.join(FILTERS)}）。"


def _syntax(message: str, environment: Environment) -> str:
    if message == "autoescape":
        return "「{% autoescape %}」不能用：单位写的文字只能当文字写进报告。请删去这个标记。"
    if match := re.search(r"No filter named '(\w+)'", message):
        return filter_unknown(match[1], environment.filters)
    if match := re.search(r"unknown tag '(\w+)'", message):
        return f"「{{% {match[1]} %}}」放错了位置，或者标记写错：每个 if、for 要有一个 endif、endfor，先开的后关。" + (
            "{%p … %} 里面不能有 % 或 }。" if match[1] == "p" else ""
        )
    if "end of template" in message or "Missing end" in message:
        block = re.search(r"closed is '(\w+)'", message)
        name = block[1] if block else "if"
        return f"「{{% {name} … %}}」没有结束，请在后面补上「{{% end{name} %}}」。"
    return f"标记的写法有误（{message}）。请检查花括号、引号是否成对，字段名里有没有多余的字。"


def _line_of(error: Exception) -> int | None:
    line = None
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == _TEMPLATE:
            compiled = trace.tb_frame.f_globals.get("__jinja_template__")  # where Jinja did not put in the lines itself
            line = trace.tb_lineno if compiled is None else compiled.get_corresponding_lineno(trace.tb_lineno)
        trace = trace.tb_next
    return line


def paragraph_at(source: str, line: int | None) -> str:
    """The text of the paragraph at a line of the Jinja source, shortened; empty where the line is not known."""
    rows = source.split("\n")
    if line is None or not 1 <= line <= len(rows):
        return ""
    text = html.unescape(_TAG.sub("", rows[line - 1])).strip()
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
