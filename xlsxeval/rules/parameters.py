"""The parameters of a submission's edition, by type."""

from __future__ import annotations

from xlsxeval.intake.submission import Submission


def number(submission: Submission, name: str, default: float) -> float:
    """The value of a numeric parameter; ``default`` for an edition that does not have it."""
    parameter = submission.layout.edition.parameters.get(name)
    value = None if parameter is None else parameter.value
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else default


def word(submission: Submission, name: str, default: str = "") -> str:
    """The value of a text parameter; ``default`` for an edition that does not have it."""
    parameter = submission.layout.edition.parameters.get(name)
    return parameter.value if parameter is not None and isinstance(parameter.value, str) else default


def switch(submission: Submission, name: str, default: bool = False) -> bool:
    """The value of a parameter that is on or off; ``default`` for an edition that does not have it."""
    parameter = submission.layout.edition.parameters.get(name)
    return parameter.value if parameter is not None and isinstance(parameter.value, bool) else default
