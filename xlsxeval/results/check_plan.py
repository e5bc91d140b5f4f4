"""What to check, and what to make of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from xlsxeval.judging.remote import is_address
from xlsxeval.workers.pool import AUTO


@dataclass(frozen=True, slots=True)
class CheckPlan:
    """What to check, and how. ``paths`` are files, folders and addresses (``s3://…``).

    ``unit`` is the code of the unit whose edited reports do not say whose they are; ``since`` the JSON of an earlier
    check, to tell what is new. ``output`` is the file for the result in ``style``, ``force`` whether a foreign file
    there is written over; ``annotated`` the folder for annotated copies; ``parquet`` the folder or address for one
    result a file; ``scheduler`` the address of a Dask cluster.
    """

    paths: tuple[str, ...]
    unit: str | None = None
    since: Path | None = None
    output: Path | None = None
    style: str | None = None
    force: bool = False
    annotated: Path | None = None
    parquet: str | None = None
    scheduler: str | None = None
    jobs: int = AUTO

    @property
    def is_far(self) -> bool:
        """Whether files lie elsewhere, or others judge them."""
        return self.parquet is not None or self.scheduler is not None or any(map(is_address, self.paths))
