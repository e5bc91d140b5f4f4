"""What a definition says, as frozen values: Edition, Form, Field, Block, Check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from xlsxeval.calc import Node
from xlsxeval.forms.families import phrases_of_families
from xlsxeval.forms.schema import CellSpec, DraftPartSpec, RepeatSpec, RowSpec
from xlsxeval.forms.settings import Settings
from xlsxeval.forms.types import FieldType
from xlsxeval.forms.yaml_file import Position
from xlsxeval.model import Severity


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula as written, its tree with field names in it, and its place in the YAML."""

    text: str
    tree: Node
    position: Position


@dataclass(frozen=True, slots=True)
class Field:
    """One value of a form.

    ``id`` is its whole name (``funds.rate``; in a block ``indicators.score``). Exactly one of three kinds: computed
    (has a formula), given (``given`` names where the campaign has it), else an input. ``length`` bounds the text's
    characters, ``minimum`` and ``maximum`` a number; ``maximum`` may name another field of the same line (its weight).
    While ``grey_when`` is true the cell is grey and need not be filled in. ``last_year`` is the field that held this
    quantity in last year's form; a text that ``may_repeat`` may be the same every year.
    """

    id: str
    block: str | None
    label: str
    type: FieldType
    formula: Formula | None
    given: str | None
    required: bool
    minimum: float | None
    maximum: float | str | None
    length: tuple[int, int] | None
    choices: tuple[str, ...]
    strict: bool
    hint: str
    lines: int
    number_format: str
    align: str
    merge: bool
    position: Position
    grey_when: Formula | None = None
    last_year: str | None = None
    may_repeat: bool = False

    @property
    def short(self) -> str:
        """The name inside its block: ``score`` of ``indicators.score``."""
        return self.id.removeprefix(f"{self.block}.") if self.block else self.id


@dataclass(frozen=True, slots=True)
class GridEntry:
    """A row or a block of the grid, with the place of each of its cells."""

    spec: RowSpec | RepeatSpec
    position: Position
    cell_positions: Sequence[Position]

    @property
    def cells(self) -> Sequence[CellSpec]:
        return self.spec.line if isinstance(self.spec, RepeatSpec) else self.spec.row


@dataclass(frozen=True, slots=True)
class Check:
    """A relation between fields: live in 自查, a finding at collection.

    ``each`` names the block whose every line is checked. ``where`` says when the check applies at all; ``at`` is the
    field that a finding points to; ``shown`` and ``expected`` are formulas for what the finding reports. ``bound`` is
    ``≤`` or ``≥`` where ``expected`` is the most or the least that may stand there, and empty where it is the value.
    """

    code: str
    slug: str
    title: str
    say: str
    why: str
    fix: str
    severity: Severity
    basis: str
    that: Formula
    where: Formula | None
    each: str | None
    at: str
    shown: Formula | None
    expected: Formula | None
    bound: str
    related: tuple[str, ...]
    position: Position


@dataclass(frozen=True, slots=True)
class Claim:
    """A quantity that prose speaks of, by the families of phrases that name it (:mod:`xlsxeval.forms.families`).

    ``fields`` (``form!path``) have it, any of them will do; none where only the text itself has it. ``counts`` are columns
    whose lines are counted instead. ``previous``: last year's figure. The phrases count ``beside`` one of these words only,
    earlier in the sentence. ``part_of`` names the claim that all parts of one
    whole make up. Texts of the fields ``not_in`` mean something else by these words.
    """

    name: str
    families: tuple[str, ...]
    fields: tuple[str, ...]
    counts: tuple[str, ...]
    previous: bool
    beside: tuple[str, ...]
    part_of: str | None
    not_in: tuple[str, ...]
    position: Position

    @property
    def phrases(self) -> tuple[str, ...]:
        """Every phrase that names it."""
        return phrases_of_families(self.families)


@dataclass(frozen=True, slots=True)
class Form:
    """One form as printed: a grid, its fields and its checks.

    ``each`` is ``"project"`` where every project has one. ``filled_by`` is ``"office"`` where the units do not get it;
    ``drafts`` then tell which of its scores can be drafted, and from what.
    """

    id: str
    variant: str
    title: str
    sheet: str
    attachment: str
    each: str | None
    landscape: bool
    columns: tuple[float, ...]
    grid: tuple[GridEntry, ...]
    fields: Mapping[str, Field]
    checks: tuple[Check, ...]
    position: Position
    filled_by: str = "unit"
    claims: tuple[Claim, ...] = ()
    drafts: Mapping[str, Sequence[DraftPartSpec]] = field(default_factory=dict)

    def block(self, name: str) -> RepeatSpec | None:
        """The block of that name, or None."""
        for entry in self.grid:
            if isinstance(entry.spec, RepeatSpec) and entry.spec.repeat == name:
                return entry.spec
        return None


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number, text or switch of an edition, with its 依据."""

    name: str
    label: str
    value: float | str | bool
    basis: str


@dataclass(frozen=True, slots=True)
class Edition:
    """The forms, parameters and report of one place and year.

    ``accepts`` lists older versions still taken back; ``digest`` changes with any definition file of the edition;
    ``settings`` are the rules that it sets another severity for, or switches off.
    """

    id: str
    title: str
    version: int
    accepts: tuple[int, ...]
    parameters: Mapping[str, Parameter]
    forms: tuple[Form, ...]
    report: str | None
    digest: str
    position: Position
    settings: Settings = field(default_factory=dict)

    def form(self, form_id: str) -> Form | None:
        """The form of that id, or None."""
        return next((form for form in self.forms if form.id == form_id), None)
