"""A campaign whose run is killed at random moments, again and again, and run to its end: is it what it would have been?

python tools/kill_campaign.py DIR --kills 60           # 95 units; some minutes
python tools/kill_campaign.py DIR --kills 60 --seed 7
python tools/kill_campaign.py DIR --steps              # ``collect`` of a small campaign at each of its steps instead

A run that comes to its end before it is killed is compared, and the next one begins with the campaign as it was made.
DIR/expected.json of the campaign says what the table of kinds asks for; here a run that nothing disturbed is compared.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.cli.collectdesk import send_out  # noqa: E402
from tests.cli.killed_steps import differing, undisturbed  # noqa: E402
from tests.support.killing import differences, run_killed, run_to_its_end, state_of  # noqa: E402
from tests.support.made.making import make_campaign  # noqa: E402

UNITS = 95
"""Fewer do not hold every kind of return."""
_SHARE = 20
"""A run lasts a share of the whole on average, so that one campaign is killed many times on its way."""


def main(arguments: list[str]) -> int:
    """Makes the campaign, runs it undisturbed, then kills it; returns 1 where a state differs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, metavar="DIR", help="where; must not exist yet")
    parser.add_argument("--kills", type=int, default=60)
    parser.add_argument("--units", type=int, default=UNITS)
    parser.add_argument("--seed", type=int, default=1, help="another number draws other moments (1)")
    parser.add_argument("-j", "--jobs", default="2", help="processes of each run")
    parser.add_argument("--steps", action="store_true", help="collect a small campaign, killed at each step")
    options = parser.parse_args(arguments)
    if options.steps:
        return at_every_step(options.folder)
    made, task = options.folder / "made", options.folder / "task"
    make_campaign(made, options.units, 1, 2)
    shutil.copytree(made, task)
    whole = run_to_its_end(task, "-j", options.jobs)
    expected = state_of(task, options.folder)
    print(f"undisturbed: {whole:.1f} s, {len(expected)} things to compare", flush=True)
    dice, kills, rounds, faults = random.Random(options.seed), 0, 0, 0
    while kills < options.kills:
        shutil.rmtree(task)
        shutil.copytree(made, task)
        died = 0
        while kills < options.kills and run_killed(task, _moment(dice, whole), "-j", options.jobs):
            kills, died = kills + 1, died + 1
        run_to_its_end(task, "-j", options.jobs)
        rounds += 1
        differing = differences(expected, state_of(task, options.folder))
        faults += bool(differing)
        print(f"round {rounds}: killed {died} times; differs: {', '.join(differing) or 'nothing'}", flush=True)
    print(f"{kills} kills in {rounds} rounds, {faults} rounds differ")
    return int(bool(faults))


def at_every_step(folder: Path) -> int:
    """Kills ``collect`` of a small campaign at each of its steps; returns 1 where it then ends otherwise."""
    folder.mkdir(parents=True)
    post = send_out(folder / "post")
    acts, expected = undisturbed(post, folder / "whole")
    faults = list(differing(post, folder, range(1, len(acts) + 1), expected))
    print(f"killed at each of {len(acts)} steps; differs at {', '.join(map(str, faults)) or 'none'}")
    return int(bool(faults))


def _moment(dice: random.Random, whole: float) -> float:
    """Seconds until a run is killed: mostly few, now and then any moment of a whole run."""
    return dice.uniform(0, whole) if dice.random() < 1 / 6 else dice.uniform(0, 3 + whole / _SHARE)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
