"""The YAML of editions, forms and checks at the border: pydantic models, strict about unknown keys."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag, field_validator, model_validator

from xlsxeval.forms.types import TYPES
from xlsxeval.forms.yaml_file import suggestion

FIELD_NAME = r"^[^\W\d]\w*(\.[^\W\d]\w*)*$"


def _text(value: object) -> object:
    """YAML reads 2024 as a number; where a text is wanted, a whole number is its digits."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Text = Annotated[str, BeforeValidator(_text)]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=False, str_strip_whitespace=False)


class FieldSpec(Strict):
    """One field of a form. Without ``formula`` and ``given`` it is an input."""

    label: str
    type: str = "text"
    formula: str | None = None
    given: str | None = None
    required: bool = False
    min: float | None = None
    max: float | str | None = None
    length: tuple[int, int] | None = None
    choices: list[Text] | None = None
    strict: bool = True
    hint: str | None = None
    lines: int = 1
    format: str | None = None
    align: Literal["left", "center", "right"] | None = None
    merge: bool = False
    grey_when: str | None = None
    last_year: str | None = None
    may_repeat: bool = False

    @field_validator("type")
    @classmethod
    def _known_type(cls, value: str) -> str:
        if value not in TYPES:
            raise ValueError(f"不认识的类型「{value}」{suggestion(value, TYPES)}（可用：{'、'.join(TYPES)}）")
        return value


class CellSpec(Strict):
    """A grid cell that says more than its text."""

    text: Text | None = None
    align: Literal["left", "center", "right"] | None = None
    look: Literal["label", "title", "section", "note", "input", "computed", "given"] = "label"
    indent: int = 0
    report: bool = True


def _level(value: object) -> object:
    if value is False:  # how some programs write off
        return "off"
    if value not in ("error", "warning", "info", "off"):
        raise ValueError(f"「{value}」不是级别：只能写 error、warning、info 或 off（关）")
    return value


def _short(key: str) -> BeforeValidator:
    """Lets ``x`` stand for ``{key: x}``."""
    return BeforeValidator(lambda value: value if isinstance(value, (dict, BaseModel)) else {key: value})


GridCell = Annotated[CellSpec, _short("text")]


class RowSpec(Strict):
    """A grid row that says more than its cells: height in lines, whether it repeats on every printed page.

    With ``report`` false it stands in the workbook only, and the Word report leaves it out.
    """

    row: list[GridCell]
    lines: int = 1
    repeat_on_pages: bool = False
    report: bool = True


class RepeatSpec(Strict):
    """A block of lines: as many as the campaign gives, else ``lines`` free ones, of which ``least`` must be used."""

    repeat: str
    lines: int
    least: int = 0
    line: list[GridCell]
    given: str | None = None
    helpers: list[str] = Field(default_factory=list)


def _entry_kind(value: object) -> str:
    is_repeat = isinstance(value, RepeatSpec) or (isinstance(value, dict) and "repeat" in value)
    return "RepeatSpec" if is_repeat else "RowSpec"


GridEntry = Annotated[
    Annotated[RowSpec, Tag("RowSpec")] | Annotated[RepeatSpec, Tag("RepeatSpec")],
    Discriminator(_entry_kind),
    _short("row"),
]


class CheckSpec(Strict):
    """A relation (勾稽) of a form. ``use`` takes the check of that code from the library; other keys then override it."""

    use: str | None = None
    code: str | None = None
    slug: str | None = None
    title: str | None = None
    that: str | None = None
    where: str | None = None
    each: str | None = None
    at: str | None = None
    shown: str | None = None
    expected: str | None = None
    bound: Literal["≤", "≥"] | None = None
    related: list[str] | None = None
    vary: dict[str, list[Text]] | None = None
    say: str | None = None
    why: str | None = None
    fix: str | None = None
    severity: Literal["error", "warning", "info"] | None = None
    basis: str | None = None


