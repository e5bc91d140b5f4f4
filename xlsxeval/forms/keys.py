"""The campaign's key and password: made once, kept beside the campaign with owner-only rights, never in a workbook."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path

from xlsxeval.errors import UsageError
from xlsxeval.forms.private_files import keep_once

FOLDER = ".xlsxeval"
_LETTERS = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_PASSWORD_LENGTH = 15  # the longest that every version of Excel takes for a sheet
_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Keys:
    """``key`` signs the seals; ``password`` is what Excel asks for when somebody takes the sheet protection off."""

    key: bytes
    password: str


def campaign_keys(directory: Path) -> Keys:
    """The keys of the campaign in a folder, made on first use. Raises UsageError where they cannot be kept.

    Several processes that use a campaign first at the same time get the same keys: each file is made once, the key last.
    """
    found = find_keys(directory)
    if found is not None:
        return found
    folder = directory / FOLDER
    password = "".join(secrets.choice(_LETTERS) for _ in range(_PASSWORD_LENGTH))
    try:
        keep_once(folder / "password", password)
        keep_once(folder / "key", secrets.token_bytes(_KEY_BYTES).hex())
    except OSError as error:
        raise UsageError(f"不能在 {folder} 保存任务的密钥：{error.strerror}。请检查这个文件夹能否写入。") from error
    kept = find_keys(directory)
    assert kept is not None
    return kept


def find_keys(directory: Path) -> Keys | None:
    """The keys of the campaign in a folder, or None where none were made there.

    Raises UsageError where the files are damaged: a new key would make every distributed workbook look foreign.
    """
    folder = directory / FOLDER
    if not (folder / "key").is_file():
        return None
    try:
        key = bytes.fromhex((folder / "key").read_text(encoding="ascii").strip())
        password = (folder / "password").read_text(encoding="ascii").strip()
    except (OSError, ValueError) as error:
        raise UsageError(
            f"任务的密钥读不出来：{folder}（{error}）。请从备份恢复；不要重新生成，否则已下发的表都会认不出。"
        ) from error
    if len(key) != _KEY_BYTES or not password:
        raise UsageError(f"任务的密钥不完整：{folder}。请从备份恢复；不要重新生成，否则已下发的表都会认不出。")
    return Keys(key, password)
