"""The seal of a distributed workbook: what it was made from, signed with the campaign's key.

The seal proves only where a form came from. It does not prove that the values in it are right, and sheet protection
is a courtesy: what controls the figures is that everything is compared and computed again at collection.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Self

from pydantic import Field, field_validator, model_validator

from xlsxeval.forms.campaign import Campaign, Unit, unit_from_data, unit_to_data
from xlsxeval.forms.definition import Edition
from xlsxeval.forms.schema import RuleSettings, Strict
from xlsxeval.forms.settings import is_settable, settings_from, settings_to_data

SEAL_SHEET = "_seal"
ANSWER_COLUMN = 2
"""Column of the seal sheet with what the workbook answers; the seal stands in the first."""
PROPERTY = "xlsxeval.seal"
FORMAT = 1
_CHUNK = 30_000
MAX_TEXT = 4_000_000
MAX_LINES = 10_000
MAX_PROJECTS = 255
MAX_SETTINGS = 500
MAX_BASIS = 500
_ABOUT_FORM = ("definition", "form", "version")
"""What a seal says of the form rather than of whom it is for."""


@dataclass(frozen=True, slots=True)
class Seal:
    """All that is needed to lay the workbook out again, and its signature (64 hex digits).

    ``part`` names the one worksheet of a workbook that holds only a part of the unit's forms. ``form`` is the digest of
    the form as it was laid out; None in a seal of a program that kept none.
    """

    campaign: Campaign
    unit: Unit
    edition_version: int
    definition: str
    part: str | None
    text: str
    signature: str
    form: str | None = None

    def signed_by(self, key: bytes) -> bool:
        """Whether the signature was made with this key."""
        return hmac.compare_digest(self.signature.encode(), _sign(self.text, key).encode())

    @property
    def subject_digest(self) -> str:
        """The SHA-256 of what the seal says of campaign, unit and part, and not of the form: who got the workbook."""
        data = {name: value for name, value in json.loads(self.text).items() if name not in _ABOUT_FORM}
        return hashlib.sha256(_text(data).encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def property_text(self) -> str:
        """The short form for the document property: enough to know the workbook where its seal sheet was taken out."""
        unit = [self.campaign.id, self.unit.code, self.part or ""]
        parts = [self.campaign.edition, str(self.edition_version), *unit, self.signature]
        return "|".join(parts)

    @property
    def sheet_texts(self) -> list[str]:
        """What stands in the seal sheet, one cell below the other."""
        chunks = [self.text[start : start + _CHUNK] for start in range(0, len(self.text), _CHUNK)]
        return ["xlsxeval", self.signature, *chunks]


def make_seal(
    campaign: Campaign,
    unit: Unit,
    edition: Edition,
    key: bytes,
    part: str | None = None,
    form: str | None = None,
) -> Seal:
    """The seal of a unit's workbook, or of a part of it; ``form`` is the digest of what stands in it."""
    data: dict[str, Any] = {
        "xlsxeval": FORMAT,
        "edition": edition.id,
        "version": edition.version,
        "definition": edition.digest,
        "campaign": campaign.id,
        "year": campaign.year,
        "department": campaign.department,
        "deadline": campaign.deadline.isoformat() if campaign.deadline else None,
        "unit": unit_to_data(unit),
        "part": part,
    }
    if campaign.settings:
        data["rules"] = settings_to_data(campaign.settings)
    if form is not None:
        data["form"] = form
    text = _text(data)
    return Seal(campaign, unit, edition.version, edition.digest, part, text, _sign(text, key), form)


def read_seal(sheet_texts: list[str]) -> Seal | None:
    """The seal in a seal sheet's cells, or None where it is no seal or was damaged. The signature is not checked.

    Anybody can write anything there, so its shape and size are held to what a campaign can be.
    """
    text = "".join(sheet_texts[2:])
    if len(sheet_texts) < 3 or sheet_texts[0] != "xlsxeval" or len(text) > MAX_TEXT:
        return None
    try:
        data = _Sealed.model_validate(json.loads(text))
    except (ValueError, RecursionError):
        return None
    unit = unit_from_data(data.unit.model_dump())
    settings = settings_from(data.rules, "campaign")
    campaign = Campaign(
        data.campaign, data.edition, data.year, data.department, data.deadline, (unit,), settings=settings
    )
    return Seal(campaign, unit, data.version, data.definition, data.part, text, sheet_texts[1], data.form)


Word = Annotated[str, Field(max_length=500)]
Given = str | int | float | bool | None
Block = Annotated[list[dict[Word, Given]], Field(max_length=1000)]
Fields = dict[Word, Given | Block]


class _SealedProject(Strict):
    name: Word
    department: Word
    unit: Word
    given: Fields


class _SealedUnit(Strict):
    code: Word
    name: Word
    projects: Annotated[list[_SealedProject], Field(max_length=MAX_PROJECTS)]
    given: dict[Word, Fields]
    forms: list[Word] | None

    @model_validator(mode="after")
    def _bounded(self) -> Self:
        blocks = [
            value for fields in [*self.given.values(), *(p.given for p in self.projects)] for value in fields.values()
        ]
        if sum(len(block) for block in blocks if isinstance(block, list)) > MAX_LINES:
            raise ValueError("too many lines")
        return self


class _Sealed(Strict):
    """The JSON of a seal."""

    xlsxeval: Literal[1]
    edition: Word
    version: Annotated[int, Field(ge=0, le=10**6)]
    definition: Word
    campaign: Word
    year: Annotated[int, Field(ge=1900, le=2200)]
    department: Word
    deadline: dt.date | None
    unit: _SealedUnit
    part: Word | None
    rules: Annotated[RuleSettings, Field(max_length=MAX_SETTINGS)] = Field(default_factory=dict)
    form: Annotated[str, Field(pattern="^[0-9a-f]{64}$")] | None = None

    @field_validator("rules")
    @classmethod
    def _settable(cls, value: RuleSettings) -> RuleSettings:
        if any(not is_settable(code) or len(spec.basis) > MAX_BASIS for code, spec in value.items()):
            raise ValueError("a rule that nobody sets")
        return value


def _text(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def _sign(text: str, key: bytes) -> str:
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
