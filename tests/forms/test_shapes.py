"""What units have in common is made once, and each unit's layout is the same as if it were made for that unit alone."""

from __future__ import annotations

import gc
import random
import tracemalloc
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from tests.forms.inline import CAMPAIGN, EDITION, Desk
from tests.support.base import CAMPAIGNS
from xlsxeval.errors import DefinitionError, Problem
from xlsxeval.forms.campaign import Campaign, Project, Unit, load_campaign
from xlsxeval.forms.definition import Edition
from xlsxeval.forms.library import Library
from xlsxeval.forms.settings import RuleSetting
from xlsxeval.layout.layout import Layout
from xlsxeval.layout.placing import build_layout, part_names, parts_of
from xlsxeval.layout.shaping import Shapes
from xlsxeval.model import Severity
from xlsxeval.resources import samples_directory, templates_directory

pytestmark = pytest.mark.usefixtures("own_shapes")
Job = tuple[Campaign, Unit, Edition, str | None]

EVERYTHING: Mapping[str, Callable[[Layout], Any]] = {
    "unit": lambda layout: (layout.campaign, layout.unit, layout.part),
    "edition": lambda layout: layout.edition is not None and (layout.edition.id, layout.edition.parameters),
    "sheets": lambda layout: layout.sheets,
    "written": lambda layout: repr([[cell.value for cell in sheet.cells] for sheet in layout.sheets]),
    "checks": lambda layout: layout.checks,
    "virtual": lambda layout: list(layout.virtual.items()),
    "greys": lambda layout: list(layout.greys.items()),
    "cells": lambda layout: list(layout.cells.items()),
    "slots": lambda layout: list(layout.slots.items()),
    "given": lambda layout: list(layout.fixed_values.items()),
    "formulas": lambda layout: list(layout.formula_texts.items()),
    "order": lambda layout: layout.program.addresses,
    "computed": lambda layout: layout.compute({cell.address: 2.0 for cell in layout.inputs()}),
}


def made(job: Job, shapes: Shapes | None = None) -> Layout | list[Problem]:
    """A unit's layout, or what is wrong with it."""
    try:
        return build_layout(*job, shapes=shapes)
    except DefinitionError as error:
        return error.problems


def differs(one: Layout | list[Problem], other: Layout | list[Problem]) -> list[str]:
    """In which of all the things that make up a layout two of them differ."""
    if isinstance(one, Layout) and isinstance(other, Layout):
        return [name for name, of in EVERYTHING.items() if of(one) != of(other)]
    return [] if one == other else ["faults"]


def faults(job: Job, shapes: Shapes | None = None) -> list[Problem]:
    """What is wrong with a unit's forms; at least one thing."""
    found = made(job, shapes)
    assert isinstance(found, list)
    return found


# -- the editions that there are ------------------------------------------------------------------------------------

PLACES = {
    text.split("\nedition: ")[1].split()[0]: path
    for folder in (samples_directory(), CAMPAIGNS)
    for path in sorted(folder.glob("*/campaign.yaml"))
    if (text := path.read_text(encoding="utf-8"))
}
"""By edition a campaign of it, the made one where there is one."""


@cache
def library() -> Library:
    return Library(templates_directory())


def variants(campaign: Campaign, edition: Edition) -> Iterator[Job]:
    """A campaign's first unit, and others like it: other names, values, projects, lines, parts and severities."""
    unit = campaign.units[0]
    yield campaign, unit, edition, None
    renamed = [
        replace(project, name=f"{project.name}（二期）", given=other_texts(project)) for project in unit.projects
    ]
    yield campaign, replace(unit, code="999", name="另一个名字长得多的单位" * 9, projects=tuple(renamed)), edition, None
    nothing_given = tuple(replace(project, given={}) for project in unit.projects)
    yield campaign, replace(unit, given={}, projects=nothing_given), edition, None
    fewer = tuple(replace(project, given=fewer_lines(project)) for project in unit.projects)
    yield campaign, replace(unit, projects=fewer), edition, None
    yield replace(campaign, year=campaign.year - 1, department="某某省财政厅", deadline=None), unit, edition, None
    codes = sorted({check.code for form in edition.forms for check in form.checks})
    levels = [None, Severity.WARNING, Severity.INFO]
    some = {code: RuleSetting(code, levels[number % 3], "campaign") for number, code in enumerate(codes)}
    yield replace(campaign, settings=some), unit, edition, None
    yield campaign, unit, edition, part_names(campaign, unit, edition)[0]
    if unit.projects:
        yield campaign, replace(unit, projects=()), edition, None
        yield campaign, replace(unit, projects=(*unit.projects, unit.projects[0])), edition, None


