"""What follows from decisions in their order: which submission counts, and what is in conflict. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from xlsxeval.ledger.records import Decision, DecisionKind

UnitPart = tuple[str, str | None]
"""A unit and a part of its forms; None is the whole workbook."""


@dataclass(frozen=True, slots=True)
class PartStanding:
    """The ids of the submission that counts, None where there is none, and of those that wait to be chosen from."""

    current: int | None = None
    conflict: tuple[int, ...] = ()

    @property
    def submissions(self) -> tuple[int, ...]:
        """Those that count or wait."""
        return self.conflict if self.current is None else (self.current, *self.conflict)


def standings(decisions: Iterable[Decision]) -> Mapping[UnitPart, PartStanding]:
    """Where each unit and part stands after all decisions, which come in the order of their ids.

    While a conflict is open no submission counts. It ends when one is chosen or accepted, or when all in it are set aside.
    """
    found: dict[UnitPart, PartStanding] = {}
    for decision in decisions:
        if decision.submission is not None:
            slot = (decision.unit, decision.part)
            found[slot] = after(found.get(slot, PartStanding()), decision)
    return found


def after(standing: PartStanding, decision: Decision) -> PartStanding:
    """The standing once a decision about a submission of its slot was made."""
    subject = decision.submission
    assert subject is not None
    match decision.kind:
        case DecisionKind.ACCEPTED | DecisionKind.CHOSEN:
            return PartStanding(subject)
        case DecisionKind.SUPERSEDED:
            if standing.current == subject:
                return PartStanding(decision.other, standing.conflict)
            return PartStanding(standing.current, _without(standing.conflict, subject))
        case DecisionKind.CONFLICT:
            both = (decision.other, subject) if decision.other is not None else (subject,)
            return PartStanding(None, tuple(sorted({*standing.conflict, *both})))
        case DecisionKind.SET_ASIDE:
            current = None if standing.current == subject else standing.current
            return PartStanding(current, _without(standing.conflict, subject))
        case DecisionKind.DUPLICATE:
            return standing


def _without(conflict: tuple[int, ...], submission: int) -> tuple[int, ...]:
    return tuple(one for one in conflict if one != submission)
