"""Rules over several files: facts travel, parts are counted, findings keep their order."""

from __future__ import annotations

import pickle
import time
from dataclasses import replace
from functools import cache

from tests.rules.verdicts import verdict
from tests.support.base import KEY, base
from xlsxeval.forms.seal import make_seal
from xlsxeval.intake.submission import read_returned
from xlsxeval.layout.placing import build_layout, parts_of
from xlsxeval.rules.batch import judge_batch
from xlsxeval.rules.engine import Verdict, judge
from xlsxeval.workbook import workbook_bytes


def parts() -> list[str]:
    return parts_of(base().layout)


@cache
def part(name: str) -> Verdict:
    """The blank workbook of one part, judged."""
    sent = base()
    layout = build_layout(sent.campaign, sent.unit, sent.edition, name)
    seal = make_seal(sent.campaign, sent.unit, sent.edition, KEY, name)
    data = workbook_bytes(layout, seal, "password")
    return judge(read_returned(f"{name}.xlsx", data, sent.context, sent.layouts))


def codes(found: Verdict) -> list[str]:
    """What the rules over several files find."""
    return [finding.code for finding in found.findings if finding.code in ("I030", "I031", "X108")]


def test_a_part_knows_the_other_parts() -> None:
    facts = part("附件2").facts
    assert facts is not None
    assert list(facts.parts) == parts()


def test_a_missing_part_is_told_once_at_the_first_file_of_the_unit() -> None:
    first, second = judge_batch([part("附件1"), part("附件2")])
    (told,) = [finding for finding in first.findings if finding.code == "X108"]
    assert codes(second) == []
    named = told.message.rpartition("：")[2].split("、")
    assert named == [name for name in parts() if name not in ("附件1", "附件2")]


def test_all_parts_together_lack_nothing() -> None:
    assert [codes(found) for found in judge_batch([part(name) for name in parts()])] == [[]] * len(parts())


def test_a_single_file_was_not_said_to_be_all() -> None:
    (alone,) = judge_batch([part("附件1")])
    assert codes(alone) == []


def test_a_verdict_is_light_enough_to_travel() -> None:
    sent = part("附件2")
    travelled = pickle.dumps(sent)
    assert pickle.loads(travelled) == sent
    assert len(travelled) < 100_000


def test_findings_about_the_whole_file_come_first_and_have_their_own_fingerprints() -> None:
    again = part("附件1")
    last = judge_batch([again, part("附件2"), again])[2]
    whole = [finding.place.sheet is None for finding in last.findings]
    assert whole == sorted(whole, reverse=True)
    assert codes(last) == ["I031"]
    prints = [finding.fingerprint("001") for finding in last.findings]
    assert len(set(prints)) == len(prints)


def test_a_thousand_units_are_held_against_each_other_at_once() -> None:
    made = [
        replace(verdict(unit=f"4302{number:05d}", path=f"收回/自评表 {number}.xlsx"), sha256=f"{number:064d}")
        for number in range(1000)
    ]
    start = time.perf_counter()
    assert [found.findings for found in judge_batch(made)] == [()] * 1000
    assert time.perf_counter() - start < 5