class DraftPartSpec(Strict):
    """One line of a rubric's standard (评分标准): its full points and how a draft is worked out.

    ``measure`` counts something, ``finds`` the findings of these rules (on ``form`` alone where it is named); each
    takes ``each`` points. With ``judge`` a person decides, and what is counted means that there are no points at all.
    """

    most: float = Field(gt=0)
    each: float = Field(default=1, gt=0)
    measure: Literal["units_without", "missing_attachments", "days_late"] | None = None
    finds: list[str] = Field(default_factory=list)
    form: str | None = None
    say: str = ""
    judge: str | None = None

    @model_validator(mode="after")
    def _one_way(self) -> DraftPartSpec:
        ways = (self.measure is not None) + bool(self.finds)
        if ways > 1 or (ways == 0 and self.judge is None):
            raise ValueError("「measure」「finds」写一个；都不写的，用「judge」说明要人评什么")
        if ways and not self.say:
            raise ValueError("缺少「say」（为什么扣分，写进扣分原因）")
        return self


Texts = Annotated[list[Text], BeforeValidator(lambda value: [value] if isinstance(value, str) else value)]


class ClaimSpec(Strict):
    """A quantity that prose speaks of: the words that name it, and the fields that have it (``form!path``)."""

    phrases: list[Text] = Field(default_factory=list)
    field: Texts = Field(default_factory=list)
    count: Texts = Field(default_factory=list)
    year: Literal["this", "previous"] = "this"
    beside: Texts = Field(default_factory=list)
    part_of: Text | None = None
    not_in: list[Text] = Field(default_factory=list)


class FormFile(Strict):
    """``templates/forms/<form>/<variant>.yaml``."""

    form: str
    extends: str | None = None
    without: list[Text] = Field(default_factory=list)
    title: str | None = None
    sheet: str | None = None
    attachment: str | None = None
    each: Literal["project"] | None = None
    filled_by: Literal["unit", "office"] | None = None
    landscape: bool | None = None
    money: Literal["元", "千元", "万元", "亿元"] | None = None
    grey_when: str | None = None
    columns: list[float] | None = None
    grid: list[GridEntry] | None = None
    fields: dict[str, FieldSpec] = Field(default_factory=dict)
    checks: list[Annotated[CheckSpec, _short("use")]] = Field(default_factory=list)
    claims: dict[str, ClaimSpec] = Field(default_factory=dict)
    words: dict[str, list[Text]] = Field(default_factory=dict)
    drafts: dict[str, list[DraftPartSpec]] = Field(default_factory=dict)
    note: str | None = None

    @property
    def only_words(self) -> bool:
        """Whether the file says nothing but how prose names things: no workbook changes with it."""
        return self.model_fields_set <= {"form", "words", "note"}


class SettingSpec(Strict):
    """What is set for one rule (级别设置): another severity or ``off``, and perhaps why (依据)."""

    severity: Annotated[Literal["error", "warning", "info", "off"], BeforeValidator(_level)]
    basis: str = ""


RuleSettings = dict[str, Annotated[SettingSpec, _short("severity")]]
"""The key ``rules`` of an edition and of a campaign: code → setting."""


class ParameterSpec(Strict):
    """One parameter of an edition, with where it comes from (依据)."""

    value: int | float | str | bool
    basis: str
    label: str = ""


class EditionFile(Strict):
    """``templates/editions/<edition>.yaml``."""

    edition: str
    extends: str | None = None
    without: list[Text] = Field(default_factory=list)
    title: str | None = None
    version: int = 1
    accepts: list[int] = Field(default_factory=list)
    parameters: dict[str, ParameterSpec] = Field(default_factory=dict)
    rules: RuleSettings = Field(default_factory=dict)
    forms: list[str] | None = None
    report: str | None = None
    note: str | None = None


NO_REPORT = "none"
"""The value of ``report`` with which an edition drops the report that it inherits."""


class CheckFile(CheckSpec):
    """``templates/checks/<CODE>.yaml``: a check that forms take by its code."""

    check: str
