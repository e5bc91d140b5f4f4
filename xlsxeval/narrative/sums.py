"""Parts and their whole: 其中, a breakdown in brackets, 合计 behind a list, and the parts that claims know of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from xlsxeval.forms.definition import Claim
from xlsxeval.narrative.amounts import Range, alike, told, written
from xlsxeval.narrative.part_lists import part_lists
from xlsxeval.narrative.passage import Figure, Passage
from xlsxeval.narrative.slips import Slip, any_rough, figures_line
from xlsxeval.narrative.statements import Statement
from xlsxeval.quantities import QuantityKind

_OF_IT = re.compile(r"[，,：:；;、]?\s*其中[：:，,]?")
_OPEN = re.compile(r"\s*[（(]")
_CLOSE = re.compile(r"[)）]")
_NOT_ALL = re.compile(r"其中|含|包括|比|较|占|等|同|不计|另")
_TOTAL = re.compile(r"(?:以上)?(?:共计|合计|总计)(?:得分|金额|支出|收入|人数|资金)?(?:为|共)?[：:]?\s*$")
_BREAKS = re.compile(r"其中|比|较|占|同|预算")


def wrong_sums(passages: Sequence[Passage], stated: Sequence[Statement], claims: Sequence[Claim]) -> Iterator[Slip]:
    """Every whole that is not the sum of its parts, where the text surely gives all of them."""
    for passage in passages:
        if len(passage.figures) > 1:
            yield from _brackets(passage)
            yield from _lists(passage)
            yield from _parts_above_whole(passage)
            yield from _totals(passage)
    yield from _claimed(stated, claims)


def _brackets(passage: Passage) -> Iterator[Slip]:
    """在职人员42人（行政编制6人，事业编制36人）: figures of one unit, one a clause."""
    for whole in passage.figures:
        opening = _OPEN.match(passage.text, whole.end)
        closing = _CLOSE.search(passage.text, opening.end(), opening.end() + 400) if opening else None
        if not opening or not closing:
            continue
        inside = passage.text[opening.end() : closing.start()]
        parts = passage.figures_in(opening.end(), closing.start())
        clauses = [clause for clause in re.split(r"[，,、；;]", inside) if clause.strip()]
        if len(parts) < 2 or len(clauses) != len(parts) or _NOT_ALL.search(inside):
            continue
        if all(alike(whole.quantity, part.quantity) for part in parts) and _is_one_list(parts):
            yield from _unequal(passage, whole, parts, "与括号里各项之和不等")


def _lists(passage: Passage) -> Iterator[Slip]:
    """其中 and parts that exclude one another: together not more than the whole, and not less where they are all."""
    for whole, parts, complete in part_lists(passage):
        if complete or _sum(parts).low > written(whole.quantity).high:
            yield from _unequal(passage, whole, parts, "与“其中”各项之和不等")


def _is_one_list(parts: Sequence[Figure]) -> bool:
    """Whether the parts surely exclude one another: money, or names of one make (行政编制, 事业编制; 第一期, 第二期).

    男80人，女70人，党员20人 are three ways to count the same people.
    """
    if parts[0].quantity.kind is QuantityKind.MONEY:
        return True
    return len({part.label[-2:] for part in parts}) == 1 or all(part.label.startswith("第") for part in parts)


def _parts_above_whole(passage: Passage) -> Iterator[Slip]:
    """A part that stands right behind 其中 is not more than the whole right before it."""
    for whole, part in zip(passage.figures, passage.figures[1:], strict=False):
        link = _OF_IT.match(passage.text, whole.end)
        if link is None or not alike(whole.quantity, part.quantity) or whole.quantity.kind is QuantityKind.SHARE:
            continue
        if passage.clause_start(part.start) > link.end() or any_rough(passage, (whole, part)):
            continue
        if written(part.quantity).low > written(whole.quantity).high:
            yield Slip(
                "part",
                passage,
                part.start,
                part.end,
                "“其中”的一项比总数还大",
                part.quantity.text,
                f"不大于{whole.quantity.text}",
                f"{part.quantity.text} > {whole.quantity.text}",
            )


def _totals(passage: Passage) -> Iterator[Slip]:
    """甲10分，乙50分，丙40分，共计100分: a sentence of figures of one unit that ends in their total."""
    for start, end in passage.sentences:
        figures = passage.figures_in(start, end)
        total = next((figure for figure in figures if _TOTAL.fullmatch(figure.label)), None)
        if total is None:
            continue
        parts = tuple(figure for figure in figures if figure.end <= total.start)
        if len(parts) < 2 or _BREAKS.search(passage.text, start, total.start):
            continue
        if not all(alike(total.quantity, part.quantity) for part in parts) or total.quantity.kind is QuantityKind.SHARE:
            continue
        some = (parts[number:] for number in range(1, min(len(parts) - 1, 20)))
        if not any(_sum(few).meets(written(total.quantity)) for few in some):
            yield from _unequal(passage, total, parts, "与前面各项之和不等")


def _claimed(stated: Sequence[Statement], claims: Sequence[Claim]) -> Iterator[Slip]:
    """The whole and every part of it that the claims know, in one sentence."""
    parts_of: dict[str, set[str]] = {}
    for claim in claims:
        if claim.part_of:
            parts_of.setdefault(claim.part_of, set()).add(claim.name)
    sentences: dict[tuple[int, int, int | None], list[Statement]] = {}
    for statement in stated:
        start, _ = statement.passage.sentence_at(statement.figure.start)
        sentences.setdefault((id(statement.passage), start, statement.project), []).append(statement)
    for group in sentences.values():
        named: dict[str, list[Statement]] = {}
        for statement in group:
            named.setdefault(statement.claim.name, []).append(statement)
        for whole, names in parts_of.items():
            if all(len(named.get(name, ())) == 1 for name in (whole, *names)):
                parts = [one for one in group if one.claim.name in names]
                top = named[whole][0]
                if all(alike(top.figure.quantity, part.figure.quantity) for part in parts):
                    what = f"不等于{'、'.join(part.claim.name for part in parts)}之和"
                    yield from _unequal(top.passage, top.figure, [part.figure for part in parts], what)


def _unequal(passage: Passage, whole: Figure, parts: Sequence[Figure], what: str) -> Iterator[Slip]:
    if any_rough(passage, (whole, *parts)) or _sum(parts).meets(written(whole.quantity)):
        return
    total = sum((part.quantity.value for part in parts), Decimal(0))
    working = f"{figures_line([part.quantity for part in parts], '+')} = {told(total, whole.quantity.unit)}"
    shown, expected = whole.quantity.text, told(total, whole.quantity.unit)
    yield Slip("sum", passage, whole.start, whole.end, what, shown, expected, working)


def _sum(figures: Sequence[Figure]) -> Range:
    total = Range(Decimal(0), Decimal(0))
    for figure in figures:
        total += written(figure.quantity)
    return total
