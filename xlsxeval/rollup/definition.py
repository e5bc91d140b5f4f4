"""What a summary takes from the forms of an edition: read from its YAML and held against the forms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from pathlib import Path

from xlsxeval.errors import DefinitionError, Problem
from xlsxeval.forms.definition import Edition, Field
from xlsxeval.forms.library import Library
from xlsxeval.forms.types import MONEY_UNITS
from xlsxeval.forms.yaml_file import Position, YamlFile, suggestion
from xlsxeval.rollup.plan import MONEY
from xlsxeval.rollup.spec import FROM_PROJECTS, AmountsSpec, SummaryFile

FOLDER = "summaries"
_NUMBERS = ("money", "signed_money", "count", "number", "percent", "weight", "score", "area")


class Role(StrEnum):
    """What a figure of a unit's or a project's line is."""

    INITIAL = "initial"
    BUDGET = "budget"
    EXECUTED = "executed"
    SCORE = "score"


@dataclass(frozen=True, slots=True)
class Source:
    """A field that a figure is taken from."""

    form: str
    field: str


@dataclass(frozen=True, slots=True)
class MoneyColumn:
    """A column of 资金: its fields are added up; ``unit`` is 万元 for nearly all."""

    label: str
    group: str
    sources: tuple[Source, ...]
    unit: str
    number_format: str


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade and the least score for it; the last has none."""

    word: str
    lower: float | None


@dataclass(frozen=True, slots=True)
class SummaryDefinition:
    """Which fields the summary of an edition takes.

    ``unit`` and ``project`` have the fields of each figure; ``from_projects`` are the unit's figures that are worked out
    from its projects. ``project_form`` is the form that every project has, None where there is none.
    """

    unit: Mapping[Role, tuple[Source, ...]] = field(default_factory=dict)
    from_projects: frozenset[Role] = frozenset()
    project: Mapping[Role, tuple[Source, ...]] = field(default_factory=dict)
    project_form: str | None = None
    money: tuple[MoneyColumn, ...] = ()
    grades: tuple[Grade, ...] = ()

    @property
    def unit_roles(self) -> tuple[Role, ...]:
        """The figures that a unit's line has, in the order of the columns."""
        return tuple(role for role in Role if role in self.unit or role in self.from_projects)

    @property
    def project_roles(self) -> tuple[Role, ...]:
        """The roles that have a column on a project's line."""
        return tuple(role for role in Role if role in self.project)


def load_definition(library: Library, edition: Edition) -> SummaryDefinition | None:
    """The summary of an edition: its own file, else that of the edition it extends; None where there is no file.

    Raises DefinitionError with every fault. In the file of another edition, fields that this one lacks are passed over.
    """
    name = _nearest(library, edition.id)
    if name is None:
        return None
    reading = _Reading(YamlFile(_path(library, name)), edition)
    if reading.problems and name == edition.id:
        raise DefinitionError(reading.problems)
    return reading.definition


def summary_faults(library: Library, edition: Edition) -> list[Problem]:
    """Every fault of the edition's own file."""
    try:
        load_definition(library, edition)
    except DefinitionError as error:
        return error.problems
    return []


def _path(library: Library, name: str) -> Path:
    return library.find(f"{FOLDER}/{name}.yaml")


def _nearest(library: Library, name: str) -> str | None:
    """The edition that has a file, beginning with this one and going on to what it extends."""
    current: str | None = name
    while current is not None and not _path(library, current).is_file():
        extends = YamlFile(library.find(f"editions/{current}.yaml")).data.get("extends")
        current = None if extends is None else str(extends)
    return current


