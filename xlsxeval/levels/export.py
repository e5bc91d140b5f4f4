"""``xlsxeval-export.json``: all that a campaign hands up, as values, and as the text that is signed."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Final, Literal

from pydantic import ConfigDict, Field, TypeAdapter

from xlsxeval.levels.figures import LevelTotals, ReturnStatus, figure_text
from xlsxeval.levels.kinds import STRICT, Count, Figure, Figures, Moment, Sha256, Word

SCHEMA: Final = 1
_MOST_UNITS, _MOST_LINES = 20_000, 500


@dataclass(frozen=True, slots=True)
class FileRef:
    """A returned workbook of a unit; ``part`` is None where it holds all forms."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    sha256: Sha256
    name: Word
    part: Word | None = None


@dataclass(frozen=True, slots=True)
class ExportedWaiver:
    """A finding that the lower level accepts as it is."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    code: Word
    place: Word
    by: Word
    date: Word
    reason: Word


@dataclass(frozen=True, slots=True)
class ExportedProject:
    """One project's figures."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    name: Word
    amounts: Figures


@dataclass(frozen=True, slots=True)
class ExportedUnit:
    """One unit of the lower level. ``money`` follows the export's columns; ``codes`` counts open findings by rule."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    code: Word
    name: Word
    status: ReturnStatus
    sent: bool
    amounts: Figures = field(default_factory=dict)
    projects: Annotated[tuple[ExportedProject, ...], Field(max_length=_MOST_LINES)] = ()
    money: Annotated[tuple[Figure | None, ...], Field(max_length=_MOST_LINES)] = ()
    errors: Count = 0
    warnings: Count = 0
    codes: Annotated[dict[Word, Count], Field(max_length=_MOST_LINES)] = field(default_factory=dict)
    waived: Annotated[tuple[ExportedWaiver, ...], Field(max_length=10_000)] = ()
    files: Annotated[tuple[FileRef, ...], Field(max_length=_MOST_LINES)] = ()
    remark: Word = ""


@dataclass(frozen=True, slots=True)
class Lower:
    """A level below the one that hands up: its export lies inside (``sha256``), None where it handed nothing up."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    code: Word
    name: Word
    key: Word
    sha256: Sha256 | None = None


@dataclass(frozen=True, slots=True)
class Export:
    """What a campaign hands up. ``own`` are its units' totals, ``total`` those with the levels below it.

    ``digest`` is the campaign's, ``edition_digest`` its edition's; ``workbooks``: whether they lie inside.
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    schema: Literal[1]
    campaign: Word
    year: Annotated[int, Field(ge=1900, le=2200, strict=True)]
    edition: Word
    edition_digest: Word
    digest: Word
    department: Word
    made: Moment
    program: Word
    workbooks: bool
    money: Annotated[tuple[Word, ...], Field(max_length=_MOST_LINES)]
    units: Annotated[tuple[ExportedUnit, ...], Field(max_length=_MOST_UNITS)]
    own: LevelTotals
    lower: Annotated[tuple[Lower, ...], Field(max_length=_MOST_LINES)]
    total: LevelTotals

    @property
    def files(self) -> Sequence[FileRef]:
        """Every returned workbook that it lists."""
        return [file for unit in self.units for file in unit.files]


_ADAPTER = TypeAdapter(Export)


def export_text(export: Export) -> bytes:
    """The export as it is signed: the same values give the same bytes."""
    text = json.dumps(asdict(export), ensure_ascii=False, indent=1, sort_keys=True, default=plain)
    return (text + "\n").encode("utf-8", "replace")


def read_text(data: bytes) -> Export:
    """The export that was written so. Raises ValueError for anything else, with the place and what is wrong."""
    try:
        return _ADAPTER.validate_json(data)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def plain(value: object) -> Any:
    """Figures and moments as JSON has them. Raises TypeError for anything else."""
    if isinstance(value, Decimal):
        return figure_text(value)
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")
    raise TypeError(type(value).__name__)
