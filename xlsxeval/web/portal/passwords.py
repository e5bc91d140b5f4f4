"""Passwords of the portal's users: what is taken as one, its salted hash (scrypt), and proof of one."""

from __future__ import annotations

import secrets
from functools import cache
from typing import Final

from werkzeug.security import check_password_hash, generate_password_hash

from xlsxeval.errors import UsageError

LEAST: Final = 10
MOST: Final = 200
_METHOD: Final = "scrypt"


def password_hash(password: str, name: str) -> str:
    """The hash of a new password. Raises UsageError for one that is too short, too long, the name, or one character over and over."""
    if not LEAST <= len(password) <= MOST:
        raise UsageError(f"密码要有 {LEAST} 到 {MOST} 个字符，长一点的一句话最好。")
    if name.casefold() in password.casefold() and len(password) < len(name) + LEAST:
        raise UsageError("密码里不要写用户名。请换一个。")
    if len(set(password)) < LEAST // 2:
        raise UsageError("密码里不同的字符太少。请换一个。")
    return generate_password_hash(password, _METHOD)


def new_password() -> str:
    """A password made at random, to be shown once."""
    return secrets.token_urlsafe(12)


def is_password(kept: str | None, password: str) -> bool:
    """Whether it is the password whose hash is kept. Takes as long where there is none: names cannot be told by the time."""
    if len(password) > MOST:
        password = ""
    found = check_password_hash(kept or _nobodys(), password)
    return found and kept is not None


@cache
def _nobodys() -> str:
    return generate_password_hash(secrets.token_urlsafe(32), _METHOD)
