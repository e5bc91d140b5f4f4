"""Compound files (OLE), as Office 97-2003 and Outlook write them: storages and streams by their paths."""

from __future__ import annotations

import struct
from collections.abc import Mapping

_SECTOR, _MINI, _CUTOFF = 512, 64, 4096
_END, _FREE, _FAT, _NONE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFF
_STORAGE, _STREAM, _ROOT = 1, 2, 5


def compound(streams: Mapping[str, bytes]) -> bytes:
    """A compound file of these streams; the path of one is ``storage/stream``."""
    paths = sorted({path.rpartition("/")[0][:at] for path in streams for at in _ends(path.rpartition("/")[0])})
    nodes: list[tuple[str, int]] = [("", _ROOT), *((path, _STORAGE) for path in paths if path)]
    nodes += [(path, _STREAM) for path in streams]
    small = {path: content for path, content in streams.items() if len(content) < _CUTOFF}
    mini, mini_chain, starts = bytearray(), [], {}
    for path, content in small.items():
        starts[path] = len(mini) // _MINI if content else _END
        _chain(mini_chain, len(mini) // _MINI, -(-len(content) // _MINI))
        mini += _padded(content, _MINI)
    chain: list[int] = []
    body = bytearray()

    def put(content: bytes) -> int:
        if not content:
            return _END
        start = len(body) // _SECTOR
        _chain(chain, start, -(-len(content) // _SECTOR))
        body.extend(_padded(content, _SECTOR))
        return start

    starts |= {path: put(content) for path, content in streams.items() if path not in small}
    mini_start = put(bytes(mini))
    mini_table = put(b"".join(struct.pack("<L", one) for one in mini_chain))
    starts[""] = mini_start
    sizes = {"": len(mini)} | {path: len(content) for path, content in streams.items()}
    entries = zip(nodes, _links(nodes), strict=True)
    directory = put(
        b"".join(_entry(node, links, starts.get(node[0], 0), sizes.get(node[0], 0)) for node, links in entries)
    )
    tables = 1
    while (len(chain) + tables) * 4 > tables * _SECTOR:
        tables += 1
    first = len(chain)
    chain += [_FAT] * tables
    table = _padded(b"".join(struct.pack("<L", one) for one in chain), _SECTOR, b"\xff")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack(
        "<9L", 0, tables, directory, 0, _CUTOFF, mini_table, -(-len(mini_chain) * 4 // _SECTOR), _END, 0
    )
    head += b"".join(struct.pack("<L", first + at if at < tables else _FREE) for at in range(109))
    return head + bytes(body) + table


def _ends(folder: str) -> list[int]:
    return [at for at in range(1, len(folder) + 1) if at == len(folder) or folder[at] == "/"]


def _chain(chain: list[int], start: int, length: int) -> None:
    chain.extend(start + at + 1 if at + 1 < length else _END for at in range(length))


def _padded(content: bytes, size: int, filler: bytes = b"\0") -> bytes:
    return content + filler * (-len(content) % size)


def _links(nodes: list[tuple[str, int]]) -> list[list[int]]:
    """Left, right and child of each entry: the children of a storage are a balanced tree."""
    links = [[_NONE] * 3 for _ in nodes]
    inside: dict[str, list[int]] = {}
    for at, (path, _) in enumerate(nodes[1:], 1):
        inside.setdefault(path.rpartition("/")[0], []).append(at)

    def tree(ordered: list[int]) -> int:
        if not ordered:
            return _NONE
        middle = len(ordered) // 2
        links[ordered[middle]][:2] = tree(ordered[:middle]), tree(ordered[middle + 1 :])
        return ordered[middle]

    for at, (path, kind) in enumerate(nodes):
        if kind != _STREAM:
            children = inside.get(path, [])
            links[at][2] = tree(sorted(children, key=lambda one: (len(_name(nodes[one])), _name(nodes[one]).upper())))
    return links


def _name(node: tuple[str, int]) -> str:
    return "Root Entry" if node[1] == _ROOT else node[0].rpartition("/")[2]


def _entry(node: tuple[str, int], links: list[int], start: int, size: int) -> bytes:
    name = _name(node).encode("utf-16-le") + b"\0\0"
    head = name.ljust(64, b"\0") + struct.pack("<HBB3L", len(name), node[1], 1, *links)
    return head + bytes(36) + struct.pack("<LQ", start, size)
