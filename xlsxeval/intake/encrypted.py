"""Workbooks in an encrypted container whose password nobody set: Excel protects a workbook's structure so, among others.

Every program opens them without asking, with the password that Excel has for this ([MS-OFFCRYPTO], [MS-XLS] 2.4.191).
"""

from __future__ import annotations

import io

from xlsxeval.fault_codes import FaultCode
from xlsxeval.file_kinds import OLE
from xlsxeval.intake.rejected import refusal
from xlsxeval.limits import Limits

_PASSWORD = "VelvetSweatshop"  # noqa: S105
_MARK = "EncryptedPackage".encode("utf-16-le")
_MOST_ROUNDS = 1_000_000
"""Of making a key from the password; Excel does 100,000, and a million take a second."""


def is_encrypted(data: bytes) -> bool:
    """Whether a file is an encrypted container, with whatever password."""
    return data.startswith(OLE) and _MARK in data


def decrypted(data: bytes, limits: Limits) -> bytes:
    """A file without the encryption that nobody asked for; others as they are.

    Raises Rejected F005 where it has a password that somebody set, or cannot be decrypted at all.
    """
    if len(data) > limits.file_bytes or not is_encrypted(data):
        return data
    from msoffcrypto.format.ooxml import OOXMLFile  # only where something is encrypted
    from olefile import OleFileIO

    try:
        with OleFileIO(io.BytesIO(data)) as container:
            harmless = b"<!" not in container.openstream("EncryptionInfo").read()  # no document type
        file = OOXMLFile(io.BytesIO(data)) if harmless else None
        opened = io.BytesIO()
        if file is not None and file.info.get("spinValue", 0) <= _MOST_ROUNDS:
            file.load_key(password=_PASSWORD, verify_password=True)
            file.decrypt(opened)
    except Exception:  # a container can be broken in any way, and the libraries raise whatever they meet
        opened = io.BytesIO()
    if not opened.getvalue():
        raise refusal(FaultCode.ENCRYPTED_FILE, "文件设有打开密码，内容已加密")
    return opened.getvalue()
