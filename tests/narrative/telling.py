"""What the rules about prose find in a text, as if the careful unit of ``tests/support/campaigns/hunan-2024`` had written it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from tests.support.base import base, returned
from xlsxeval.intake.submission import Submission
from xlsxeval.narrative import passages, statements
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.prose import NARRATIVE, Prose, TextSection, prose, setting_of
from xlsxeval.rules.registry import rules

FOLDER = Path(__file__).parent
WRITTEN_IN = "others"


@cache
def _submission() -> tuple[Submission, Prose, TextSection]:
    sent = base()
    submission = returned(sent.raw, sent.context, sent.layouts).submission
    assert submission is not None
    text = next(one for one in prose(submission) if one.form == NARRATIVE)
    return submission, text, text.sections[0]


def told_of(sentence: str) -> list[tuple[str, Hit]]:
    """Each finding in a text that stands alone in 其他需要说明的情况, with the code of its rule."""
    submission, text, section = _submission()
    place = section.passages[0].place
    lines = tuple(passages(sentence, place, WRITTEN_IN, "其他需要说明的情况"))
    alone = Prose(
        NARRATIVE,
        setting_of(submission),
        text.claims,
        (TextSection(section.slot, sentence, lines),),
        tuple(statements(lines, text.claims, text.setting)),
    )
    about = [rule for rule in rules() if rule.over_texts is not None]
    return [(rule.code, hit) for rule in about for hit in rule.over_texts(submission, (alone,))]


def sentences(name: str) -> list[tuple[str, tuple[str, ...]]]:
    """The lines of a table of sentences, each with the codes behind its tabulator; those that begin with # are titles."""
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [
        (line.split("\t")[0], tuple(line.split()[1:] if "\t" in line else ()))
        for line in lines
        if line[:1] not in ("", "#")
    ]
