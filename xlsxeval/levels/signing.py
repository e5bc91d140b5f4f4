"""Ed25519 signatures, the only place that knows the library. Keys are 32 bytes, made from the system's randomness."""

from __future__ import annotations

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.backends.openssl.backend import backend
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from xlsxeval.forms.public_keys import key_bytes, key_text

_PURPOSE = b"xlsxeval export 1\n"
"""Stands before what is signed, so that a signature made for another purpose with the same key is none here."""


def new_private_key() -> bytes:
    """A new private key."""
    return Ed25519PrivateKey.generate().private_bytes_raw()


def public_key(private: bytes) -> str:
    """The public key to a private one, as it is passed on. Raises ValueError for what is no key."""
    return key_text(Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw())


def sign(private: bytes, data: bytes) -> bytes:
    """The signature of an export's text."""
    return Ed25519PrivateKey.from_private_bytes(private).sign(_PURPOSE + data)


def is_signed(key: str, data: bytes, signature: bytes) -> bool:
    """Whether the holder of that key signed the text. Raises ValueError for what is no key."""
    try:
        Ed25519PublicKey.from_public_bytes(key_bytes(key)).verify(signature, _PURPOSE + data)
    except InvalidSignature:
        return False
    return True


def library_version() -> str:
    """The library that signs and proves, as it calls itself: name, version, date."""
    return backend.openssl_version_text()