def other_texts(project: Project) -> dict[str, Any]:
    """A project's given values with every text another one."""
    return {name: changed(value) for name, value in project.given.items()}


def changed(value: Any) -> Any:
    if isinstance(value, list):
        return [{key: changed(item) for key, item in line.items()} for line in value]
    return f"{value}，并且长一些" if isinstance(value, str) and not value[:1].isdigit() else value


def fewer_lines(project: Project) -> dict[str, Any]:
    """A project's given values with one line less in every block."""
    return {name: value[:-1] if isinstance(value, list) else value for name, value in project.given.items()}


@pytest.mark.parametrize("name", PLACES)
def test_every_edition_laid_out_with_shapes_is_as_if_laid_out_alone(name: str) -> None:
    campaign, edition = load_campaign(PLACES[name], library())
    assert edition.id == name
    jobs = list(variants(campaign, edition))
    shapes = Shapes()
    random.Random(7).shuffle(jobs)
    alone = [made(job) for job in jobs]
    told = [differs(alone[number], made(jobs[number], shapes)) for number in (*range(len(jobs)), 0, 1, 2)]
    assert [names for names in told if names] == []


# -- forms made up --------------------------------------------------------------------------------------------------

FORM = """
    form: f
    attachment: 附件1
    title: '{{ unit.name }} {{ year }} 年度'
    columns: [10, 10, 10, 10, 10]
    grid:
      - [单位, $unit, 总分, $total, '{{ campaign.department }}']
      - [一级, 二级, 名称, 分值, 得分]
      - {repeat: lines, lines: 2, line: [$level1, $level2, $name, $weight, $score]}
      - [说明, $note, <, <, $year]
    fields:
      unit: {label: 单位, given: unit.name}
      total: {label: 总分, formula: SUM(lines.score)}
      note: {label: 说明, grey_when: 'total=0', required: true}
      year: {label: 年度, formula: campaign!year}
      lines.level1: {label: 一级, required: true, merge: true}
      lines.level2: {label: 二级, merge: true}
      lines.name: {label: 名称, required: true}
      lines.weight: {label: 分值, type: weight}
      lines.score: {label: 得分, type: score, max: weight}
    checks:
      - {code: L901, title: 得分, say: 得分不超过分值, fix: 改, basis: '[理]', each: lines, that: score<=weight, at: score}
      - {code: L902, title: 总分, say: 总分不超过一百, fix: 改, basis: '[理]', that: total<=100, at: total, expected: '100'}
      - {code: L903, title: 支出, say: 支出不为负, fix: 改, basis: '[理]', that: SUM(p!spent)>=0, at: total}
    """
PROJECT = """
    form: p
    each: project
    attachment: 附件2-{{ project.number }}
    columns: [12, 12]
    grid: [[项目, $name], [支出, $spent], [上级, $above]]
    fields:
      name: {label: 项目, given: project.name}
      spent: {label: 支出, type: money}
      above: {label: 总分, formula: f!total}
    """
BOTH = EDITION.replace("[f/v]", "[f/v, p/v]")

words = st.sampled_from(["产出", "效益", "数量", "质量", "一句很长的话" * 8, "{{ year }}", "~", "第一行\n第二行"])
lines = st.fixed_dictionaries(
    {}, optional={"level1": words, "level2": words, "name": words, "weight": st.sampled_from([0, 5, 10.5, "-0"])}
)


