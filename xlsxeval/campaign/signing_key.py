"""The key that signs a campaign's submissions to a higher level: made on first use, kept for its owner only."""

from __future__ import annotations

from pathlib import Path

from xlsxeval.errors import UsageError
from xlsxeval.forms.keys import FOLDER
from xlsxeval.forms.private_files import keep_once

FILE_NAME = "signing-key"
_BYTES = 32


def signing_key(directory: Path) -> bytes:
    """The private key of the campaign in a folder, made where there is none. Raises UsageError where it cannot be kept."""
    from xlsxeval.levels.signing import new_private_key  # the library only where something is signed

    found = find_signing_key(directory)
    if found is not None:
        return found
    try:
        keep_once(directory / FOLDER / FILE_NAME, new_private_key().hex())
    except OSError as error:
        raise UsageError(
            f"不能在 {directory / FOLDER} 保存上报的密钥：{error.strerror}。请检查这个文件夹能否写入。"
        ) from error
    kept = find_signing_key(directory)
    assert kept is not None
    return kept


def made_public_key(directory: Path) -> str:
    """The public key of the campaign in a folder, made on first use. Raises UsageError where it cannot be kept."""
    from xlsxeval.levels.signing import public_key

    return public_key(signing_key(directory))


def find_signing_key(directory: Path) -> bytes | None:
    """The private key, or None where none was made. Raises UsageError where its file is damaged or cannot be read."""
    path = directory / FOLDER / FILE_NAME
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise UsageError(
            f"上报的密钥读不出来：{path}（{error}）。请从备份恢复；没有备份的，把它移走，会生成新的，再把新公钥报给上级登记。"
        ) from error
    if len(key) != _BYTES:
        raise UsageError(
            f"上报的密钥不完整：{path}。请从备份恢复；没有备份的，把它移走，会生成新的，再把新公钥报给上级登记。"
        )
    return key


def own_public_key(directory: Path) -> str | None:
    """The public key of the campaign in a folder; None where nothing was ever submitted."""
    from xlsxeval.levels.signing import public_key

    key = find_signing_key(directory)
    return None if key is None else public_key(key)
