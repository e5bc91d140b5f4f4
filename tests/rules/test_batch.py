"""Rules over several files: facts travel, parts are counted, findings keep their order."""

from __future__ import annotations

import pickle

from tests.support.base import KEY, base
from xlsxeval.forms.placing import build_layout, parts_of
from xlsxeval.forms.seal import make_seal
from xlsxeval.intake.submission import read_returned
from xlsxeval.rules.batch import judge_batch
from xlsxeval.rules.engine import Verdict, judge
from xlsxeval.workbook import workbook_bytes

PARTS = parts_of(base().layout)


def part(name: str) -> Verdict:
    """The blank workbook of one part, judged."""
    sent = base()
    layout = build_layout(sent.campaign, sent.unit, sent.edition, name)
    seal = make_seal(sent.campaign, sent.unit, sent.edition, KEY, name)
    data = workbook_bytes(layout, seal, "password")
    return judge(read_returned(f"{name}.xlsx", data, sent.context, sent.layouts))


def codes(verdict: Verdict) -> list[str]:
    """What the rules over several files find."""
    return [finding.code for finding in verdict.findings if finding.code in ("I030", "I031", "X108")]


def test_a_part_knows_the_other_parts() -> None:
    verdict = part("附件2")
    assert verdict.facts is not None
    assert list(verdict.facts.parts) == PARTS


def test_a_missing_part_is_told_once_at_the_first_file_of_the_unit() -> None:
    first, second = judge_batch([part("附件1"), part("附件2")])
    (told,) = [finding for finding in first.findings if finding.code == "X108"]
    assert codes(second) == []
    named = told.message.rpartition("：")[2].split("、")
    assert named == [name for name in PARTS if name not in ("附件1", "附件2")]


def test_all_parts_together_lack_nothing() -> None:
    assert [codes(verdict) for verdict in judge_batch([part(name) for name in PARTS])] == [[]] * len(PARTS)


def test_a_single_file_was_not_said_to_be_all() -> None:
    (verdict,) = judge_batch([part("附件1")])
    assert codes(verdict) == []


def test_a_verdict_is_light_enough_to_travel() -> None:
    verdict = part("附件2")
    travelled = pickle.dumps(verdict)
    assert pickle.loads(travelled) == verdict
    assert len(travelled) < 100_000


def test_findings_about_the_whole_file_come_first_and_have_their_own_fingerprints() -> None:
    again = part("附件1")
    verdict = judge_batch([again, part("附件2"), again])[2]
    whole = [finding.place.sheet is None for finding in verdict.findings]
    assert whole == sorted(whole, reverse=True)
    assert codes(verdict) == ["I031"]
    prints = [finding.fingerprint("001") for finding in verdict.findings]
    assert len(set(prints)) == len(prints)