@st.composite
def units(draw: DrawFn) -> Unit:
    """A unit with some projects, lines and values given, and forms left out."""
    given: dict[str, Any] = {}
    if draw(st.booleans()):
        given["lines"] = draw(st.lists(lines, max_size=5))
    if draw(st.booleans()):
        given["note"] = draw(words)
    names = draw(st.lists(words, max_size=3))
    spent = st.none() | st.sampled_from([0.0, 12.5])
    projects = (Project(name, "某局", "某中心", {"spent": draw(spent)}) for name in names)
    forms = draw(st.sampled_from([None, None, ("f", "p"), ("f",), ("p",)]))
    return Unit(draw(st.sampled_from(["001", "002"])), draw(words), tuple(projects), {"f": given}, forms)


levels = st.sampled_from([None, Severity.WARNING, Severity.ERROR])
severities = st.dictionaries(st.sampled_from(["L901", "L902", "L999"]), levels, max_size=2)
parts = st.sampled_from([None, None, None, "附件1", "附件2-1", "没有"])


@pytest.fixture(scope="module")
def two_forms(tmp_path_factory: pytest.TempPathFactory) -> tuple[Campaign, Edition]:
    """The made-up edition, loaded once."""
    desk = Desk(tmp_path_factory.mktemp("desk"))
    desk.edition(BOTH)
    desk.form(FORM)
    desk.form(PROJECT, "p/v")
    desk.campaign(CAMPAIGN)
    return desk.load()


SHARED = Shapes(kept_formulas=300)
"""Kept from one example to the next, so that units of any kind follow upon each other."""


@settings(max_examples=300, deadline=None)
@given(units(), severities, st.sampled_from([2024, 2025]), parts)
def test_any_unit_laid_out_with_shapes_is_as_if_laid_out_alone(
    two_forms: tuple[Campaign, Edition], unit: Unit, set_to: dict[str, Severity | None], year: int, part: str | None
) -> None:
    campaign, edition = two_forms
    codes = {code: RuleSetting(code, level, "campaign") for code, level in set_to.items()}
    job = replace(campaign, year=year, settings=codes), unit, edition, part
    assert differs(made(job), made(job, SHARED)) == []


# -- what is shared, what is not, how long --------------------------------------------------------------------------


def unit(code: str = "001", lines: int = 3, projects: int = 2) -> Unit:
    listed = [{"level1": f"产出{code}", "name": f"指标{number}", "weight": 10} for number in range(lines)]
    return Unit(
        code,
        f"第{code}局",
        tuple(Project(f"项目{code}{n}", "某局", "某局", {}) for n in range(projects)),
        {"f": {"lines": listed}},
    )


def test_units_that_differ_in_values_have_one_shape(two_forms: tuple[Campaign, Edition]) -> None:
    campaign, edition = two_forms
    shapes = Shapes()
    one, other = (build_layout(campaign, unit(code), edition, shapes=shapes) for code in ("001", "002"))
    assert one.shape is other.shape
    assert one.program is other.program
    assert one.sheets[0].title != other.sheets[0].title


def test_a_part_that_has_all_that_a_unit_fills_in_says_that_checks_were_left_out(
    two_forms: tuple[Campaign, Edition],
) -> None:
    campaign, edition = two_forms
    alone, shapes = replace(unit(), forms=("f",)), Shapes()
    whole, part = (build_layout(campaign, alone, edition, name, shapes) for name in (None, "附件1"))
    assert [len(one.checks) for one in (whole, part)] == [2, 2]
    assert whole.sheets[-1] != part.sheets[-1]


@pytest.mark.parametrize(
    "other",
    [
        lambda c, e: (c, unit(lines=4), e, None),
        lambda c, e: (c, unit(projects=3), e, None),
        lambda c, e: (replace(c, year=2030), unit(), e, None),
        lambda c, e: (replace(c, settings={"L902": RuleSetting("L902", None, "campaign")}), unit(), e, None),
        lambda c, e: (c, unit(), replace(e, parameters={**e.parameters}, version=99), None),
    ],
    ids=["lines", "projects", "year", "severity", "edition"],
)
def test_what_formulas_follow_from_makes_another_shape(
    two_forms: tuple[Campaign, Edition], other: Callable[[Campaign, Edition], Job]
) -> None:
    campaign, edition = two_forms
    shapes = Shapes()
    first = build_layout(campaign, unit(), edition, shapes=shapes)
    assert build_layout(*other(campaign, edition), shapes=shapes).shape is not first.shape


