"""What may stand in an export, kind by kind: anybody can write anything there, so each has its bounds."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field

STRICT = ConfigDict(extra="forbid")
LARGEST = Decimal(10) ** 15
"""A larger number is no figure: Excel itself keeps fifteen digits."""


def _number_text(value: object) -> object:
    """A figure is written as text: a number of JSON would be read as a float by most."""
    if not isinstance(value, (str, Decimal)):
        raise ValueError("a figure is a text")
    return value


def _with_zone(value: dt.datetime) -> dt.datetime:
    if value.tzinfo is None:
        raise ValueError("a moment without its zone")
    return value.astimezone(dt.UTC)


Word = Annotated[str, Field(max_length=500)]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Count = Annotated[int, Field(ge=0, le=10**9, strict=True)]
Number = Annotated[Decimal, BeforeValidator(_number_text), Field(allow_inf_nan=False)]
Figure = Annotated[Number, Field(gt=-LARGEST, lt=LARGEST, max_digits=80)]
Sum = Annotated[Number, Field(max_digits=120, decimal_places=80)]
Figures = dict[Annotated[str, Field(pattern="^(initial|budget|executed|score)$")], Figure]
Sums = dict[Annotated[str, Field(pattern="^(initial|budget|executed)$")], Sum]
Moment = Annotated[dt.datetime, AfterValidator(_with_zone)]
