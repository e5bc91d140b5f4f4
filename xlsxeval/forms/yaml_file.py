"""YAML with the place of everything in it, so that a fault can be shown as file:line:column."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from xlsxeval.errors import DefinitionError, Problem
from xlsxeval.forms.yaml_tree import RepeatedKeyError, Tree, YamlTextError, read_tree

Model = TypeVar("Model", bound=BaseModel)
Path_ = tuple[str | int, ...]

_MESSAGES = {
    "missing": "缺少这一项，必须填写",
    "extra_forbidden": "不认识的项",
    "string_type": "应为文字（必要时加引号）",
    "int_type": "应为整数",
    "int_parsing": "应为整数",
    "float_type": "应为数字",
    "decimal_type": "应为数字",
    "bool_type": "应为 true 或 false",
    "bool_parsing": "应为 true 或 false",
    "list_type": "应为列表",
    "dict_type": "应为「键: 值」的映射",
    "model_type": "应为「键: 值」的映射",
    "date_from_datetime_parsing": "应为日期，例如 2025-05-31",
    "date_parsing": "应为日期，例如 2025-05-31",
    "date_type": "应为日期，例如 2025-05-31",
}


@dataclass(frozen=True, slots=True)
class Position:
    """A spot in a definition file; line and column count from 1."""

    file: str
    line: int = 0
    column: int = 0

    def problem(self, message: str, *, warning: bool = False) -> Problem:
        return Problem(self.file, self.line, self.column, message, warning)


_HEAD = 100
_MOST_COMMENT = 100_000
"""Characters of all comments of a file, and of one of its lines: beyond that no person wrote it."""
_MOST_LINE = 200_000


class YamlFile:
    """One parsed file: its data, where each part of the data stands, how it begins, and the SHA-256 of the text.

    Raises DefinitionError where the file is missing, is not UTF-8, is not YAML, or has a key twice.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.digest = ""
        self.head = ""
        self._tree = self._load()
        self.data: dict[Any, Any] = self._tree.data

    def _load(self) -> Tree:
        name = str(self.path)
        try:
            content = self.path.read_bytes()
            self.digest = hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest()
            text = content.decode("utf-8-sig")
            self.head = text[:_HEAD]
            _refuse_endless(name, text)
        except FileNotFoundError:
            raise DefinitionError(Problem(name, 0, 0, "文件不存在，请检查路径")) from None
        except UnicodeDecodeError as error:
            message = f"不是 UTF-8 文本（第 {error.start} 字节），请用 UTF-8 编码另存"
            raise DefinitionError(Problem(name, 0, 0, message)) from None
        except OSError as error:
            raise DefinitionError(Problem(name, 0, 0, f"读不了：{error.strerror}")) from None
        try:
            tree = _kept(text) if len(text) <= MOST_KEPT else read_tree(text)
        except YamlTextError as fault:
            what = f"键「{fault.message}」写了两次，请删去一个"
            message = what if isinstance(fault, RepeatedKeyError) else f"YAML 写法有误：{fault.message}"
            raise DefinitionError(Problem(name, fault.line, fault.column, message)) from None
        if not isinstance(tree.data, dict):
            raise DefinitionError(
                Problem(name, 1, 1, "文件里应一行写一个「名称: 值」，例如「year: 2024」，现在不是这样写的")
            )
        return tree

    def position(self, path: Iterable[str | int] = ()) -> Position:
        """Where the value at ``path`` begins; parts of the path that the file does not have are passed over."""
        node: Any = self.data
        spot = (1, 1)
        for key in path:
            spots = self._tree.spots.get(id(node), {})
            if key in spots:
                spot, node = spots[key], node[key]
        return Position(str(self.path), *spot)

    def parse(self, model: type[Model]) -> Model:
        """The data as a pydantic model. Raises DefinitionError with every fault at its place."""
        data = self.data
        unwritable = [self._unwritable(path, text) for path, text in _texts(data) if NOT_IN_XML.search(text)]
        if unwritable:
            raise DefinitionError(unwritable)
        return parse_placed(data, model, self.position)

    def _unwritable(self, path: Path_, text: str) -> Problem:
        found = NOT_IN_XML.search(text)
        code = f"U+{ord(found.group()):04X}" if found else ""
        return self.position(path).problem(f"这里有看不见的控制字符（{code}），写不进工作簿，请删去")


