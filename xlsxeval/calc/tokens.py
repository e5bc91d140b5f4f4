"""Cuts the text of a formula into tokens, each with its place, and says clearly where that is not possible."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from xlsxeval.errors import XlsxevalError

MAX_LENGTH: Final = 8192
"""The longest formula that Excel accepts, in characters."""


class FormulaSyntaxError(XlsxevalError):
    """A formula that cannot be read; ``position`` counts from 0 in the given text, ``token`` is what stands there."""

    def __init__(self, text: str, position: int, token: str, why: str) -> None:
        self.text = text
        self.position = position
        self.token = token
        self.why = why
        place = f"第 {position + 1} 个字符“{token}”处" if token else "结尾处"
        shown = text if len(text) <= 80 else f"{text[:77]}…"
        super().__init__(f"公式“{shown}”{place}：{why}")


class Token(NamedTuple):
    """One piece of a formula: its kind, its text, and where it starts."""

    kind: str
    text: str
    position: int


_CELL = r"\$?[A-Za-z]{1,3}\$?[0-9]{1,7}"
_END = r"(?![\w.(\\?!])"

_PATTERNS: Final = (
    ("blank", r"[\s\u3000]+"),
    ("text", r'"(?:[^"]|"")*"'),
    ("error", r"#(?:NULL!|DIV/0!|VALUE!|REF!|NAME\?|NUM!|N/A|GETTING_DATA|SPILL!|CALC!)"),
    ("sheet", rf"(?:'(?:[^']|'')+'|(?!{_CELL}:)(?:\[[^\]\[]+\])?[^\W\d][\w.]*(?::[^\W\d][\w.]*)?)!"),
    ("table", r"(?:[^\W\d\\][\w.\\?]*)?\[(?:[^\[\]']|'.|\[(?:[^\[\]']|'.)*\])*\]"),
    ("area", rf"{_CELL}:{_CELL}{_END}"),
    ("columns", rf"\$?[A-Za-z]{{1,3}}:\$?[A-Za-z]{{1,3}}{_END}"),
    ("rows", rf"\$?[0-9]{{1,7}}:\$?[0-9]{{1,7}}{_END}"),
    ("number", r"(?:[0-9]+(?:\.[0-9]*+)?|\.[0-9]+)(?:[Ee][+-]?[0-9]+)?(?![^\W\d])"),
    ("call", r"(?:[^\W\d]|\\)[\w.]*(?=\()"),
    ("cell", rf"{_CELL}{_END}"),
    ("word", r"(?:[^\W\d]|\\)[\w.\\?·]*"),
    ("operator", r"<>|<=|>=|[-+*/^&=<>%:@#]"),
    ("bracket", r"[(){}]"),
    ("separator", r"[,;]"),
)
_TOKEN: Final = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _PATTERNS))

_FULL_WIDTH: Final = {
    "，": ",", "（": "(", "）": ")", "；": ";", "：": ":", "“": '"', "”": '"', "＝": "=", "＋": "+", "－": "-",
    "％": "%", "！": "!", "＞": ">", "＜": "<", "×": "*", "÷": "/", "≤": "<=", "≥": ">=", "≠": "<>",
}  # fmt: skip


def tokenize(text: str) -> list[Token]:
    """The tokens of a formula (without its leading ``=``), blanks included. Raises FormulaSyntaxError."""
    if len(text) > MAX_LENGTH:
        raise FormulaSyntaxError(
            text, MAX_LENGTH, text[MAX_LENGTH], f"公式超过 Excel 允许的 {MAX_LENGTH} 个字符，请拆分"
        )
    start = len(text) - len(text.lstrip())
    position = start + 1 if text[start : start + 1] == "=" else start
    tokens: list[Token] = []
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise FormulaSyntaxError(text, position, text[position], _why_not(text, position))
        tokens.append(Token(match.lastgroup or "", match.group(), position))
        position = match.end()
    return tokens


def _why_not(text: str, position: int) -> str:
    """Says what may be meant by a character that starts no token."""
    character = text[position]
    if character in _FULL_WIDTH:
        return f"这是全角符号，请改为半角的“{_FULL_WIDTH[character]}”"
    if character == '"':
        return '文本的双引号没有成对，请补上结尾的"'
    if character == "'":
        return "工作表名的单引号没有成对，或其后缺少“!”"
    if character == "!":
        return "工作表名含有减号、空格等符号或以数字开头时，请用单引号括起来，如 '附件3-2'!A1"
    if character in "[]":
        return "方括号没有成对；表格引用写作 表1[列名]"
    if character.isdigit():
        return "数字后面紧跟文字，请检查是否缺少运算符，或给工作表名加上单引号"
    return "公式中不能出现这个字符，请删除或放进双引号"
