"""What keeps a campaign from being sent out though it can be read: the template's own example, nothing to fill in, twins."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from xlsxeval.errors import Problem
from xlsxeval.forms.campaign_spec import CampaignSpec, UnitSpec
from xlsxeval.forms.definition import Edition, Form
from xlsxeval.forms.yaml_file import Place

EXAMPLE_CODE, EXAMPLE_NAME, EXAMPLE_PROJECT = "000001", "某某局", "某某专项"
"""The made-up unit of the files that ``new`` writes."""
TEMPLATE_HEAD = "# 绩效自评任务。"
"""How a campaign.yaml begins that ``new`` wrote."""
EXAMPLE_DEPARTMENT = "某某市财政局"


@dataclass(frozen=True, slots=True)
class Unready:
    """A reason why nothing is made: for the unit with that code, or for all units where it is None."""

    unit: str | None
    problem: Problem


def example_id(edition: str) -> str:
    """The beginning of the ids that ``new`` gives by itself."""
    return f"{edition}-campaign"


def unready_of(spec: CampaignSpec, place: Place, edition: Edition, *, from_template: bool) -> Iterator[Unready]:
    """Every reason why nothing should be made of a campaign, or of some of its units, each at its place.

    ``from_template``: it is written in a file that ``new`` made, whose examples are there to be replaced.
    """
    if from_template and spec.department.strip() == EXAMPLE_DEPARTMENT:
        message = f"组织部门还是模板里的“{EXAMPLE_DEPARTMENT}”，要印在每一份表上：请写上自己的部门"
        yield Unready(None, place(["department"]).problem(message))
    if from_template and spec.campaign == example_id(edition.id):
        message = (
            f"任务编号「{spec.campaign}」是早先的程序给每个任务写的，几个任务会相同：请换一个自己的，定了就不要再改"
        )
        yield Unready(None, place(["campaign"]).problem(message))
    seen: dict[str, int] = {}
    for number, unit in enumerate(spec.units):
        name = _seen(unit.name)
        if (unit.code, unit.name.strip()) == (EXAMPLE_CODE, EXAMPLE_NAME):
            message = f"单位 {EXAMPLE_CODE} {EXAMPLE_NAME} 是模板里的例子：请换成自己的单位、项目和指标，再检查一次"
            yield Unready(unit.code, place(["units", number]).problem(message))
        elif name in seen:
            message = (
                f"单位名称「{unit.name}」与第 {seen[name] + 1} 个单位（{spec.units[seen[name]].code}）相同，"
                "发出去、收回来都分不清：重复的删去一个；确实是两个单位的，把名称写全"
            )
            yield Unready(unit.code, place(["units", number, "name"]).problem(message))
        if not any(_fills_in(form, unit) for form in edition.forms):
            message = f"单位 {unit.code} {unit.name} 没有要填的：这个版本的表一个项目一张，它没有项目。请列上项目，或删去这个单位"
            yield Unready(unit.code, place(["units", number]).problem(message))
        seen.setdefault(name, number)


def _seen(name: str) -> str:
    """A name as the eye takes it: without blanks and what has no width, brackets and letters of either width alike."""
    wide = unicodedata.normalize("NFKC", name).casefold()
    return "".join(char for char in wide if not char.isspace() and unicodedata.category(char) != "Cf")


def _fills_in(form: Form, unit: UnitSpec) -> bool:
    """Whether the unit gets the form and has a cell of it to fill in."""
    if unit.forms and form.id not in unit.forms:
        return False
    if form.each == "project" and not unit.projects:
        return False
    return any(not field.formula and field.given is None for field in form.fields.values())
