"""The public key of a lower level, as it is mailed and as a campaign has it: ``ed25519:`` and 44 characters."""

from __future__ import annotations

import base64
import binascii
import hashlib

PREFIX = "ed25519:"
_BYTES = 32


def key_text(key: bytes) -> str:
    """The 32 bytes of a public key as people pass them on."""
    return PREFIX + base64.b64encode(key).decode("ascii")


def key_bytes(text: str) -> bytes:
    """The 32 bytes of a key that was passed on. Raises ValueError, with what is wrong, for anything else."""
    text = text.strip()
    if not text.startswith(PREFIX):
        raise ValueError(f"公钥应以 {PREFIX} 开头，用下级的 xlsxeval submit --public-key 显示的那一行")
    try:
        key = base64.b64decode(text.removeprefix(PREFIX), validate=True)
    except (binascii.Error, ValueError):
        raise ValueError("公钥抄得不对（有多余或缺少的字符），请整行复制") from None
    if len(key) != _BYTES or key_text(key) != text:
        raise ValueError("公钥不完整，请整行复制")
    return key


def fingerprint(text: str) -> str:
    """Sixteen hex digits in groups of four, to be compared over the telephone."""
    digits = hashlib.sha256(key_bytes(text)).hexdigest()[:16]
    return " ".join(digits[start : start + 4] for start in range(0, 16, 4))
