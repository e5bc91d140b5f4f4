"""Every kind of return, in one table: ``KINDS``."""

from tests.support.made.kinds import identity, mistakes, parcels, strangers, tampering, timing
from tests.support.made.kinds.base import DEADLINE, KINDS, TODAY, Case, Kind, Outcome, Sent

__all__ = [
    "DEADLINE",
    "KINDS",
    "TODAY",
    "Case",
    "Kind",
    "Outcome",
    "Sent",
    "identity",
    "mistakes",
    "parcels",
    "strangers",
    "tampering",
    "timing",
]
