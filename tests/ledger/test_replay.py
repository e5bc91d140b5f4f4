"""The current state is a function of the events alone: any history, replayed, leads to the same."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ledger.books import CAMPAIGN, NOON, WHO, later, submit
from xlsxeval.ledger import DecisionKind, Ledger, Queries, SubmissionRecord
from xlsxeval.ledger.standings import PartStanding, standings

CONTENTS = ["甲", "乙", "丙"]
PARTS = [None, "附件2"]


class Step(NamedTuple):
    """A content arrives for a part, and something is decided about it and another. Minutes may run backwards."""

    content: str
    other: str
    part: str | None
    kind: DecisionKind
    minute: int


steps = st.lists(
    st.builds(
        Step,
        st.sampled_from(CONTENTS),
        st.sampled_from(CONTENTS),
        st.sampled_from(PARTS),
        st.sampled_from(DecisionKind),
        st.integers(-5, 5),
    ),
    max_size=12,
)


def _play(ledger: Ledger, history: list[Step]) -> None:
    for step in history:
        with ledger.write(WHO, later(step.minute), "collect") as w:
            subject, other = (submit(w, content, part=step.part) for content in (step.content, step.other))
            match step.kind:
                case DecisionKind.ACCEPTED:
                    w.accept(subject)
                case DecisionKind.SUPERSEDED:
                    w.supersede(subject, by=other)
                case DecisionKind.DUPLICATE:
                    w.duplicate(subject, subject.receipt)
                case DecisionKind.CONFLICT:
                    w.conflict(subject, other)
                case DecisionKind.CHOSEN:
                    w.choose(subject, "来电确认")
                case DecisionKind.SET_ASIDE:
                    w.set_aside(subject, "I010", "不是本单位的")


def _state(r: Queries) -> tuple[dict[object, SubmissionRecord], dict[object, tuple[SubmissionRecord, ...]]]:
    return dict(r.current_submissions()), dict(r.open_conflicts())


@settings(max_examples=25, deadline=None)
@given(steps)
def test_a_replayed_history_leads_to_the_same_state(history: list[Step]) -> None:
    with tempfile.TemporaryDirectory() as name:
        with Ledger.open(Path(name) / "a.sqlite", CAMPAIGN, NOON) as first:
            _play(first, history)
            with first.read() as r:
                told, state = r.decisions(), _state(r)
                replayed = standings(told)
                for part in PARTS:
                    current = r.current_submission("001", part)
                    standing = replayed.get(("001", part), PartStanding())
                    assert standing.current == (None if current is None else current.id)
                    assert standing.current is None or standing.conflict == ()
                    versions = [one.version for one in r.submissions("001") if one.part == part]
                    assert versions == list(range(1, len(versions) + 1))
        with Ledger.open(Path(name) / "b.sqlite", CAMPAIGN, NOON) as second:
            _play(second, history)
            with second.read() as r:
                assert (r.decisions(), _state(r)) == (told, state)
