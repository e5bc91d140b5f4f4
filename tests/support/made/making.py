"""The campaign made: its folder with the key, what went out, the inbox as life fills it, and what is expected."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path
from random import Random

from tests.support.made.books import Desk, Sender
from tests.support.made.expected import expected
from tests.support.made.kinds import KINDS, Case, Sent
from tests.support.made.kinds.base import Now
from tests.support.made.planning import Dealt, campaign_text, deal

EXPECTED = "expected.json"


@dataclass(frozen=True)
class Made:
    """What came of one case: files of the inbox, blank workbooks that went out, changed units, figures that count."""

    sent: Sequence[Sent]
    blanks: Mapping[str, bytes]
    now: Mapping[str, Now]
    figures: Mapping[str, Mapping[str, float]]


def make_campaign(folder: Path, units: int = 300, seed: int = 1, jobs: int = 1) -> dict[str, object]:
    """Makes the campaign in a new folder and returns what is expected of it, as written beside it.

    The same numbers give the same campaign. Raises ValueError where there are too few units for all kinds, and
    FileExistsError where the folder is there.
    """
    dealt = deal(units, seed)
    folder.mkdir(parents=True)
    _keys(folder, seed)
    text = folder / "campaign.yaml"
    text.write_text(campaign_text(dealt, units, {}), encoding="utf-8")
    made = list(_each(_Maker(folder, seed), dealt, jobs))
    for one in made:
        for name, blank in one.blanks.items():
            _write(folder / "下发" / name, blank)
        for sent in one.sent:
            _write(folder / "收回" / sent.name, sent.data, sent.moment.timestamp())
    changed = {code: now for one in made for code, now in one.now.items()}
    text.write_text(campaign_text(dealt, units, changed), encoding="utf-8")
    found = expected(dealt, made)
    (folder / EXPECTED).write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return found


class _Maker:
    """Makes one case after another. Only a path and a number travel to another process."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self.seed = seed
        self._desk: Desk | None = None

    def __call__(self, dealt: tuple[int, str, tuple[str, ...]]) -> Made:
        number, name, codes = dealt
        if self._desk is None:
            self._desk = Desk.at(self.folder)
        kind = next(one for one in KINDS if one.name == name)
        senders = [Sender(self._desk, self._desk.unit(code), Random(f"{self.seed} {code}")) for code in codes]
        case = Case(number, Random(f"{self.seed} case {number}"), self._desk, senders)
        kind.make(case)
        blanks = {unit.file: unit.blank for unit in senders} if kind.blank else {}
        counting = {unit.code: case.counting.get(unit.code) or unit.made[-1] for unit in senders if unit.made}
        return Made(case.sent, blanks, case.now, {code: book.figures for code, book in counting.items()})


def _each(maker: _Maker, dealt: Sequence[Dealt], jobs: int) -> Iterator[Made]:
    tasks = [(one.number, one.kind.name, one.codes) for one in dealt]
    if jobs == 1:
        yield from map(maker, tasks)
        return
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        yield from pool.map(maker, tasks, chunksize=8)


def _keys(folder: Path, seed: int) -> None:
    """Keys that follow from the seed: nobody's secret is behind them."""
    private = folder / ".xlsxeval"
    private.mkdir()
    (private / "key").write_text(sha256(f"made campaign {seed}".encode()).hexdigest() + "\n", encoding="ascii")
    (private / "password").write_text("made-campaign\n", encoding="ascii")


def _write(path: Path, data: bytes, at: float | None = None) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    if at is not None:
        os.utime(path, (at, at))
