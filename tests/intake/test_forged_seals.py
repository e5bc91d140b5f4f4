"""Anybody can write anything into the seal sheet: whatever it is, the answer is a layout or a refusal."""

from __future__ import annotations

import contextlib
import copy
import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.base import base
from xlsxeval.errors import DefinitionError
from xlsxeval.forms.seal import MAX_LINES, read_seal
from xlsxeval.intake.identity import Layouts, identify
from xlsxeval.intake.rejected import Rejected
from xlsxeval.layout.shaping import Shapes

JUNK: list[Any] = [
    None,
    True,
    -1,
    1e308,
    10**30,
    "",
    "x" * 600,
    "{{ 7*7 }}",
    [],
    [[]],
    {},
    {"a": {}},
    [{"a": [1]}],
    "\x00",
]


SHAPES = Shapes()
"""What most forged seals have in common, made once."""


def paths(node: Any, here: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in the JSON of a seal."""
    inside = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [here, *(path for key, value in inside for path in paths(value, (*here, key)))]


def sealed() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(base().seal.text)
    return {**data, "form": "0" * 64}


def seal_sheet(data: dict[str, Any]) -> list[str]:
    return ["xlsxeval", "0" * 64, json.dumps(data)]


@settings(max_examples=120, deadline=None)
@given(
    path=st.deferred(lambda: st.sampled_from([path for path in paths(sealed()) if path])), junk=st.sampled_from(JUNK)
)
def test_a_forged_seal_is_laid_out_or_refused(path: tuple[Any, ...], junk: Any) -> None:
    forged = copy.deepcopy(sealed())
    node: Any = forged
    for key in path[:-1]:
        node = node[key]
    node[path[-1]] = junk
    seal = read_seal(seal_sheet(forged))
    if seal is not None:
        with contextlib.suppress(DefinitionError):
            Layouts(SHAPES).of(seal, base().edition)


def test_a_seal_with_more_lines_than_any_campaign_has_is_none() -> None:
    forged = sealed()
    forged["unit"]["given"]["overall"] = {f"b{number}": [{}] * 1000 for number in range(MAX_LINES // 1000 + 1)}
    assert read_seal(seal_sheet(forged)) is None
    assert read_seal(seal_sheet(sealed())) is not None


def test_a_workbook_without_a_seal_is_not_ours() -> None:
    raw = base().raw
    bare = replace(raw, sheets=tuple(sheet for sheet in raw.sheets if sheet.name != "_seal"), properties={})
    with pytest.raises(Rejected) as refused:
        identify(bare, base().context, Layouts())
    assert refused.value.fault.code == "I001"
