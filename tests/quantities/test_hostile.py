"""Whatever is typed: nothing raises, nothing takes long, and nothing misses a target that it repeats."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlsxeval.quantities import AchievementState, compare, read_actual, read_target, scan, suggest
from xlsxeval.quantities.score import NOTHING

LONGEST_CELL = 32_767
PIECES = [
    *"0123456789.,，、-~/%％()（）:：≥≤<>=年月日号第附件万亿元人次个成百分之一二十两半零点前后内底完成未不超约 \n",
    *("不低于", "以上", "以内", "达到", "控制在", "个百分点", "2024年", "12月底前", "有提升", "已完成"),
    *("\u200b", "\x00", "\ud800", "٣", "㎡", "①", "{{", "}}", "=cmd|", "10" * 200),
]
typed = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
LONG = [
    piece * (LONGEST_CELL // len(piece))
    for piece in (
        *"1,.-%年月一万十第附点成≥约 <百",
        "1,", "1.", "1-", "1*", "1:", "1/", "1,111", "a1", "A", "1 ", "百分之", "一万", "十点", "2024年", "(1", "≥1、", "附件1-",
        "不", "有提升", "已完成", "未完成，", "\ud800", "\u200b1", "1~",
    )
] + ["1" + "0" * 400 + "%", "≥" + "9" * 400, "1." + "0" * 400 + "1万元", "0731-" * 6000]  # fmt: skip


@given(typed, typed, typed)
def test_nothing_raises(target: str, actual: str, name: str) -> None:
    outcome = compare(target, actual, name)
    assert (outcome.state is AchievementState.UNSURE) <= (outcome.why is not None)
    read_target(target), read_actual(actual)
    for span in scan(target):
        assert 0 <= span.start < span.end <= len(target)


@given(typed, typed)
def test_a_target_that_is_repeated_is_never_missed(target: str, name: str) -> None:
    assert compare(target, target, name).state in (AchievementState.MET, AchievementState.UNSURE)


@given(typed, typed, st.decimals(0, 100, places=2))
def test_no_score_leaves_the_weight(target: str, actual: str, weight: object) -> None:
    suggestion = suggest(compare(target, actual), weight)  # type: ignore[arg-type]
    assert suggestion == NOTHING or suggestion.working
    for score in (suggestion.score, *suggestion.alternatives, *(suggestion.span or ())):
        assert score is None or 0 <= score <= weight  # type: ignore[operator]


@given(typed)
def test_spans_follow_each_other(text: str) -> None:
    spans = scan(text)
    assert all(one.end <= other.start for one, other in pairwise(spans))


@pytest.mark.parametrize("text", LONG, ids=[ascii(text[:6]) for text in LONG])
def test_long_texts_are_read_in_bounded_time(text: str) -> None:
    begun = time.perf_counter()
    scan(text)
    assert compare("≥95%", text).state is AchievementState.UNSURE
    compare(text, "95%", text)
    assert time.perf_counter() - begun < 5
