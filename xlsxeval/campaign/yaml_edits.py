"""Changes to single values of a YAML file: the text around them, with its comments, stays as a person wrote it."""

from __future__ import annotations

from typing import Any

import yaml
from yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode

from xlsxeval.errors import UsageError

_INDENT = "  "


def with_value(text: str, path: tuple[str, ...], value: str | None, after: str) -> str:
    """The text with ``value`` (as YAML) at a path of one or two keys; None removes it.

    A first key that is not there yet is written below the entry of the key ``after``. Raises UsageError where the text
    is written in a way that this cannot change without touching more: the result is read back and compared.
    """
    data: Any = yaml.safe_load(text)
    if value is None and not _has(data, path):
        return text
    try:
        changed = _changed(text, path, value, after)
        fits = yaml.safe_load(changed) == _expected(data, path, value)
    except (yaml.YAMLError, LookupError, TypeError):
        fits = False
    if not fits:
        line = ": ".join((*path, value or ""))
        what = "删去" if value is None else "写上"
        raise UsageError(f"这个 campaign.yaml 的写法特别，程序不敢动它。请用记事本打开，自己{what}：{line}")
    return changed


def _has(data: Any, path: tuple[str, ...]) -> bool:
    for key in path:
        if not isinstance(data, dict) or key not in data:
            return False
        data = data[key]
    return True


def _expected(data: Any, path: tuple[str, ...], value: str | None) -> Any:
    first, *rest = path
    told = None if value is None else yaml.safe_load(value)
    if rest:
        inner = {key: one for key, one in (data.get(first) or {}).items() if key != rest[0]}
        told = inner if value is None else {**inner, rest[0]: told}
    others = {key: one for key, one in data.items() if key != first}
    return {**others, first: told} if told or value is not None else others


def _changed(text: str, path: tuple[str, ...], value: str | None, after: str) -> str:
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    assert isinstance(root, MappingNode)
    entries = _entries(root)
    if path[0] not in entries:
        entry = f"{path[0]}: {value}" if len(path) == 1 else f"{path[0]}:\n{_INDENT}{path[1]}: {value}"
        return _below(text, entries[after][1], entry)
    key, node = entries[path[0]]
    if value is None and (len(path) == 1 or (isinstance(node, MappingNode) and len(node.value) == 1)):
        return _without_lines(text, key, node)
    if len(path) == 1:
        return _put(text, node, str(value))
    if not isinstance(node, MappingNode) or not node.value:  # rules: with nothing behind it, or {}
        return _put(text, node, f"{{{path[1]}: {value}}}")
    return _in_mapping(text, node, path[1], value)


def _in_mapping(text: str, node: MappingNode, name: str, value: str | None) -> str:
    inner = _entries(node)
    if value is not None and name in inner:
        return _put(text, inner[name][1], value)
    if value is not None:
        key, last = node.value[-1]
        if node.flow_style:
            return f"{text[: _end(last)]}, {name}: {value}{text[_end(last) :]}"
        return _below(text, last, f"{' ' * key.start_mark.column}{name}: {value}")
    key, gone = inner[name]
    if node.flow_style:
        begin, end = key.start_mark.index, _end(gone)
        behind = text[end:].lstrip()
        if behind.startswith(","):
            return text[:begin] + behind[1:].lstrip()
        return text[:begin].rstrip().removesuffix(",") + text[end:]
    return _without_lines(text, key, gone)


def _without_lines(text: str, key: Node, value: Node) -> str:
    begin = text.rfind("\n", 0, key.start_mark.index) + 1
    return text[:begin] + text[_line_end(text, _end(value)) + 1 :]


def _entries(node: MappingNode) -> dict[str, tuple[Node, Node]]:
    return {str(key.value): (key, value) for key, value in node.value}


def _put(text: str, node: Node, value: str) -> str:
    """Another value in the place of a node, which may be empty."""
    begin, end = node.start_mark.index, max(_end(node), node.start_mark.index)
    blank = " " if begin == end and text[begin - 1 : begin] == ":" else ""
    return f"{text[:begin]}{blank}{value}{text[end:]}"


def _below(text: str, node: Node, line: str) -> str:
    at = _line_end(text, _end(node))
    return f"{text[:at]}\n{line}{text[at:]}"


def _line_end(text: str, at: int) -> int:
    found = text.find("\n", at)
    return len(text) if found < 0 else found


def _end(node: Node) -> int:
    """Index of the end of a node's last scalar; a block's own mark stands behind the comments that follow it."""
    if isinstance(node, ScalarNode) or (isinstance(node, CollectionNode) and node.flow_style) or not node.value:
        return int(node.end_mark.index)
    last = node.value[-1]
    return _end(last[1] if isinstance(last, tuple) else last)
