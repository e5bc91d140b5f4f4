"""Modules import each other in one direction, and no module imports the file of a rule."""

from __future__ import annotations

import ast
from graphlib import CycleError, TopologicalSorter

import pytest

from tests.house.sources import RULE_FILE, import_graph, imports

COMPILER = "xlsxeval.calc.compiler"
MUTUAL = ("xlsxeval.calc.control", "xlsxeval.calc.lambdas")
"""The only circle: IF, LAMBDA and their like are compiled by the compiler, which compiles what they hold."""


@pytest.mark.parametrize("types", [False, True], ids=["at run time", "with imports for types"])
def test_the_compiler_of_formulas_is_the_only_circle(types: bool) -> None:
    graph = import_graph(types=types)
    for mutual in MUTUAL:
        with pytest.raises(CycleError):
            TopologicalSorter(graph).prepare()
        assert COMPILER in graph[mutual]
        graph[mutual].remove(COMPILER)
    TopologicalSorter(graph).prepare()


def test_no_module_imports_the_file_of_a_rule() -> None:
    graph = import_graph(types=True)
    assert any(RULE_FILE.fullmatch(name) for name in graph)
    assert [(name, one) for name, found in graph.items() for one in found if RULE_FILE.fullmatch(one)] == []


def test_imports_inside_functions_count_and_those_for_types_only_where_asked_for() -> None:
    tree = ast.parse(
        "import a.b\nif TYPE_CHECKING:\n    from c import D\nelse:\n    import e\ndef f():\n    if x:\n        from g import h\n"
    )
    assert imports(tree, types=False) == {"a.b", "e", "g.h"}
    assert imports(tree, types=True) == {"a.b", "c.D", "e", "g.h"}
