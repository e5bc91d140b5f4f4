"""An export opened down all its levels: who signed it, whether it is the one expected, whether anything was changed since."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from xlsxeval.file_kinds import EXPORT_NAME
from xlsxeval.forms.public_keys import fingerprint
from xlsxeval.levels.export import Export, FileRef, Lower
from xlsxeval.levels.package import (
    SIGNATURE_NAME,
    ExportPackage,
    Refused,
    lower_name,
    read_package,
    workbook_name,
)
from xlsxeval.limits import Limits


@dataclass(frozen=True, slots=True)
class ExportBounds:
    """How much an export may ask of us, with all the exports in it."""

    members: int = 20_000
    """Members of one zip."""
    text_bytes: int = 64 * 1024 * 1024
    """The export's text."""
    workbook_bytes: int = Limits().file_bytes
    """One returned workbook."""
    export_bytes: int = 256 * 1024 * 1024
    """An export in an export."""
    total_bytes: int = 1024 * 1024 * 1024
    """All that is inflated, over all levels."""
    depth: int = 4
    """Levels in one another: 乡, 县, 市, 省."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What an export from the holder of a key must be of; None where anything may stand."""

    year: int
    campaign: str | None = None
    edition: str | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """An export whose signature holds and whose contents are those that were signed for.

    ``lower`` are the levels below it, each with its export, with why that was refused, or with None where it has none.
    """

    export: Export
    key: str
    sha256: str
    package: ExportPackage
    lower: tuple[tuple[Lower, Opened | Refused | None], ...]

    def workbook(self, file: FileRef) -> bytes:
        """A returned workbook that it lists."""
        return self.package.content(workbook_name(file.sha256), file.sha256, ExportBounds().workbook_bytes)


@dataclass(slots=True)
class _Purse:
    """What may still be inflated."""

    left: int

    def take(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise Refused("export-too-large", "上报包连同里面的下级包太大，没有全部打开。请下级分开上报")


def open_export(
    data: bytes, known: Mapping[str, Expected], own: str | None = None, bounds: ExportBounds | None = None
) -> Opened:
    """The export, proven as far as a signature proves anything. ``known`` are the keys that may sign it.

    ``own`` is the key of who opens it: an export that comes back to where it was made is a circle. Raises Refused. What
    is wrong with an export inside is not raised: it stands in ``lower``.
    """
    bounds = bounds or ExportBounds()
    above = () if own is None else (own,)
    return _Opener(bounds, _Purse(bounds.total_bytes)).open(data, known, above)


@dataclass(frozen=True, slots=True)
class _Opener:
    bounds: ExportBounds
    purse: _Purse

    def open(self, data: bytes, known: Mapping[str, Expected], above: tuple[str, ...], depth: int = 1) -> Opened:
        """``above`` are the keys of the levels above, ``depth`` is which level this is, from 1."""
        self.purse.take(len(data))
        package = read_package(data, self.bounds.members, self.bounds.text_bytes)
        key = package.signature.key
        expected = self._expected(package, known, above)
        export = package.export()
        _require(export, expected)
        _require_once(export)
        self._prove_contents(package, export)
        return Opened(
            export, key, hashlib.sha256(data).hexdigest(), package, self._lower(package, export, (*above, key), depth)
        )

    def _expected(self, package: ExportPackage, known: Mapping[str, Expected], above: tuple[str, ...]) -> Expected:
        """Nothing of the text is believed before this."""
        from xlsxeval.levels.signing import is_signed  # the library only where a signature is proven

        key = package.signature.key
        try:
            shown = fingerprint(key)
        except ValueError:
            raise Refused("export-damaged", "上报包里的公钥不像公钥。请下级重新上报") from None
        if key in above:
            raise Refused("export-circle", "这是自己（或自己的上级）做的上报包，绕了一圈又回来了，不能再收进来")
        expected = known.get(key)
        if expected is None:
            raise Refused(
                "export-unregistered",
                f"签名的公钥没有登记（公钥 {key}，校验码 {shown}）。打电话与下级核对校验码，相符的写进任务的 levels，再收一次",
            )
        if not is_signed(key, package.text, package.signature.signature):
            raise Refused("export-changed", "签名不对：上报包在签名以后被人改过，或者不是这个下级做的。请下级重新上报")
        return expected

    def _prove_contents(self, package: ExportPackage, export: Export) -> None:
        listed = {EXPORT_NAME, SIGNATURE_NAME}
        listed |= {lower_name(lower.sha256) for lower in export.lower if lower.sha256 is not None}
        for file in export.files if export.workbooks else ():
            name = workbook_name(file.sha256)
            if name not in listed:
                listed.add(name)
                self.purse.take(len(package.content(name, file.sha256, self.bounds.workbook_bytes)))
        strange = sorted(package.entries.keys() - listed)
        if strange:
            raise Refused(
                "export-changed", f"包里多了签名时没有的 {strange[0]} 等 {len(strange)} 个文件：签名以后被人改过"
            )

    def _lower(
        self, package: ExportPackage, export: Export, above: tuple[str, ...], depth: int
    ) -> tuple[tuple[Lower, Opened | Refused | None], ...]:
        return tuple((lower, self._one(package, export, lower, above, depth)) for lower in export.lower)

    def _one(
        self, package: ExportPackage, export: Export, lower: Lower, above: tuple[str, ...], depth: int
    ) -> Opened | Refused | None:
        if lower.sha256 is None:
            return None
        if depth >= self.bounds.depth:
            return Refused("export-too-deep", f"上报包一层套一层，超过 {self.bounds.depth} 层，没有再打开")
        try:
            data = package.content(lower_name(lower.sha256), lower.sha256, self.bounds.export_bytes)
            return self.open(data, {lower.key: Expected(export.year)}, above, depth + 1)
        except Refused as refused:
            return refused


def _require_once(export: Export) -> None:
    """Nothing that counts may be listed twice: no unit, no level below."""
    listed = {
        "单位": [unit.code for unit in export.units],
        "下级": [lower.key for lower in export.lower],
        "下级的上报包": [lower.sha256 for lower in export.lower if lower.sha256 is not None],
    }
    for what, names in listed.items():
        twice = next((name for name, count in Counter(names).items() if count > 1), None)
        if twice is not None:
            raise Refused("export-repeats", f"上报包把同一个{what}列了不止一次（{twice}），数会重复计。请下级重新上报")


def _require(export: Export, expected: Expected) -> None:
    if export.year != expected.year:
        raise Refused("export-other-year", f"是 {export.year} 年度的，这个任务是 {expected.year} 年度")
    if expected.campaign is not None and export.campaign != expected.campaign:
        raise Refused(
            "export-other-campaign",
            f"是任务「{export.campaign}」的上报包，登记的是「{expected.campaign}」。拿错了请下级重新上报；登记错了请改任务的 levels",
        )
    if expected.edition is not None and export.edition != expected.edition:
        raise Refused(
            "export-other-edition",
            f"用的是表样版本「{export.edition}」，登记的是「{expected.edition}」。用错了请下级改；登记错了请改任务的 levels",
        )
