from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from xlsxeval.intake.submission import Submission
from xlsxeval.layout.layout import CellKind, PlacedCell
from xlsxeval.model import Place, Severity
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.names import plain
from xlsxeval.rules.parameters import number
from xlsxeval.rules.registry import form_rule

_NAME = re.compile(r"^specials\[\d+\]\.name$")
_TELLS_APART = re.compile(
    r"[0-9a-z一二三四五六七八九十两甲乙丙丁上中下东西南北前后左右大小新旧内外男女城乡省市县区镇村]"
)
"""What makes two names two things, however alike they look: 一期 and 二期, 东片 and 西片, 县 and 镇."""
_LEAST = 4
_ALIKE, _ALIKE_WITH_FIGURE = 0.85, 0.6


@dataclass(frozen=True, slots=True)
class _Named:
    name: str
    place: Place
    figure: float | None


@form_rule(
    "X106",
    "project-name-nearly-the-same",
    severity=Severity.WARNING,
    basis="同一个项目在各张表里应当用同一个名称 [理]",
    parameters=("tolerance.money",),
)
def check(submission: Submission) -> Iterator[Hit]:
    """专项名称与项目名称只差几个字。

    为什么：附件1的专项与附件3的项目如果是同一个，名称应当一字不差；名称对不上，两处的数也没法核对（X104 只比同名的）。
    怎么改：是同一个项目的，附件1照附件3写全称；确实是两个项目的，不用改。
    """
    projects = list(_projects(submission))
    known = {plain(project.name) for project in projects}
    specials = [(cell, name) for cell, name in _specials(submission) if plain(name) not in known]
    written = {plain(name) for _, name in _specials(submission)}
    tolerance = number(submission, "tolerance.money", 0.01)
    for cell, name in specials:
        figure = _figure(submission, cell)
        for project in projects:
            if plain(project.name) in written or not _near(name, project, figure, tolerance):
                continue
            address = submission.place(cell.address)
            yield Hit(
                f"专项「{name.strip()}」与{project.place.sheet}的项目「{project.name}」只差几个字，是不是同一个项目？",
                address,
                field=cell.slot.path if cell.slot else None,
                label=cell.slot.label if cell.slot else None,
                shown=name,
                expected=project.name,
                related=(project.place,),
            )
            break


def _specials(submission: Submission) -> Iterator[tuple[PlacedCell, str]]:
    """The names of 专项 that the unit typed into the basic form."""
    for (form, _, path), cell in submission.layout.slots.items():
        value = submission.value(cell)
        if form == "basic" and _NAME.match(path) and cell.kind is CellKind.INPUT and isinstance(value, str):
            yield cell, value


def _projects(submission: Submission) -> Iterator[_Named]:
    """The unit's projects by their forms, with the year's spending in 万元."""
    for sheet in submission.layout.sheets:
        if sheet.form is None or sheet.project is None or sheet.name not in submission.views:
            continue
        cell = submission.layout.slots.get((sheet.form.id, sheet.instance, "funds.executed"))
        value = submission.value(cell) if cell else None
        name = submission.views[sheet.name].raw.name
        yield _Named(sheet.project.name, Place(name), value if isinstance(value, float) else None)


def _figure(submission: Submission, cell: PlacedCell) -> float | None:
    assert cell.slot is not None
    final = cell.slot.path.removesuffix(".name") + ".final"
    spent = submission.layout.slots.get((cell.slot.form, cell.slot.instance, final))
    value = submission.value(spent) if spent else None
    return value if isinstance(value, float) else None


def _near(name: str, project: _Named, figure: float | None, tolerance: float) -> bool:
    """Whether two names differ by little, and by nothing that makes them two; the same figure is a strong sign."""
    one, other = plain(name), plain(project.name)
    if min(len(one), len(other)) < _LEAST:
        return False
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    for kind, start, end, first, last in matcher.get_opcodes():
        if kind != "equal" and _TELLS_APART.search(one[start:end] + other[first:last]):
            return False
    same = bool(figure and project.figure and abs(figure - project.figure) <= tolerance)
    return matcher.ratio() >= (_ALIKE_WITH_FIGURE if same else _ALIKE)