class _Reading:
    """One file held against an edition."""

    def __init__(self, file: YamlFile, edition: Edition) -> None:
        self.file = file
        self.forms = {form.id: form for form in edition.forms}
        self.problems: list[Problem] = []
        spec = file.parse(SummaryFile)
        if spec.summary != file.path.stem:
            self._fault(["summary"], f"版本名「{spec.summary}」与文件名「{file.path.stem}」不一致")
        project = {} if spec.project is None else self._amounts("project", spec.project, each=True)
        forms = {source.form for sources in project.values() for source in sources}
        if len(forms) > 1:
            self._fault(["project"], f"project 的字段要出自一张表，这里有 {len(forms)} 张：{'、'.join(sorted(forms))}")
        derived = frozenset(role for role in Role if getattr(spec.unit, role) == [FROM_PROJECTS])
        for role in sorted(derived - set(project)):
            self._fault(["unit", role], f"project 里没有「{role}」，不能由项目算出")
        self.definition = SummaryDefinition(
            unit=self._amounts("unit", spec.unit, each=False),
            from_projects=derived & set(project),
            project=project,
            project_form=min(forms) if forms else None,
            money=tuple(self._money(spec)),
            grades=self._grades(edition, spec),
        )

    def _amounts(self, key: str, spec: AmountsSpec, *, each: bool) -> dict[Role, tuple[Source, ...]]:
        found = {}
        for role in Role:
            names = getattr(spec, role)
            if names == [FROM_PROJECTS] and not each:
                continue
            sources = tuple(self._sources(names, [key, role], each=each))
            if sources:
                found[role] = sources
        return found

    def _money(self, spec: SummaryFile) -> Iterator[MoneyColumn]:
        for number, column in enumerate(spec.money):
            sources = tuple(self._sources(column.field, ["money", number], each=None))
            if not sources:
                continue
            first = self.forms[sources[0].form].fields[sources[0].field]
            yield MoneyColumn(column.label or first.label, column.group, sources, _unit(first), _format(first))

    def _sources(self, names: Iterable[str], path: Sequence[str | int], *, each: bool | None) -> Iterator[Source]:
        """The fields of these names; ``each`` says whether they must be of a form that every project has."""
        at = self.file.position(path)
        for name in names:
            problem = self._problem(name, at, each)
            if problem is None:
                form, _, field_id = name.partition("!")
                yield Source(form, field_id)
            else:
                self.problems.append(problem)

    def _problem(self, name: str, at: Position, each: bool | None) -> Problem | None:
        form_id, mark, field_id = name.partition("!")
        if not mark:
            return at.problem(f"「{name}」要写成「表!字段」")
        form = self.forms.get(form_id)
        if form is None:
            return at.problem(f"这个版本没有「{form_id}」这张表{suggestion(form_id, self.forms)}")
        found = form.fields.get(field_id)
        if found is None:
            return at.problem(f"「{form_id}」没有字段「{field_id}」{suggestion(field_id, form.fields)}")
        if found.block is not None or found.type.name not in _NUMBERS:
            return at.problem(f"字段「{name}」不是一个数，不能汇总")
        if each is True and form.each is None:
            return at.problem(f"「{form_id}」不是一个项目一张的表，写在 unit 下")
        if each is False and form.each is not None:
            return at.problem(f"「{form_id}」是一个项目一张的表：写在 project 下，unit 里写 {FROM_PROJECTS}")
        return None

    def _grades(self, edition: Edition, spec: SummaryFile) -> tuple[Grade, ...]:
        grades = edition_grades(edition) or tuple(Grade(grade.word, grade.lower) for grade in spec.grades)
        bounds = [grade.lower for grade in grades[:-1]]
        if None in bounds or (grades and grades[-1].lower is not None):
            self._fault(["grades"], "只有最后一等不写「lower」（下限）")
        elif any(upper <= lower for upper, lower in pairwise(bounds) if upper and lower):
            self._fault(["grades"], "各等要从高到低写")
        return grades

    def _fault(self, path: Sequence[str | int], message: str) -> None:
        self.problems.append(self.file.position(path).problem(message))


def edition_grades(edition: Edition) -> tuple[Grade, ...]:
    """The grades of the edition's ``rating`` parameters, the best first; empty for an edition that has none."""
    values = {name: parameter.value for name, parameter in edition.parameters.items() if name.startswith("rating.")}
    found = []
    for name, lower in values.items():
        word = values.get(name.removesuffix(".from") + ".word")
        if name.endswith(".from") and isinstance(lower, int | float) and isinstance(word, str):
            found.append(Grade(word, float(lower)))
    found.sort(key=lambda grade: -(grade.lower or 0.0))
    last = values.get("rating.last.word")
    return (*found, Grade(last, None)) if found and isinstance(last, str) else ()


def _format(field: Field) -> str:
    """Thousands are parted in a table of many units."""
    return MONEY if _unit(field) == "万元" else field.number_format


def _unit(field: Field) -> str:
    """The unit in the summary: money is in 万元 there, whatever the form asks for."""
    return "万元" if field.type.unit in MONEY_UNITS else field.type.unit
