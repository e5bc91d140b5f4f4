"""Changes to definitions: to the text of the YAML, and to what it says."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any

from tests.fuzz.cells import rephrased
from tests.fuzz.seeds import FILES
from tests.support.yaml_files import yaml_text
from xlsxeval.forms.yaml_tree import read_tree

BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{name}: &{name} [{','.join([f'*{before}'] * 9)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 1.5, 10**9, 10**30, -(10**9), float("inf"), float("nan"), 1e308, "", " ", "x", "=1+1", "x" * 5000,
    "{{ year }}", "{{ 9**9**9 }}", "{{ year ** 99999999 }}", "{{ 'x' * 999999999 }}", "{% for a in range(999999999) %}x{% endfor %}",
    "{{ no.such }}", "{{", "{{ unit.name.__class__ }}", "$x", "<", "^", "~", "$", "[]", "unit.name", "SUM(", "1/0", "A1:XFD1048576",
    "REPT(\"x\",1E9)", "../../etc/passwd", "basic/v", "\u0000", "\ud7ff\ufffe", "附件1", "自查", "_seal", "2024-02-30", [], {}, [[]],
    [None], {"a": 1}, {"repeat": "x", "lines": 10**9, "line": ["$a"]}, ["<"] * 20000, [[["x"]]], {1: 2}, ["x"] * 300,
)  # fmt: skip
LINES = (
    "? [a, b]\n: c", "- x", "  - y", "key: value", "<<: *a", "!!python/object/apply:os.system ['true']", "x: !!binary aGVsbG8=",
    "x: !!set {a, b}", "x: !!omap [a: 1]", "x: 0b11", "x: 0o17", "x: 1_000", "x: 12:30:45", "x: .inf", "x: 9e999", "%YAML 1.1",
    "---", "...", "x: &x [*x]", "x: {? {a: b} : c}", "\t x: 1", "x: |\n  text", "x: >-\n\n\n", "x: 'it''s", 'x: "\\xZZ"', "x: !foo bar",
    "x: 2024-02-30", "1: 2", "null: 3", "true: 4", "? : 5", "x: " + "9" * 6000, "[" * 3000, "{a: " * 1500, "x: *nowhere", BOMB,
)  # fmt: skip
Texts = Mapping[str, str]


def texts_changed(dice: random.Random) -> dict[str, str]:
    """The files of a campaign, the lines of one of them changed as an editor or a slip changes them."""
    name = dice.choice(list(FILES))
    lines = FILES[name].splitlines()
    for _ in range(dice.choice((1, 1, 2, 3))):
        at = dice.randrange(len(lines))
        match dice.randrange(8):
            case 0:
                del lines[at]
            case 1:
                lines.insert(dice.randrange(len(lines) + 1), lines[at])
            case 2:
                lines[at] = dice.choice(("  ", "\t", " ")) + lines[at]
            case 3:
                lines[at] = lines[at].strip()
            case 4:
                lines.insert(at, dice.choice(LINES))
            case 5:
                lines[at] = re.sub(
                    r"(?<=[:\-]) *[^ ]+$", lambda _: f" {dice.choice(LINES).removeprefix('x: ')}", lines[at]
                )
            case 6:
                column = dice.randrange(len(lines[at]) + 1)
                lines[at] = lines[at][:column] + dice.choice("[]{}:,&*#?|>-!%@`'\"\\ \t甲") + lines[at][column:]
            case _:
                lines[at] = lines[at].replace(":", ": &n", 1)
        if not lines:
            break
    return {**FILES, name: "\n".join(lines) + dice.choice(("\n", "\n", "", "\r\n", "\0"))}


def content_changed(dice: random.Random) -> dict[str, str]:
    """The files of a campaign, one to three places of one of them saying something else."""
    name = dice.choice(list(FILES))
    data = read_tree(FILES[name]).data
    for _ in range(dice.choice((1, 1, 2, 3))):
        dice.choice(CHANGES)(dice, data)
    try:
        return {**FILES, name: yaml_text(data)}
    except (ValueError, TypeError, RecursionError):  # what cannot be written is no file
        return dict(FILES)


def _spots(node: Any) -> list[tuple[Any, Any]]:
    """Every container with the key or index of one thing in it."""
    inside = list(node.items()) if isinstance(node, dict) else list(enumerate(node)) if isinstance(node, list) else []
    return [spot for key, value in inside for spot in ((node, key), *_spots(value))]


def _replaced(dice: random.Random, data: Any) -> None:
    node, key = _spot(dice, data)
    node[key] = deepcopy(dice.choice(ODD))


def _dropped(dice: random.Random, data: Any) -> None:
    node, key = _spot(dice, data)
    del node[key]


def _renamed(dice: random.Random, data: Any) -> None:
    node, key = _spot(dice, data)
    if isinstance(node, dict):
        name = dice.choice((f"{key}x", str(key)[:-1], str(_spot(dice, data)[1]), dice.choice(ODD[:30]), f"{key}.x"))
        node[name] = node.pop(key)
    elif isinstance(node, list):
        node.append(node[key])


def _copied(dice: random.Random, data: Any) -> None:
    """What stands at one place put at another."""
    (node, key), (other, other_key) = _spot(dice, data), _spot(dice, data)
    node[key] = deepcopy(other[other_key])


def _grown(dice: random.Random, data: Any) -> None:
    node, key = _spot(dice, data)
    for _ in range(dice.choice((1, 3, 50, 400))):
        node[key] = [node[key]] if dice.randrange(2) else {"x": node[key]}


def _reworded(dice: random.Random, data: Any) -> None:
    """A formula, a name, a label with one of its tokens changed."""
    texts = [(node, key) for node, key in _spots(data) if isinstance(node[key], str) and node[key]]
    if texts:
        node, key = dice.choice(texts)
        node[key] = rephrased(dice, node[key])


def _spot(dice: random.Random, data: Any) -> tuple[Any, Any]:
    return dice.choice(_spots(data) or [({"x": 1}, "x")])


CHANGES: list[Callable[[random.Random, Any], None]] = [
    _replaced,
    _replaced,
    _dropped,
    _renamed,
    _copied,
    _grown,
    _reworded,
    _reworded,
]
YAMLS: list[Callable[[random.Random], dict[str, str]]] = [texts_changed, content_changed, content_changed]
