"""Requests that no browser makes, for every route of the portal: methods, parts, parameters, headers, bodies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

_METHODS = ("GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "QUERY", "get")
_WORDS = (
    "", "0", "1", "-1", "99999999999999999999", "1e309", "NaN", "null", "..", "../../etc/passwd", "..%2f..%2f", "%00", "%ff", "%0d%0aX:1",
    "a" * 3000, "汉字" * 300, "\U0001f600", "' OR 1=1 --", "{{7*7}}", "<script>",
    "passed", "organiser", "on", "2025-02-30", "0" * 64, "\x00", "\r\nX: y", "=1+1", "431223101",
)  # fmt: skip
_FIELDS = (
    "name", "password", "again", "old", "unit", "text", "person", "state", "note", "reason", "file", "source", "rule", "cell", "number",
    "deadline", "what", "role", "digest", "renew", "remind", "n", "code", "severity", "sheet", "csrf", "files", "archive", "closed",
)  # fmt: skip
_HEADERS = (
    ("Cookie", "xlsxeval-portal=x; =; ;;"), ("Content-Type", "multipart/form-data"), ("Content-Type", "multipart/form-data; boundary="),
    ("Content-Type", "application/json"), ("Content-Type", "text/plain; charset=汉"), ("User-Agent", "MicroMessenger " * 200),
    ("Accept-Language", "q=,;"), ("Range", "bytes=0-1,5-2"), ("If-Modified-Since", "never"), ("Referer", "::"), ("Origin", "null"),
    ("Sec-Fetch-Site", "cross-site"), ("X-CSRF-Token", "é"), ("Transfer-Encoding", "chunked"), ("Expect", "100-continue"),
)  # fmt: skip


@dataclass(frozen=True)
class OddRequest:
    """A request. ``fields`` may hold one name several times; ``body`` is sent instead where it is not None."""

    method: str
    path: str
    query: list[tuple[str, str]] = field(default_factory=list)
    fields: list[tuple[str, str]] = field(default_factory=list)
    files: list[tuple[str, bytes]] = field(default_factory=list)
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: bytes | None = None


def odd_requests(addresses: list[tuple[str, str]], books: list[bytes], seed: int) -> Iterator[OddRequest]:
    """Without end: each for one of the addresses, given with their methods and with ``<…>`` where a part may be anything."""
    random = Random(seed)
    while True:
        method, address = random.choice(addresses)
        path = "/".join(_part(random, part) for part in address.split("/"))
        pairs = [(random.choice(_FIELDS), random.choice(_WORDS)) for _ in range(random.randrange(8))]
        files = []
        if random.random() < 0.3:
            data = bytearray(random.choice([*books, b"", b"PK\x03\x04", bytes(range(256)) * 4]))
            for _ in range(random.randrange(4)):
                if data:
                    data[random.randrange(len(data))] = random.randrange(256)
            files.append((random.choice(_WORDS)[:200] or "x.xlsx", bytes(data)))
        yield OddRequest(
            method if random.random() < 0.8 else random.choice(_METHODS),
            path if random.random() < 0.95 else path + random.choice(_WORDS),
            [(random.choice(_FIELDS), random.choice(_WORDS)) for _ in range(random.randrange(4))],
            pairs,
            files,
            random.sample(_HEADERS, random.randrange(3)),
            random.choice([b"", b"{}", b"--x\r\n", b"a=b&c" * 50, bytes(300)]) if random.random() < 0.2 else None,
        )


def _part(random: Random, part: str) -> str:
    if "<" not in part:
        return part
    return part[: part.index("<")] + random.choice(_WORDS) + part[part.index(">") + 1 :]