def test_an_edition_loaded_again_and_found_the_same_has_the_same_shapes(desk: Desk) -> None:
    desk.edition(BOTH)
    desk.form(FORM)
    desk.form(PROJECT, "p/v")
    shapes = Shapes()
    (campaign, edition), (_, again) = desk.load(), desk.load()
    assert edition is not again
    shape = build_layout(campaign, unit(), edition, shapes=shapes).shape
    assert build_layout(campaign, unit(), again, shapes=shapes).shape is shape


def test_only_the_last_shapes_are_kept(two_forms: tuple[Campaign, Edition]) -> None:
    campaign, edition = two_forms
    shapes = Shapes(kept_formulas=1)
    first = build_layout(campaign, unit(), edition, shapes=shapes).shape
    build_layout(campaign, unit(lines=4), edition, shapes=shapes)
    assert len(shapes) == 1
    assert build_layout(campaign, unit(), edition, shapes=shapes).shape is not first


def test_a_further_layout_takes_a_twentieth_of_the_memory() -> None:
    campaign, edition = load_campaign(samples_directory() / "liuyang-2020", library())
    shapes = Shapes()
    taken, held = [], []
    tracemalloc.start()
    try:
        for code in ("001", "002"):
            before = _traced()
            layout = build_layout(campaign, replace(campaign.units[0], code=code), edition, shapes=shapes)
            assert layout.formula_texts
            assert layout.slots
            taken.append(_traced() - before)
            held.append(layout)
    finally:
        tracemalloc.stop()
    assert taken[1] < taken[0] / 20


def _traced() -> int:
    gc.collect()
    return tracemalloc.get_traced_memory()[0]


# -- faults ---------------------------------------------------------------------------------------------------------


def test_faults_are_told_for_every_unit_that_has_them(desk: Desk) -> None:
    desk.edition(BOTH)
    desk.form(FORM.replace("SUM(lines.score)", "SUM(lines.scores)"))
    desk.form(PROJECT, "p/v")
    campaign, edition = desk.load()
    shapes = Shapes()
    first, second = (faults((campaign, unit(code), edition, None), shapes) for code in ("001", "002"))
    assert len(first) == 1
    assert first == second
    assert len(shapes) == 0


def test_a_fault_names_the_unit_that_has_it(two_forms: tuple[Campaign, Edition]) -> None:
    campaign, edition = two_forms
    shapes = Shapes()
    build_layout(campaign, unit(), edition, shapes=shapes)
    lacking = [replace(unit(code), forms=("p",)) for code in ("007", "008")]
    told = [faults((campaign, one, edition, None), shapes)[0].message for one in lacking]
    assert "007" in told[0]
    assert "008" in told[1]


def test_a_part_that_needs_another_of_the_same_project_is_a_fault(desk: Desk) -> None:
    """Sent out apart, a form that takes figures from the project's other form cannot compute them."""
    desk.edition(EDITION.replace("[f/v]", "[p/v, q/v]"))
    desk.form(PROJECT.replace("f!total", "spent*2"), "p/v")
    other = PROJECT.replace("form: p", "form: q").replace("附件2", "附件3").replace("f!total", "p!spent*2")
    desk.form(other, "q/v")
    campaign, edition = desk.load()
    whole = build_layout(campaign, unit(), edition)
    assert parts_of(whole) == ["附件2-1", "附件2-2", "附件3-1", "附件3-2"]
    assert [problem.file for problem in faults((campaign, unit(), edition, "附件3-1"))] == [
        str(desk.templates / "forms/q/v.yaml")
    ]
    assert build_layout(campaign, unit(), edition, "附件2-2").part == "附件2-2"
