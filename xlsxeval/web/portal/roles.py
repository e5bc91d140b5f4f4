"""Roles: who asks. Each route of the portal names those that may use it."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class PortalRole(StrEnum):
    """Who asks: anyone, a unit behind its link, or a user who logged in."""

    VISITOR = "visitor"
    UNIT = "unit"
    AUDITOR = "auditor"
    ORGANISER = "organiser"


ANYONE: Final = frozenset(PortalRole)
UNIT: Final = frozenset({PortalRole.UNIT})
USERS: Final = frozenset({PortalRole.AUDITOR, PortalRole.ORGANISER})
ORGANISERS: Final = frozenset({PortalRole.ORGANISER})
