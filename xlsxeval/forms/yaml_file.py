"""YAML with the place of everything in it, so that a fault can be shown as file:line:column."""

from __future__ import annotations

import hashlib
import re
import warnings
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.constructor import DuplicateKeyError, RoundTripConstructor
from ruamel.yaml.error import MarkedYAMLError, ReusedAnchorWarning, YAMLError

from xlsxeval.errors import DefinitionError, Problem

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

    def problem(self, message: str) -> Problem:
        return Problem(self.file, self.line, self.column, message)


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
        self.data = self._load()

    def _load(self) -> Any:
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
            data = _kept(text) if len(text) <= MOST_KEPT else _read(text)
        except DuplicateKeyError as error:
            mark = error.problem_mark
            key = str(error.problem).split('"')[1] if '"' in str(error.problem) else ""
            raise DefinitionError(
                Problem(name, mark.line + 1, mark.column + 1, f"键「{key}」写了两次，请删去一个")
            ) from None
        except MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
            raise DefinitionError(Problem(name, line, column, f"YAML 写法有误：{error.problem}")) from None
        except (YAMLError, ValueError, RecursionError) as error:
            raise DefinitionError(Problem(name, 0, 0, f"YAML 写法有误：{error}")) from None
        if not isinstance(data, CommentedMap):
            raise DefinitionError(Problem(name, 1, 1, "文件应为「键: 值」的映射"))
        return data

    def position(self, path: Iterable[str | int] = ()) -> Position:
        """Where the value at ``path`` begins; parts of the path that the file does not have are passed over."""
        node: Any = self.data
        line = column = 0
        for key in path:
            if isinstance(node, CommentedMap) and key in node:
                line, column = node.lc.key(key)
                node = node[key]
            elif isinstance(node, CommentedSeq) and isinstance(key, int) and key < len(node):
                line, column = node.lc.item(key)
                node = node[key]
        return Position(str(self.path), line + 1, column + 1)

    def parse(self, model: type[Model]) -> Model:
        """The data as a pydantic model. Raises DefinitionError with every fault at its place."""
        data = plain(self.data)
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


class _Constructor(RoundTripConstructor):
    """Reads a date of no calendar (2025-02-30) as a text, so that what expects a date can tell it at its place."""

    def construct_yaml_timestamp(self, node: Any, values: Any = None) -> Any:
        try:
            return super().construct_yaml_timestamp(node, values)
        except ValueError:
            return str(node.value)


_Constructor.add_constructor("tag:yaml.org,2002:timestamp", _Constructor.construct_yaml_timestamp)


NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that no worksheet can hold."""
MOST_NODES = 100_000
"""Of a file with everything that is pointed to written out; one without aliases has no more than it has characters."""
MOST_DEPTH = 60
MOST_KEPT = 65_536
"""Characters of a text whose data is kept: forms and editions stay below it, the roster of a large campaign does not."""


def _read(text: str) -> Any:
    """The data of a text. Raises YAMLError, and ValueError for data that no definition has."""
    reader = YAML(typ="rt")
    reader.Constructor = _Constructor
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ReusedAnchorWarning)
        data = reader.load(text)
    _require_sane(data, max(MOST_NODES, len(text)))
    return data


_kept = lru_cache(maxsize=256)(_read)
"""The same texts are read again for every library; nobody changes the data, so it is shared."""


def _require_sane(node: Any, most: int) -> None:
    """Raises ValueError for data that is nested too deep, or grows without bound where aliases are followed."""
    sizes: dict[int, int] = {}

    def size(node: Any, depth: int) -> int:
        if not isinstance(node, dict | list):
            return 1
        if depth > MOST_DEPTH:
            raise ValueError(f"嵌套超过 {MOST_DEPTH} 层")
        if id(node) not in sizes:
            inside = node.values() if isinstance(node, dict) else node
            sizes[id(node)] = 1 + sum(size(child, depth + 1) for child in inside)
        if sizes[id(node)] > most:
            raise ValueError(f"引用（*）展开以后超过 {most} 项")
        return sizes[id(node)]

    size(node, 0)


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


def plain(node: Any) -> Any:
    """The data as ordinary dicts, lists and scalars."""
    if isinstance(node, dict):
        return {key: plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [plain(value) for value in node]
    if isinstance(node, bool) or node is None:
        return node
    if isinstance(node, str):
        return str(node)
    if isinstance(node, int):
        return int(node)
    if isinstance(node, float):
        return float(node)
    return node


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
