"""What follows from decisions in their order: which submission counts, and what is in conflict. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from xlsxeval.ledger.records import Decision, Kind

Slot = tuple[str, str | None]
"""A unit and a part of its forms; None is the whole workbook."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The ids of the submission that counts, None where there is none, and of those that wait to be chosen from."""

    current: int | None = None
    conflict: tuple[int, ...] = ()


def standings(decisions: Iterable[Decision]) -> Mapping[Slot, Standing]:
    """Where each unit and part stands after all decisions, which come in the order of their ids.

    While a conflict is open no submission counts. It ends when one is chosen or accepted, or when all in it are set aside.
    """
    found: dict[Slot, Standing] = {}
    for decision in decisions:
        if decision.submission is not None:
            slot = (decision.unit, decision.part)
            found[slot] = after(found.get(slot, Standing()), decision)
    return found


def after(standing: Standing, decision: Decision) -> Standing:
    """The standing once a decision about a submission of its slot was made."""
    subject = decision.submission
    assert subject is not None
    match decision.kind:
        case Kind.ACCEPTED | Kind.CHOSEN:
            return Standing(subject)
        case Kind.SUPERSEDED:
            if standing.current == subject:
                return Standing(decision.other, standing.conflict)
            return Standing(standing.current, _without(standing.conflict, subject))
        case Kind.CONFLICT:
            both = (decision.other, subject) if decision.other is not None else (subject,)
            return Standing(None, tuple(sorted({*standing.conflict, *both})))
        case Kind.SET_ASIDE:
            current = None if standing.current == subject else standing.current
            return Standing(current, _without(standing.conflict, subject))
        case Kind.DUPLICATE:
            return standing


def _without(conflict: tuple[int, ...], submission: int) -> tuple[int, ...]:
    return tuple(one for one in conflict if one != submission)
