"""An earlier output of ``check --format json``, read back."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from xlsxeval.errors import UsageError
from xlsxeval.model import Fixed, Place, Severity
from xlsxeval.rules.earlier import EarlierFile

_WAY_OUT = "请用以前 xlsxeval check --format json 写下的文件。"


class _Tolerant(BaseModel):
    """Keys may be added within a schema number."""

    model_config = ConfigDict(extra="ignore")


class _Unit(_Tolerant):
    code: str


class _Finding(_Tolerant):
    code: str
    severity: Severity
    message: str
    fingerprint: str = Field(pattern=r"^[0-9a-f]{16}$")
    sheet: str | None = None
    cell: str | None = None
    field: str | None = None
    label: str | None = None
    shown: str | None = None


class _File(_Tolerant):
    path: str
    campaign: str | None
    unit: _Unit | None
    forms: list[str]
    findings: list[_Finding]


class _Check(_Tolerant):
    schema_: Literal[1] = Field(alias="schema")
    files: list[_File]


def read_check_json(data: bytes, name: str) -> list[EarlierFile]:
    """The files of an earlier run. Raises UsageError, which says ``name``, for anything else."""
    try:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
        read = _Check.model_validate_json(text)
    except UnicodeDecodeError:
        raise UsageError(f"{name} 不是 UTF-8 文本，读不了上次的结果。{_WAY_OUT}") from None
    except ValidationError as error:
        fault = error.errors()[0]
        if fault["type"] == "json_invalid":
            raise UsageError(f"{name} 不是 JSON，或者没有写完，读不了上次的结果。{_WAY_OUT}") from None
        where = ".".join(str(part) for part in fault["loc"])
        raise UsageError(f"{name} 不是 check 的结果（{where or '开头'} 不符），读不了上次的结果。{_WAY_OUT}") from None
    return [
        EarlierFile(
            file.path,
            file.campaign,
            file.unit.code if file.unit else None,
            tuple(file.forms),
            tuple(_fixed(finding) for finding in file.findings),
        )
        for file in read.files
    ]


def _fixed(finding: _Finding) -> Fixed:
    place = Place(finding.sheet, finding.cell, finding.field)
    return Fixed(
        finding.code, finding.severity, finding.message, finding.fingerprint, place, finding.label, finding.shown
    )
