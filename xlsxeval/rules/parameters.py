"""The parameters of a submission's edition, as rules ask for them."""

from __future__ import annotations

from xlsxeval.intake.submission import Submission


def number(submission: Submission, name: str, default: float) -> float:
    """A parameter that is a number; ``default`` for an edition that does not have it."""
    parameter = submission.layout.edition.parameters.get(name)
    value = None if parameter is None else parameter.value
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else default


def word(submission: Submission, name: str, default: str = "") -> str:
    """A parameter that is a word; ``default`` for an edition that does not have it."""
    parameter = submission.layout.edition.parameters.get(name)
    return parameter.value if parameter is not None and isinstance(parameter.value, str) else default


def switch(submission: Submission, name: str, default: bool = False) -> bool:
    """A parameter that is on or off; ``default`` for an edition that does not have it."""
    parameter = submission.layout.edition.parameters.get(name)
    return parameter.value if parameter is not None and isinstance(parameter.value, bool) else default
