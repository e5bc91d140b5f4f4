"""Verdicts as two tables of Parquet, and back: ``files`` has a row for each file, ``findings`` one for each finding.

Described in docs/internals/formats.md. What a verdict has from an earlier run or an exception on record is not in them: they hold
what each file alone tells.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from xlsxeval.errors import UsageError
from xlsxeval.forms.settings import RuleSetting
from xlsxeval.model import Finding, Place, Severity
from xlsxeval.output.characters import encodable
from xlsxeval.output.records import fingerprint
from xlsxeval.rules.facts import Facts, Overwritten
from xlsxeval.rules.verdict import Subject, Verdict

if TYPE_CHECKING:
    import pyarrow as pa

SUFFIX = ".parquet"
_PLACE = {"sheet": "text", "cell": "text", "field": "text"}
_SETTING = {"code": "text", "severity": "text", "set_by": "text", "basis": "text"}
FILES: Mapping[str, Any] = {
    **dict.fromkeys(
        ("path", "sha256", "status", "campaign", "edition", "unit_code", "unit_name", "part", "seal"), "text"
    ),
    "forms": ["text"],
    **dict.fromkeys(("errors", "warnings", "infos"), "number"),
    "settings": [_SETTING],
    "parts": ["text"],
    "overwritten": [{**_PLACE, "sent": "text", "shown": "text"}],
}
"""The columns of ``files``: a word for a type, a list of one for a list, a mapping for a structure."""
FINDINGS: Mapping[str, Any] = {
    **dict.fromkeys(("path", "sha256", "unit_code", "code", "slug", "severity"), "text"),
    **_PLACE,
    **dict.fromkeys(("label", "shown", "expected", "message", "fix", "basis", "working", "severity_set_by"), "text"),
    "aspect": "text",
    "occurrence": "number",
    "related": [_PLACE],
    "fingerprint": "text",
}
"""The columns of ``findings``."""


def tables_of(verdicts: Sequence[Verdict]) -> tuple[bytes, bytes]:
    """``files`` and ``findings``, in the order of the verdicts. Raises UsageError where pyarrow is not installed."""
    files = [_file(verdict) for verdict in verdicts]
    findings = [_finding(finding, verdict) for verdict in verdicts for finding in verdict.findings]
    return _written(files, FILES), _written(findings, FINDINGS)


def verdicts_of(files: bytes, findings: bytes) -> list[Verdict]:
    """The verdicts again. Raises UsageError where the tables are no such ones."""
    try:
        found = defaultdict(list)
        for row in _rows(findings):
            found[row["path"]].append(_finding_again(row))
        return [_verdict_again(row, tuple(found[row["path"]])) for row in _rows(files)]
    except (KeyError, ValueError, TypeError, OSError) as error:
        raise UsageError(f"Parquet 文件不是核对结果，或者坏了（{error}）。请删掉它，再运行一次。") from None


def _file(verdict: Verdict) -> dict[str, Any]:
    subject, facts = verdict.subject, verdict.facts or Facts()
    counts = {f"{kind.value}s": sum(one.severity is kind for one in verdict.findings) for kind in Severity}
    return {
        "path": verdict.path,
        "sha256": verdict.sha256 or None,
        "status": verdict.status,
        "campaign": subject.campaign if subject else None,
        "edition": subject.edition if subject else None,
        "unit_code": subject.code if subject else None,
        "unit_name": subject.name if subject else None,
        "part": subject.part if subject else None,
        "seal": subject.seal_state if subject else None,
        "forms": list(subject.forms) if subject else [],
        **counts,
        "settings": [{**asdict(one), "severity": one.level} for one in verdict.settings],
        "parts": list(facts.parts),
        "overwritten": [{**asdict(one.place), "sent": one.sent, "shown": one.shown} for one in facts.overwritten],
    }


def _finding(finding: Finding, verdict: Verdict) -> dict[str, Any]:
    row = {name: getattr(finding, name, None) for name in FINDINGS}
    return {
        **row,
        **asdict(finding.place),
        "path": verdict.path,
        "sha256": verdict.sha256 or None,
        "unit_code": verdict.subject.code if verdict.subject else None,
        "severity": finding.severity.value,
        "related": [asdict(place) for place in finding.related],
        "fingerprint": fingerprint(finding, verdict),
    }


def _verdict_again(row: Mapping[str, Any], findings: tuple[Finding, ...]) -> Verdict:
    if row["status"] == "rejected":
        return Verdict(row["path"], row["sha256"] or "", None, findings)
    whose = (row["unit_code"], row["unit_name"], row["campaign"], row["edition"])
    overwritten = tuple(Overwritten(_place(one), one["sent"], one["shown"]) for one in row["overwritten"])
    return Verdict(
        row["path"],
        row["sha256"] or "",
        Subject(*whose, tuple(row["forms"]), row["part"], row["seal"]),
        findings,
        settings=tuple(_setting(one) for one in row["settings"]),
        facts=Facts(overwritten, tuple(row["parts"])),
    )


def _finding_again(row: Mapping[str, Any]) -> Finding:
    taken = ("code", "slug", "message", "fix", "basis", "label", "shown", "expected", "working", "severity_set_by")
    return Finding(
        **{name: row[name] for name in (*taken, "aspect", "occurrence")},
        severity=Severity(row["severity"]),
        place=_place(row),
        related=tuple(_place(one) for one in row["related"]),
    )


def _setting(row: Mapping[str, Any]) -> RuleSetting:
    severity = None if row["severity"] == "off" else Severity(row["severity"])
    return RuleSetting(row["code"], severity, row["set_by"], row["basis"])


def _place(row: Mapping[str, Any]) -> Place:
    return Place(row["sheet"], row["cell"], row["field"])


def _written(rows: Sequence[Mapping[str, Any]], columns: Mapping[str, Any]) -> bytes:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise UsageError("写 Parquet 要用 pyarrow，还没有安装。请先运行：pip install 'xlsxeval[parquet]'") from None
    schema = pa.schema([(name, _type(kind)) for name, kind in columns.items()])
    sink = io.BytesIO()
    pq.write_table(pa.Table.from_pylist([_storable(row) for row in rows], schema=schema), sink)
    return sink.getvalue()


def _rows(content: bytes) -> list[dict[str, Any]]:
    import pyarrow.parquet as pq

    rows: list[dict[str, Any]] = pq.read_table(io.BytesIO(content)).to_pylist()
    return rows


def _type(kind: Any) -> pa.DataType:
    import pyarrow as pa

    if isinstance(kind, list):
        return pa.list_(_type(kind[0]))
    if isinstance(kind, Mapping):
        return pa.struct([(name, _type(inner)) for name, inner in kind.items()])
    return {"text": pa.string(), "number": pa.int32()}[kind]


def _storable(value: Any) -> Any:
    """Texts that no UTF-8 can hold (names of files) with signs in their place."""
    if isinstance(value, str):
        return encodable(value)
    if isinstance(value, Mapping):
        return {name: _storable(inner) for name, inner in value.items()}
    return [_storable(inner) for inner in value] if isinstance(value, list) else value
