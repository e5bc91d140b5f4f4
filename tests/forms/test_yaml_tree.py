"""What YAML says, and where: the same by libyaml and by PyYAML alone, in every definition and in odd texts."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from xlsxeval.forms.yaml_tree import MOST_DEPTH, PARSERS, RepeatedKeyError, Tree, YamlTextError, read_tree
from xlsxeval.resources import samples_directory, templates_directory

FILES = sorted(path for folder in (templates_directory(), samples_directory()) for path in folder.rglob("*.yaml"))
PURE = yaml.SafeLoader
WORDS: dict[str, Any] = {
    "true": True, "True": True, "FALSE": False, "yes": "yes", "no": "no", "on": "on", "off": "off", "y": "y", "tRue": "tRue",
    "~": None, "null": None, "Null": None, "none": "none", "": None,
    "0": 0, "-1": -1, "+3": 3, "007": 7, "08": 8, "0o17": 15, "0b101": 5, "0x1F": 31, "1_000": 1000, "12:30:45": "12:30:45", "1:2": "1:2",
    "1.5": 1.5, ".5": 0.5, "1.": 1.0, "1e5": 1e5, "1E-3": 0.001, "-.5": -0.5, ".inf": math.inf, "-.INF": -math.inf, "9e999": math.inf,
    "2024-05-31": dt.date(2024, 5, 31), "2024-5-31": "2024-5-31", "2024-02-30": "2024-02-30",
    "2024-05-31 10:00:00": dt.datetime(2024, 5, 31, 10),
    "2024-05-31T10:00:00.5Z": dt.datetime(2024, 5, 31, 10, 0, 0, 500000, dt.UTC),
    "2024-05-31T25:00:00": "2024-05-31T25:00:00",
    "一": "一", "100%": "100%", "≥95": "≥95",
    "1.2.3": "1.2.3", "0x": "0x", "0b2": "0b2", "_1": "_1", "2024年": "2024年", "=": "=", "'1'": "1", '"true"': "true",
    "!!str 12": "12", "!!int '3'": 3, "!!float 3": 3.0, "! 12": "12",
}  # fmt: skip


def test_libyaml_is_here() -> None:
    assert len(PARSERS) == 2, "without libyaml these tests compare nothing"


@pytest.mark.parametrize("path", FILES, ids=lambda path: "/".join(path.parts[-3:]))
def test_a_definition_is_the_same_by_both_parsers(path: Path) -> None:
    text = path.read_text(encoding="utf-8-sig")
    by_libyaml, by_python = read_tree(text), read_tree(text, PURE)
    assert list(_spots(by_libyaml)) == list(_spots(by_python))


def _spots(tree: Tree) -> Iterator[tuple[Any, ...]]:
    """Everything in a tree with its type and place."""

    def walk(node: Any, path: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
        inside = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
        for key, value in inside:
            told = None if isinstance(value, dict | list) else value
            yield (*path, key), type(key), type(value), told, tree.spots[id(node)][key]
            yield from walk(value, (*path, key))

    return walk(tree.data, ())


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize("word", WORDS)
def test_words_are_those_of_yaml_1_2(word: str, parser: Any) -> None:
    value = read_tree(f"a: {word}\n", parser).data["a"]
    assert (type(value), value) == (type(WORDS[word]), WORDS[word])


@pytest.mark.parametrize("parser", PARSERS)
def test_no_number(parser: Any) -> None:
    assert math.isnan(read_tree("a: .nan\n", parser).data["a"])


@pytest.mark.parametrize("parser", PARSERS)
def test_places(parser: Any) -> None:
    tree = read_tree("甲: 1\n乙:\n  - 丙\n  - {丁: 2}\n", parser)
    assert tree.data == {"甲": 1, "乙": ["丙", {"丁": 2}]}
    assert tree.spots[id(tree.data)] == {"甲": (1, 1), "乙": (2, 1)}
    assert tree.spots[id(tree.data["乙"])] == {0: (3, 5), 1: (4, 5)}
    assert tree.spots[id(tree.data["乙"][1])] == {"丁": (4, 6)}


@pytest.mark.parametrize("parser", PARSERS)
def test_what_is_pointed_to_and_what_is_taken_over(parser: Any) -> None:
    text = "a: &a {x: 1, y: 2}\nb: &b {y: 3, z: 4}\nc: *a\nd: {<<: *b, z: 5}\ne: {z: 6, <<: [*a, *b]}\n"
    tree = read_tree(text, parser)
    assert tree.data["c"] == {"x": 1, "y": 2}
    assert tree.data["d"] == {"y": 3, "z": 5}
    assert tree.data["e"] == {"x": 1, "y": 2, "z": 6}
    assert tree.spots[id(tree.data["d"])] == {"y": (2, 8), "z": (4, 13)}


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        pytest.param("a: 1\na: 2\n", 2, 1, id="a key twice"),
        pytest.param("a: 1\n1: 2\nb: {1: 3, 0x1: 4}\n", 3, 11, id="a key twice, written otherwise"),
        pytest.param("a: *b\n", 1, 4, id="points to nothing"),
        pytest.param("a: &a [1, *a]\n", 1, 11, id="points into itself"),
        pytest.param("a: {<<: 3}\n", 1, 5, id="takes over no mapping"),
        pytest.param("a: !!python/object:os.x {}\n", 1, 4, id="an object"),
        pytest.param("a:\n  b: !!binary aGk=\n", 2, 6, id="a tag"),
        pytest.param("a: !!set {b}\n", 1, 4, id="a set"),
        pytest.param("a: !!int 甲\n", 1, 4, id="a tag that does not fit"),
        pytest.param("? [a]\n: b\n", 1, 3, id="a list as key"),
        pytest.param("a: 1\n---\nb: 2\n", 2, 1, id="two in one file"),
        pytest.param("a: 1\nb: \x07\n", 2, 4, id="control character"),
        pytest.param("a: 甲\ufeff\n", 1, 5, id="a mark of byte order in the middle"),
        pytest.param("a: " + "[" * (MOST_DEPTH + 1) + "]" * (MOST_DEPTH + 1), 1, 4 + MOST_DEPTH, id="too deep"),
        pytest.param("a: " + "9" * 6000, 1, 4, id="a number too long"),
    ],
)
def test_what_cannot_be_read_is_told_at_its_place(text: str, line: int, column: int, parser: Any) -> None:
    with pytest.raises(YamlTextError) as caught:
        read_tree(text, parser)
    assert (caught.value.line, caught.value.column) == (line, column)
    assert caught.value.message


@pytest.mark.parametrize("parser", PARSERS)
def test_much_too_deep_ends_no_process(parser: Any) -> None:
    with pytest.raises(YamlTextError):
        read_tree("a: " + "[" * 200_000, parser)


@pytest.mark.parametrize("parser", PARSERS)
def test_the_deepest_that_is_read(parser: Any) -> None:
    deepest = "[" * MOST_DEPTH + "]" * MOST_DEPTH
    assert read_tree(f"a: {deepest}\n", parser).data["a"]


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize("layers", [6, 70])
def test_what_grows_without_bound_where_it_is_written_out(layers: int, parser: Any) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 8)}]" for n in range(1, layers)]
    with pytest.raises(YamlTextError):
        read_tree("\n".join(lines), parser)


def test_a_repeated_key_is_named() -> None:
    with pytest.raises(RepeatedKeyError) as caught:
        read_tree("甲: 1\n甲: 2\n")
    assert caught.value.message == "甲"
