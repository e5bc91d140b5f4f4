"""An Open XML package: named parts, their content types, and the relations between them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from xlsxeval.fault_codes import FaultCode
from xlsxeval.file_kinds import CONTENT_TYPES
from xlsxeval.intake.container import DirectoryEntry, inflate, part_key, read_directory
from xlsxeval.intake.markup import Budget, parse
from xlsxeval.intake.rejected import Rejected, refusal
from xlsxeval.intake.schema import NAMESPACES, Attributes, Schema
from xlsxeval.limits import Limits

ROOT = ""
"""The package itself as the source of relations."""
_KEPT = 8 * 1024 * 1024
"""Of an ordinary workbook, which has so many bytes at most when inflated, each part is inflated once only."""
_STRICT_RELATION = "http://purl.oclc.org/ooxml/"


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation of a part.

    ``kind`` is the last step of its type, such as ``worksheet``; a type that is none of Open XML's own is told whole.
    """

    id: str
    kind: str
    target: str
    """The name of a part of this package, or the address outside it."""
    external: bool
    climbs: bool = False
    """The target lies above the package, where there is nothing: programs take it for different parts, or for none."""

    @property
    def part(self) -> str:
        """The name of the part, for who follows the relation. Raises Rejected F012 where it leads out of the package."""
        if self.climbs:
            raise refusal(FaultCode.UNSAFE_PART_NAME, f"部件关系指向工作簿以外的位置，目标是 {self.target[:100]!r}")
        return self.target


class Package:
    """The parts of one received file. Nothing is inflated before it is asked for, and never beyond the limits."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        """Reads the zip directory only; raises Rejected as ``read_directory`` does."""
        self._data = data
        self._limits = limits
        self._budget = Budget(limits)
        self._entries = {entry.key: entry for entry in read_directory(data, limits)}
        self._kept: dict[str, bytes] = {}
        self._defaults: dict[str, str] = {}
        self._overrides: dict[str, str] = {}

    @property
    def limits(self) -> Limits:
        """The bounds that this package is read with."""
        return self._limits

    @property
    def budget(self) -> Budget:
        """What may still be read of it."""
        return self._budget

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all parts in the order of the directory, ``[Content_Types].xml`` and relations included."""
        return tuple(entry.name for entry in self._entries.values())

    def __contains__(self, name: str) -> bool:
        return part_key(name) in self._entries

    def contents(self) -> Iterator[tuple[str, bytes | None]]:
        """Every part with its content, one after the other, the inflated bytes counted over all of them.

        A damaged part has none: whoever reads it is refused, and nobody may ever ask.
        """
        left = self._limits.total_bytes
        for entry in self._entries.values():
            try:
                content = inflate(self._data, entry, min(left, self._limits.part_bytes))
            except Rejected as rejection:
                if rejection.fault.code != FaultCode.INCOMPLETE_FILE:
                    raise
                left -= min(entry.size, left)
                yield entry.name, None
                continue
            left -= len(content)
            if self._limits.total_bytes - left <= _KEPT:
                self._kept[entry.key] = content
            yield entry.name, content

    def read(self, name: str) -> bytes:
        """The content of one part; raises Rejected F003 if there is none of that name."""
        entry = self._entry(name)
        kept = self._kept.get(entry.key)
        return inflate(self._data, entry, self._limits.part_bytes) if kept is None else kept

    def parse(self, name: str, schema: Schema) -> None:
        """Run over one XML part; raises Rejected as ``markup.parse`` does."""
        parse(self.read(name), self._entry(name).name, schema, self._limits, self._budget)

    def read_content_types(self) -> None:
        """Read the list of content types; before, no part has one."""

        def default(attributes: Attributes) -> None:
            self._defaults[attributes.get("Extension", "").casefold()] = attributes.get("ContentType", "")

        def override(attributes: Attributes) -> None:
            name = attributes.get("PartName", "").removeprefix("/")
            content_type = attributes.get("ContentType", "")
            if self._overrides.setdefault(part_key(name), content_type) != content_type:
                raise refusal(FaultCode.DUPLICATE_PART, f"部件 {name[:100]!r} 写了两种类型")

        schema = Schema()
        schema.on("ct:Types/ct:Default", default)
        schema.on("ct:Types/ct:Override", override)
        self.parse(CONTENT_TYPES, schema)

    def content_type(self, name: str) -> str:
        """The content type of a part; empty if nobody declared it."""
        by_extension = self._defaults.get(name.rpartition(".")[2].casefold(), "")
        return self._overrides.get(part_key(name), by_extension)

    def declared(self, content_type: str) -> set[str]:
        """The keys of the parts that the list of content types names one by one with this type."""
        return {key for key, kind in self._overrides.items() if kind == content_type and key in self._entries}

    def relations(self, source: str) -> tuple[Relation, ...]:
        """The relations of a part, or of the package for ``ROOT``.

        Raises Rejected: F023 for those of strict Open XML, F026 for two of one name.
        """
        folder, _, leaf = source.rpartition("/")
        name = posixpath.join(folder, "_rels", f"{leaf}.rels")
        if name not in self:
            return ()
        found: dict[str, Relation] = {}

        def relation(attributes: Attributes) -> None:
            uri = attributes.get("Type", "")
            if uri.startswith(_STRICT_RELATION):
                raise refusal(FaultCode.STRICT_OPEN_XML, f"部件 {name} 是“严格 Open XML”格式")
            external = attributes.get("TargetMode", "").casefold() == "external"
            target, climbs = attributes.get("Target", ""), False
            if not external:
                target, climbs = _resolve(folder, target)
            identifier = attributes.get("Id", "")
            made = Relation(identifier, _kind(uri), target, external, climbs)
            if found.setdefault(identifier, made) != made:
                raise refusal(FaultCode.WRITTEN_TWICE, f"部件 {name} 里有两个关系都叫 {identifier[:40]!r}")

        schema = Schema()
        schema.on("pr:Relationships/pr:Relationship", relation)
        self.parse(name, schema)
        return tuple(found.values())

    def _entry(self, name: str) -> DirectoryEntry:
        entry = self._entries.get(part_key(name))
        if entry is None:
            raise refusal(FaultCode.INCOMPLETE_FILE, f"工作簿里缺少部件 {name}")
        return entry


def _kind(uri: str) -> str:
    base, _, last = uri.rpartition("/")
    return last if base == NAMESPACES["r"] else uri


def _resolve(folder: str, target: str) -> tuple[str, bool]:
    """The part that a relation in ``folder`` points to, as a name without a slash in front, and whether it lies above all parts.

    LibreOffice writes such relations by mistake (``../customXml/item1.xml`` of the package itself).
    """
    path = unquote(target.partition("#")[0]).replace("\\", "/")
    if not path:
        return "", False
    name = posixpath.normpath(posixpath.join("/", folder, path))
    climbs = posixpath.normpath(posixpath.join(folder, path)).startswith("..") and not path.startswith("/")
    return name.lstrip("/"), climbs
