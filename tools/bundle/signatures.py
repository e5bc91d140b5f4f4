"""Signatures of the Windows interpreter: every program carries an intact one, every module stands in the signed catalogue.

Looked at are digests and the names of signers. Whether the signer's certificate leads to Microsoft's root is not: that root is not
among the authorities of a Linux machine. Windows looks at it, and the archive itself is locked by its SHA-256.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from tools.bundle.inputs import BundleError, run

SIGNERS: Final = frozenset(
    ("Python Software Foundation", "Microsoft Corporation", "Microsoft Windows Software Compatibility Publisher")
)
SIGNED: Final = frozenset((".exe", ".dll", ".pyd"))
_DIGESTS: Final = re.compile(r"(Current|Calculated) message digest\s*: ([0-9A-F]+)")
_SIGNER: Final = re.compile(r"Signer #0:\s+Subject: .*?/CN=([^/\n]+)")


def signer(told: str, name: str) -> str:
    """The signer in what osslsigncode says of a program. Raises BundleError where the digests differ or none is there."""
    digests = [value for _, value in _DIGESTS.findall(told)[:2]]
    found = _SIGNER.search(told)
    if len(digests) != 2 or digests[0] != digests[1]:
        raise BundleError(f"{name}: its Authenticode digest is missing or not that of its content")
    if found is None or found[1].strip() not in SIGNERS:
        raise BundleError(f"{name}: signed by {found[1] if found else 'no one'}")
    return found[1].strip()


def require_signed(programs: Iterable[Path]) -> int:
    """Looks at the signature of every program, and returns their number. Raises BundleError."""
    count = 0
    for path in programs:
        signer(_told(path), path.name)
        count += 1
    return count


def require_catalogued(modules: Iterable[Path], catalogue: Path, known: dict[str, str], base: Path) -> int:
    """Looks every module up in a signed catalogue of SHA-256 digests, and returns their number. Raises BundleError.

    ``known`` are the digests of modules that the catalogue leaves out, by path; empty files need none.
    """
    found = _SIGNER.search(_told(catalogue))
    if found is None or found[1].strip() not in SIGNERS:
        raise BundleError(f"{catalogue.name}: signed by {found[1] if found else 'no one'}")
    listed, count = catalogue.read_bytes(), 0
    for path in modules:
        data, name = path.read_bytes(), path.relative_to(base).as_posix()
        sha256 = hashlib.sha256(data)
        if data and sha256.digest() not in listed and known.get(name) != sha256.hexdigest():
            raise BundleError(f"{name} is not in the signed catalogue {catalogue.name}")
        count += 1
    return count


def _told(path: Path) -> str:
    """What osslsigncode says; it ends with an error for want of Microsoft's root, so its exit code says nothing."""
    return run(
        [
            "sh",
            "-c",
            'command -v osslsigncode >/dev/null || exit 9; osslsigncode verify -in "$1" 2>&1 || true',
            "sh",
            path,
        ]
    )
