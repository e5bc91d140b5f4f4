"""``templates/summaries/<edition>.yaml`` at the border: which fields a summary takes."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from xlsxeval.forms.schema import Strict, Text, Texts

FROM_PROJECTS: Literal["projects"] = "projects"
"""In place of a field: the unit's figure is worked out from the lines of its projects."""


class AmountsSpec(Strict):
    """The figures of a line, of a unit or of a project: ``form!field`` each; several are added up."""

    initial: Texts = Field(default_factory=list)
    budget: Texts = Field(default_factory=list)
    executed: Texts = Field(default_factory=list)
    score: Texts = Field(default_factory=list)


class MoneySpec(Strict):
    """A column of 资金; ``label`` is the field's own where it is left out, ``group`` stands above several columns."""

    field: Texts
    label: Text | None = None
    group: Text = ""


def _field_alone(value: object) -> object:
    """A bare name stands for ``{field: name}``."""
    return {"field": value} if isinstance(value, str) else value


MoneyEntry = Annotated[MoneySpec, BeforeValidator(_field_alone)]


class GradeSpec(Strict):
    """A grade for editions that have no ``rating`` parameters; without ``lower`` it is the last."""

    word: Text
    lower: float | None = None
    basis: str = ""


class SummaryFile(Strict):
    """The whole file."""

    summary: str
    unit: AmountsSpec = Field(default_factory=AmountsSpec)
    project: AmountsSpec | None = None
    money: list[MoneyEntry] = Field(default_factory=list)
    grades: list[GradeSpec] = Field(default_factory=list)
    note: str | None = None
