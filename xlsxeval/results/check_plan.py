"""Plan of a check: the files, and the outputs to write."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from xlsxeval.judging.remote import is_address
from xlsxeval.workers.pool import AUTO


@dataclass(frozen=True, slots=True)
class CheckPlan:
    """Plan of a check. ``paths`` are files, folders and addresses (``s3://…``).

    ``unit`` is the code of the unit of edited reports that do not name theirs; ``since`` the JSON of an earlier check,
    against which new findings are marked. ``output`` is the file for the result in ``style``, ``force`` whether a
    foreign file there is overwritten; ``annotated`` the folder for annotated copies; ``parquet`` the folder or address
    for the results in parts; ``scheduler`` the address of a Dask cluster.
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
        """Whether files lie elsewhere, or other machines judge them."""
        return self.parquet is not None or self.scheduler is not None or any(map(is_address, self.paths))
