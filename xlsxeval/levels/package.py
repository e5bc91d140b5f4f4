"""The zip that goes up: the export's text, its signature, the workbooks and the exports of the levels below.

Only the text is signed; it names everything else by SHA-256. Members are stored as they are and dated alike, so the same
content gives the same bytes. Reading is strict: it is our own format, and nobody else writes it.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from pydantic import ConfigDict, Field, TypeAdapter

from xlsxeval.errors import XlsxevalError
from xlsxeval.file_kinds import EXPORT_NAME, ZIP
from xlsxeval.intake.container import DirectoryEntry, inflate, read_directory
from xlsxeval.intake.rejected import Rejected
from xlsxeval.levels.export import Export, export_text, read_text
from xlsxeval.levels.kinds import STRICT, Word
from xlsxeval.limits import Limits

SIGNATURE_NAME = "xlsxeval-signature.json"
_SIGNATURE_BYTES = 10_000
_LOCAL_HEADER = 30
_DATE = (2024, 1, 1, 0, 0, 0)


class Refused(XlsxevalError):  # noqa: N818 - it names what became of the export
    """The export is not taken; ``code`` is a word for programs, the message says why and what to do."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed, and the signature in base64."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    schema: Literal[1]
    algorithm: Literal["Ed25519"]
    key: Word
    signature: Annotated[bytes, Field(max_length=200)]


_SIGNATURE = TypeAdapter(Signature)


@dataclass(frozen=True, slots=True)
class ExportPackage:
    """An export's zip, read but not yet believed. ``text`` is what was signed."""

    text: bytes
    signature: Signature
    entries: Mapping[str, DirectoryEntry]
    data: bytes

    def export(self) -> Export:
        """What the text says. Raises Refused where it is no export."""
        try:
            return read_text(self.text)
        except ValueError as error:
            version = _schema_of(self.text)
            if version is not None and version > 1:
                raise Refused("export-newer", f"上报包是更新的 xlsxeval 做的（格式第 {version} 版），请升级") from None
            raise Refused("export-damaged", f"上报包的内容不合格式：{_first_fault(error)}。请下级重新上报") from None

    def content(self, name: str, sha256: str, most: int) -> bytes:
        """A member. Raises Refused where it is missing, too large, damaged, or not what was signed for."""
        entry = self.entries.get(name)
        if entry is None:
            raise Refused("export-changed", f"签名时有 {name}，现在包里没有：签名以后被人改过，请下级重新上报")
        try:
            found = inflate(self.data, entry, most)
        except Rejected as error:
            raise Refused("export-damaged", f"上报包损坏：{error.fault.detail}。请下级重新发送") from None
        if hashlib.sha256(found).hexdigest() != sha256:
            raise Refused("export-changed", f"{name} 不是签名时的内容：签名以后被人换过，请下级重新上报")
        return found


def workbook_name(sha256: str) -> str:
    """Where a returned workbook lies in the zip."""
    return f"workbooks/{sha256}.xlsx"


def lower_name(sha256: str) -> str:
    """Where the export of a level below lies in the zip."""
    return f"lower/{sha256}.zip"


def pack(export: Export, private: bytes, workbooks: Iterable[bytes] = (), exports: Iterable[bytes] = ()) -> bytes:
    """The signed zip. ``workbooks`` and ``exports`` are the contents that the export lists, in any order."""
    from xlsxeval.levels.signing import public_key, sign  # the library only where something is signed

    text = export_text(export)
    signature = base64.b64encode(sign(private, text)).decode("ascii")
    head = {"schema": 1, "algorithm": "Ed25519", "key": public_key(private), "signature": signature}
    members = {EXPORT_NAME: text, SIGNATURE_NAME: (json.dumps(head, indent=1) + "\n").encode()}
    members |= {workbook_name(digest): data for digest, data in _by_digest(workbooks)}
    members |= {lower_name(digest): data for digest, data in _by_digest(exports)}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, _DATE), data)
    return buffer.getvalue()


def is_export(data: bytes) -> bool:
    """Whether a file is an export: by its first member, which also a file that was cut off has; or by its directory."""
    if not data.startswith(ZIP):
        return False
    if data.startswith(EXPORT_NAME.encode(), _LOCAL_HEADER):
        return True
    try:
        return any(entry.name == EXPORT_NAME for entry in read_directory(data, _limits(1 << 16)))
    except Rejected:
        return False


def read_package(data: bytes, members: int, most: int) -> ExportPackage:
    """The zip with its directory read. Raises Refused where it is cut off, hostile, or lacks what every export has."""
    try:
        entries = {entry.name: entry for entry in read_directory(data, _limits(members))}
        text, signature = (
            inflate(data, entries[name], bound)
            for name, bound in ((EXPORT_NAME, most), (SIGNATURE_NAME, _SIGNATURE_BYTES))
        )
    except Rejected as error:
        raise Refused("export-damaged", f"上报包打不开：{error.fault.detail}。请下级重新发送") from None
    except KeyError as missing:
        raise Refused("export-damaged", f"上报包里没有 {missing.args[0]}，不完整。请下级重新发送") from None
    return ExportPackage(text, _signature(signature), entries, data)


def _signature(data: bytes) -> Signature:
    try:
        found = _SIGNATURE.validate_json(data)
        return Signature(found.schema, found.algorithm, found.key, base64.b64decode(found.signature, validate=True))
    except ValueError:
        raise Refused("export-damaged", f"上报包里的 {SIGNATURE_NAME} 读不出来。请下级重新上报") from None


def _limits(members: int) -> Limits:
    return Limits(entries=members)


def _by_digest(contents: Iterable[bytes]) -> list[tuple[str, bytes]]:
    return sorted((hashlib.sha256(data).hexdigest(), data) for data in contents)


def _schema_of(text: bytes) -> int | None:
    """The version that a text of another version says it has."""
    try:
        version = json.loads(text).get("schema")
    except (ValueError, AttributeError, RecursionError):
        return None
    return version if isinstance(version, int) else None


def _first_fault(error: ValueError) -> str:
    """The first fault of a validation: its place, without what stands there."""
    faults = getattr(error, "errors", None)
    if faults is None:
        return "不是 JSON"
    first = faults()[0]
    return ".".join(map(str, first["loc"])) or "不是 JSON"
