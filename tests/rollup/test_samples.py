"""The samples as they were returned, each with a sensible summary."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path

import pytest

from xlsxeval.calc import ExcelError
from xlsxeval.forms.campaign import load_campaign
from xlsxeval.forms.library import Library
from xlsxeval.judging.judge import Conclusion, Judge
from xlsxeval.resources import samples_directory, templates_directory
from xlsxeval.rollup import Return, Summary, figures_of, load_definition, summarise
from xlsxeval.rollup.book import planned
from xlsxeval.rollup.definition import Role

SAMPLES = {
    "chenxi-2024": (0, 4),
    "liuyang-2020": (2, 11),
    "yiyang-2022": (1, 6),
    "yueyanglou-2023": (0, 16),
    "zhuzhou-2024": (6, 16),
}
"""Projects and kinds of money of each sample."""


@cache
def _summary(name: str) -> tuple[Summary, dict[str, float]]:
    folder = samples_directory() / name
    library = Library(templates_directory())
    campaign, edition = load_campaign(folder, library)
    definition = load_definition(library, edition)
    assert definition is not None
    file = Path(folder / "submitted" / "careful.xlsx")
    verdict, submission = Judge(library.directory, folder).read(file)
    assert submission is not None
    totals = {
        role: sum(
            float(submission.field(source.form, source.field) or 0)  # type: ignore[arg-type]
            for source in sources
        )
        for role, sources in definition.unit.items()
    }
    returns = [Return(one, figures_of(submission, definition)) for one in Conclusion(campaign)([verdict])]
    return summarise(returns, campaign, edition, definition, dt.date(2025, 6, 1)), totals


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_has_its_figures(name: str) -> None:
    summary, totals = _summary(name)
    projects, money = SAMPLES[name]
    (unit,) = summary.units
    assert len(summary.projects) == projects
    assert sum(bool(parts) for parts in unit.money) >= money - 4
    assert len(unit.money) == money
    assert {role: sum(parts) for role, parts in unit.amounts.items()} == pytest.approx(totals)
    assert summary.indicators
    assert not unit.remark


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_computes_to_a_rate_a_score_and_a_grade(name: str) -> None:
    summary, _ = _summary(name)
    sheets, values = planned(summary)
    assert [address for address, value in values.items() if isinstance(value, ExcelError)] == []
    units = sheets[0]
    titles = {str(cell.content): column for (row, column), cell in units.cells.items() if row == units.header[1]}
    row = units.header[1] + 1
    rate, grade = (values[units.name, row, titles[title]] for title in ("执行率", "等次"))  # type: ignore[index]
    assert isinstance(rate, float)
    assert 0.3 < rate < 2
    assert grade in {band.word for band in summary.grades}
    assert Role.SCORE in summary.definition.unit_roles
