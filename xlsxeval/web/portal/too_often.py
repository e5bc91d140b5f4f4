"""The error for what was tried too often."""

from __future__ import annotations


class TooOftenError(Exception):
    """Raised where something was tried too often; ``seconds`` is how long to wait."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds
