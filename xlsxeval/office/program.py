"""Where LibreOffice is on this machine."""

from __future__ import annotations

import shutil

_NAMES = ("soffice", "libreoffice")


def office_program() -> str | None:
    """The path of the installed LibreOffice, None where there is none."""
    return next((found for name in _NAMES if (found := shutil.which(name))), None)
