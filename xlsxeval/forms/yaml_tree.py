"""The text of a YAML file → plain data, and the place of everything in it.

The parser's events are read in one pass, by libyaml where it is there and by PyYAML itself where it is not. Nothing is
built by name, and what is nested too deep ends the reading where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, NoReturn

import yaml

from xlsxeval.forms.yaml_scalars import CORE, WORD_TAGS, plain_value, tagged_value

MOST_NODES: Final = 100_000
"""Of a file with everything that is pointed to written out; one without aliases has no more than it has characters."""
MOST_DEPTH: Final = 60
Spot = tuple[int, int]
"""A line and a column, from 1."""
PARSERS: Final[tuple[Any, ...]] = (*((yaml.CSafeLoader,) if yaml.__with_libyaml__ else ()), yaml.SafeLoader)
"""The parsers that are here, the quickest first."""

_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_MERGE: Final = object()
"""The key ``<<``, whose value is a mapping that this one takes over."""


class YamlTextError(Exception):
    """What is wrong with a text, at its line and column; both are 0 where it has no place."""

    def __init__(self, message: str, spot: Spot = (0, 0)) -> None:
        super().__init__(message)
        self.message = message
        self.line, self.column = spot


class RepeatedKeyError(YamlTextError):
    """A key stands twice in one mapping; the place is that of the second."""


@dataclass(frozen=True, slots=True)
class Tree:
    """The data of a text. ``spots`` has, by the identity of each mapping and list in it, where its keys or items stand."""

    data: Any
    spots: Mapping[int, Mapping[Any, Spot]]


def read_tree(text: str, parser: Any = PARSERS[0]) -> Tree:
    """The tree of a text in YAML 1.2. Raises YamlTextError at the first thing that cannot be read."""
    strange = _UNPRINTABLE.search(text)
    if strange is not None:
        before = text[: strange.start()]
        spot = before.count("\n") + 1, len(before) - before.rfind("\n")
        raise YamlTextError(f"有看不见的控制字符（U+{ord(strange.group()):04X}），请删去", spot)
    try:
        return _Reader(yaml.parse(text, Loader=parser)).tree(max(MOST_NODES, len(text)))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise YamlTextError(str(error.problem), (0, 0) if mark is None else (mark.line + 1, mark.column + 1)) from None
    except yaml.YAMLError as error:
        raise YamlTextError(str(error)) from None


class _Reader:
    def __init__(self, events: Iterator[Any]) -> None:
        self.events = events
        self.anchors: dict[str, Any] = {}
        self.points = False
        self.spots: dict[int, dict[Any, Spot]] = {}

    def tree(self, most: int) -> Tree:
        data = None
        read = False
        for event in self.events:
            if isinstance(event, yaml.NodeEvent):
                data, read = self._value(event, 0), True
            elif isinstance(event, yaml.DocumentStartEvent) and read:
                _fail("一个文件只能有一份内容（---）", event)
        if self.points:
            _require_sane(data, most)
        return Tree(data, self.spots)

    def _value(self, event: Any, depth: int) -> Any:
        kind = type(event)
        if kind is yaml.AliasEvent:
            return self._pointed(event)
        if kind is yaml.ScalarEvent:
            value = _word(event)
        elif depth > MOST_DEPTH:
            _fail(f"嵌套超过 {MOST_DEPTH} 层", event)
        elif kind is yaml.MappingStartEvent:
            value = self._mapping(event, depth)
        else:
            value = self._list(event, depth)
        if event.anchor is not None:
            self.anchors[event.anchor] = value
        return value

    def _pointed(self, event: Any) -> Any:
        self.points = True
        if event.anchor not in self.anchors:  # or its end is yet to come: what points into itself has none
            _fail(f"「*{event.anchor}」指不到内容，它前面要有写完的「&{event.anchor}」", event)
        return self.anchors[event.anchor]

    def _list(self, start: Any, depth: int) -> list[Any]:
        _require_tag(start, "seq")
        items: list[Any] = []
        spots: dict[Any, Spot] = {}
        for event in self.events:
            if type(event) is yaml.SequenceEndEvent:
                break
            spots[len(items)] = _spot(event)
            items.append(self._value(event, depth + 1))
        self.spots[id(items)] = spots
        return items

    def _mapping(self, start: Any, depth: int) -> dict[Any, Any]:
        _require_tag(start, "map")
        data: dict[Any, Any] = {}
        spots: dict[Any, Spot] = {}
        merged: list[Any] = []
        for event in self.events:
            if type(event) is yaml.MappingEndEvent:
                break
            key = self._key(event, depth)
            value = self._value(next(self.events), depth + 1)
            if key is _MERGE:
                merged += self._mappings(value, event)
            elif key in data:
                raise RepeatedKeyError(str(key), _spot(event))
            else:
                data[key] = value
                spots[key] = _spot(event)
        for other in merged:  # the first has precedence, what stands here itself above all
            data = {**other, **data}
            spots = {**self.spots[id(other)], **spots}
        self.spots[id(data)] = spots
        return data

    def _key(self, event: Any, depth: int) -> Any:
        if type(event) is yaml.ScalarEvent and event.value == "<<" and event.implicit[0]:
            return _MERGE
        key = self._value(event, depth + 1)
        if isinstance(key, dict | list):
            _fail("键应为一个词，不能是一组", event)
        return key

    def _mappings(self, value: Any, event: Any) -> list[Any]:
        found = value if isinstance(value, list) else [value]
        if not all(isinstance(one, dict) for one in found):
            _fail("「<<」应指到「键: 值」的映射", event)
        return found


def _word(event: Any) -> Any:
    tag, text = event.tag, event.value
    try:
        if tag is None:
            return plain_value(text) if event.implicit[0] else text
        if tag in WORD_TAGS:
            return tagged_value(tag, text)
    except ValueError:
        _fail(f"「{text[:20]}」读不出来", event)
    return text if tag == "!" else _require_tag(event, "str")


def _require_tag(event: Any, kind: str) -> None:
    if event.tag not in (None, "!", f"{CORE}{kind}"):
        _fail(f"这里不能用标签「{event.tag.replace(CORE, '!!')}」", event)


def _require_sane(node: Any, most: int) -> None:
    """Raises YamlTextError for data that is nested too deep, or grows without bound where aliases are followed."""
    sizes: dict[int, int] = {}

    def size(node: Any, depth: int) -> int:
        if not isinstance(node, dict | list):
            return 1
        if depth > MOST_DEPTH:
            raise YamlTextError(f"嵌套超过 {MOST_DEPTH} 层")
        if id(node) not in sizes:
            inside = node.values() if isinstance(node, dict) else node
            sizes[id(node)] = 1 + sum(size(child, depth + 1) for child in inside)
        if sizes[id(node)] > most:
            raise YamlTextError(f"引用（*）展开以后超过 {most} 项")
        return sizes[id(node)]

    size(node, 0)


def _spot(event: Any) -> Spot:
    mark = event.start_mark
    return mark.line + 1, mark.column + 1


def _fail(message: str, event: Any) -> NoReturn:
    raise YamlTextError(message, _spot(event))
