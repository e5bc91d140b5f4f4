"""campaign.yaml and 名册.xlsx with the same mistake are told the same, each at its own place."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.roster.desk import Desk, library
from xlsxeval.errors import DefinitionError
from xlsxeval.forms.campaign import load_campaign

HEAD = "campaign: c\nedition: hunan-2024\nyear: 2024\ndepartment: 某某市财政局\n"
LINE = "{level1: 产出指标, level3: 指标0, target: ≥1, weight: %s}"


def yaml_problems(folder: Path, text: str) -> list[tuple[int, int, str]]:
    path = folder / "campaign.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DefinitionError) as caught:
        load_campaign(path, library())
    return [(problem.line, problem.column, problem.message) for problem in caught.value.problems]


def test_a_code_twice(desk: Desk, tmp_path: Path) -> None:
    desk.unit(row=4)
    ((line, column, message),) = yaml_problems(tmp_path, HEAD + "units:\n" + "  - {code: '001', name: 某某局}\n" * 2)
    assert (line, column) == (7, 6)
    assert desk.problems() == [("单位!A4", message)]


def test_an_unknown_edition_with_everything_else(desk: Desk, tmp_path: Path) -> None:
    desk.sheet("任务")["B3"].value = "hunan-2042"
    desk.unit(row=4)
    units = "units:\n" + "  - {code: '001', name: 某某局}\n" * 2
    told = yaml_problems(tmp_path, HEAD.replace("hunan-2024", "hunan-2042") + units)
    assert [(line, column) for line, column, _ in told] == [(2, 1), (7, 6)]
    assert desk.problems() == [(place, told[n][2]) for n, place in enumerate(["任务!B3", "单位!A4"])]


@pytest.mark.parametrize("weight", [89, 89.99, 90.01, 100])
def test_weights_that_do_not_add_up(desk: Desk, tmp_path: Path, weight: float) -> None:
    desk.indicators([weight])
    unit = "units:\n  - code: '001'\n    name: 某某局\n    given:\n      overall:\n        indicators:\n"
    ((line, column, message),) = yaml_problems(tmp_path, f"{HEAD}{unit}          - {LINE % weight}\n")
    assert (line, column) == (10, 9)
    assert desk.problems() == [("指标!A3", message)]


@pytest.mark.parametrize("weight", [90, 89.996, 90.004])
def test_weights_that_add_up_to_half_a_hundredth(desk: Desk, weight: float) -> None:
    desk.indicators([weight])
    assert desk.load().units[0].given["overall"]["indicators"][0]["weight"] == weight


def test_a_given_value_is_judged_where_it_stands_in_the_yaml(tmp_path: Path) -> None:
    unit = "units:\n  - code: '001'\n    name: 某某局\n    given:\n      basic: {staff.posts: 很多, staff.rate: 1}\n"
    told = yaml_problems(tmp_path, HEAD + unit)
    assert [(line, column) for line, column, _ in told] == [(9, 15), (9, 32)]
    assert ["很多" in told[0][2], "公式" in told[1][2]] == [True, True]
