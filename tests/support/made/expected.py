"""What must become of a made campaign: counted from the table of kinds and from what was typed, never by the program."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any, Protocol

from tests.support.made.books import FIGURES
from tests.support.made.kinds import DEADLINE, TODAY, Outcome, Sent
from tests.support.made.planning import CAMPAIGN, Dealt

_SHEETS = {"basic": "附件1", "overall": "附件2", "project": "附件3-1"}
_FORMS = {"附件3-1": "附件3（各项目）"}
_PAST = (TODAY - DEADLINE).days


class Made(Protocol):
    """What came of one case."""

    @property
    def sent(self) -> Sequence[Sent]: ...
    @property
    def figures(self) -> Mapping[str, Mapping[str, float]]: ...


def expected(dealt: Sequence[Dealt], made: Sequence[Made]) -> dict[str, Any]:
    """All that the tests compare, ready for JSON."""
    units = {
        code: _unit(one, outcome)
        for one in dealt
        for code, outcome in zip(one.codes, one.kind.outcomes, strict=True)
        if outcome.status != "gone"
    }
    counted = [
        found.figures[code]
        for one, found in zip(dealt, made, strict=True)
        for code, outcome in zip(one.codes, one.kind.outcomes, strict=True)
        if outcome.counts
    ]
    states = Counter[str]()
    for one in dealt:
        states.update(one.kind.states)
    files = [file for one in made for file in one.sent]
    return {
        "campaign": CAMPAIGN,
        "as_of": TODAY.isoformat(),
        "kinds": dict(sorted(Counter(one.kind.name for one in dealt).items())),
        "units": dict(sorted(units.items())),
        "by_status": _counts(unit["status"] for unit in units.values()),
        "by_form": _by_form(units.values()),
        "late": {
            str(days): count for days, count in sorted(Counter(unit["days_late"] for unit in units.values()).items())
        },
        "states": dict(sorted(states.items())),
        "set_aside": _counts(code for one in dealt for code in one.kind.aside),
        "summary": {
            "by_status": _counts(unit["summary"] for unit in units.values()),
            "totals": {
                name: round(sum(round(one.get(name, 0.0) * 100) for one in counted) / 100, 2) for name in FIGURES
            },
        },
        "inbox": len(files),
        "archive": sorted(
            {sha256(data).hexdigest() for file in files if file.read for data in (file.data, *file.holds)}
        ),
    }


def _unit(dealt: Dealt, outcome: Outcome) -> dict[str, Any]:
    sheets = dict.fromkeys([*(_SHEETS[form] for form in dealt.kind.forms), *outcome.sheets])
    late = 0 if outcome.status == "unsent" else _PAST if outcome.first is None else max(0, outcome.first)
    return {
        "kind": dealt.kind.name,
        "status": outcome.status,
        "codes": list(outcome.codes),
        "sheets": {sheet: outcome.sheets.get(sheet, outcome.status) for sheet in sheets},
        "days_late": late,
        "versions": outcome.versions,
        "summary": outcome.summary,
    }


def _by_form(units: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, int]]:
    found: dict[str, Counter[str]] = {}
    for unit in units:
        for sheet, status in unit["sheets"].items():
            found.setdefault(_FORMS.get(sheet, sheet), Counter())[status] += 1
    return {form: dict(sorted(counts.items())) for form, counts in sorted(found.items())}


def _counts(words: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(words).items()))
