"""Whatever came in whatever order: every command says the same of each file and unit."""

from __future__ import annotations

import datetime as dt
import hashlib
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.collectdesk import MONDAY, Desk, Post
from tests.cli.shells import agreed
from xlsxeval.ledger import FileState

MIXED = 46
"""A sequence after which files stand in every state, some of what was set aside being settled."""
SEQUENCES = (*range(9), MIXED)
FEWEST = 7
"""Acts in a sequence, at least; some have seven more."""
DAYS = 3
BOOKS = ("001a", "001b", "001c", "002a", "002b", "003a", "003 wrong")
PARTS = ("附件1", "附件2", "附件2 wrong", "附件1 mended")
Act = Callable[["Play"], None]


class Play:
    """A campaign to which things happen at random, and what happened, for whoever must find out why."""

    def __init__(self, desk: Desk, chance: random.Random) -> None:
        self.desk = desk
        self.chance = chance
        self.log: list[str] = []

    def put(self, data: bytes, what: str, name: str = "") -> None:
        """A file with a name of its own, on some day."""
        day = self.chance.randrange(DAYS)
        file = f"{len(self.log):02} {name or what}.xlsx"
        self.desk.put(file, data, MONDAY + dt.timedelta(days=day))
        self.log.append(f"put {file} ({what}) on day {day}")


def book(play: Play) -> None:
    name = play.chance.choice(BOOKS)
    play.put(play.desk.books[name], name)


def part(play: Play) -> None:
    name = play.chance.choice(PARTS)
    play.put(play.desk.parts[name], name)


def bad(play: Play) -> None:
    """A file that cannot be read, named after a unit or after none."""
    name = play.chance.choice(("001 某某局", "002 某某中心", "003 某某站", "自评表"))
    play.put(f"bad {len(play.log)}".encode(), "bad", name)


def again(play: Play) -> None:
    """Something that came before, once more."""
    came = sorted(path for path in play.desk.inbox.iterdir() if path.is_file())
    if came:
        path = play.chance.choice(came)
        play.put(path.read_bytes(), f"again {path.stem}")


def collect(play: Play) -> None:
    play.desk.collect()
    play.log.append("collect")


def choose(play: Play) -> None:
    """A person chooses one of the files that wait."""
    result = play.desk.collect()
    waiting = [one.receipt.sha256 for one in result.files if one.state == "conflict"]
    if waiting:
        digits = play.chance.choice(sorted(waiting))[:16]
        done = play.desk.run("collect", "--choose", digits, "--reason", "来电")
        assert done.code == 0, done.err
        play.log.append(f"choose {digits}")


def leave(play: Play) -> None:
    """A unit is taken off the roster, or comes back."""
    line = '  - {code: "003", name: 某某站, forms: [basic, overall]}\n'
    there = line in (play.desk.task / "campaign.yaml").read_text("utf-8")
    play.desk.rewrite(line if there else "units:\n", "" if there else f"units:\n{line}")
    play.desk.collect()
    play.log.append("003 leaves" if there else "003 comes back")


ACTS: tuple[tuple[Act, int], ...] = ((book, 8), (part, 6), (bad, 3), (again, 2), (collect, 3), (choose, 2), (leave, 1))


def played(post: Post, folder: Path, seed: int) -> Play:
    """The sequence of that number, collected."""
    chance = random.Random(seed)
    play = Play(Desk(post, folder), chance)
    book(play)
    acts, weights = zip(*ACTS, strict=True)
    for act in chance.choices(acts, weights, k=FEWEST + seed % 8):
        act(play)
    collect(play)
    return play


@pytest.mark.parametrize("seed", SEQUENCES)
def test_every_command_gives_the_same_answers(post: Post, tmp_path: Path, seed: int) -> None:
    play = played(post, tmp_path, seed)
    try:
        found = agreed(play.desk)
    except AssertionError as error:
        raise AssertionError(f"{error}\nafter: " + "\n".join(play.log)) from error
    given = {hashlib.sha256(path.read_bytes()).hexdigest() for path in play.desk.inbox.iterdir()}
    assert found.counting is not None
    assert found.counting <= given


def test_one_sequence_has_files_in_every_state(post: Post, tmp_path: Path) -> None:
    """What is compared is not always the same: this one shows it, more do."""
    result = played(post, tmp_path, MIXED).desk.collect()
    assert {one.state for one in result.files} == set(FileState)
    assert any(one.settled for one in result.files)
    assert result.unsettled