Place = Callable[[Iterable[str | int]], Position]
"""Where the value at a path of some data stands, whatever it was written in: YAML or a workbook."""


def parse_placed(data: Any, model: type[Model], place: Place) -> Model:
    """Data as a pydantic model. Raises DefinitionError with every fault at the place that ``place`` knows."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        problems = [_problem(model, item["loc"], item["type"], item["msg"], place) for item in error.errors()]
        raise DefinitionError(problems) from None


def _problem(model: type[BaseModel], loc: Path_, kind: str, message: str, place: Place) -> Problem:
    path = list(loc)
    text = _MESSAGES.get(kind, message.removeprefix("Value error, "))
    last = str(path[-1]) if path else ""
    if kind == "extra_forbidden":
        text += suggestion(last, _names_near(model, path[:-1]))
    label = f"「{last}」" if last else ""
    return place(path).problem(f"{label}{text}")


NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that no worksheet can hold."""
MOST_KEPT = 65_536
"""Characters of a text whose data is kept: forms and editions stay below it, the roster of a large campaign does not."""

_kept = lru_cache(maxsize=256)(read_tree)
"""Texts are read again for every library; no one changes the data, so it is shared."""


def _texts(node: Any, path: Path_ = ()) -> Iterator[tuple[Path_, str]]:
    """Every text of some data, keys among them, with its path."""
    if isinstance(node, str):
        yield path, node
    elif isinstance(node, dict):
        for key, value in node.items():
            yield from _texts(key, (*path, key))
            yield from _texts(value, (*path, key))
    elif isinstance(node, list):
        for number, value in enumerate(node):
            yield from _texts(value, (*path, number))


def _names_near(model: type[BaseModel], path: list[str | int]) -> list[str]:
    """The keys that a model allows at a path, as far as its annotations tell; for "did you mean".

    Where a place may hold one of several models, pydantic names the one that was meant in the path.
    """
    models = [model]
    for part in path:
        if isinstance(part, int):
            continue
        named = [found for found in models if found.__name__ == part]
        fields = [found.model_fields[part] for found in models if part in found.model_fields]
        inner = [arg for info in fields for arg in _arguments(info.annotation)]
        models = named or [arg for arg in inner if isinstance(arg, type) and issubclass(arg, BaseModel)] or models
    return [name for found in models for name in found.model_fields]


def _arguments(annotation: Any) -> list[Any]:
    inner = getattr(annotation, "__args__", None)
    if not inner:
        return [annotation]
    return [leaf for part in inner for leaf in _arguments(part)]


def suggestion(word: str, known: Iterable[str]) -> str:
    """``，是不是「…」？`` where a known word is near, else nothing."""
    near = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"，是不是「{near[0]}」？" if near else ""


def _refuse_endless(name: str, text: str) -> None:
    """Raises DefinitionError for comments and lines that would keep the parser busy for minutes."""
    comment = 0
    for number, line in enumerate(text.splitlines(), start=1):
        comment += len(line) if line.lstrip().startswith("#") else 0
        if comment > _MOST_COMMENT:
            message = f"注释太长：到这一行已超过 {_MOST_COMMENT:,} 个字符，请删去用不着的"
            raise DefinitionError(Problem(name, number, 1, message))
        if len(line) > _MOST_LINE:
            message = f"这一行有 {len(line):,} 个字符，上限是 {_MOST_LINE:,} 个，请分成几行或删短"
            raise DefinitionError(Problem(name, number, 1, message))
