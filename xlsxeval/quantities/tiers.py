"""What an actual in words says of itself: 达成, 部分达成 or 未达成 (财预〔2020〕10号 [号])."""

from __future__ import annotations

import re
from enum import StrEnum

from xlsxeval.quantities.numerals import folded


class Tier(StrEnum):
    """The three tiers of qualitative indicators."""

    ACHIEVED = "达成"
    PARTLY = "部分达成"
    MISSED = "未达成"


_DONE = "完成|达成|达到|达标|实现|落实"
_AIM = "(?:预期|年度|既定|绩效)*(?:目标|指标|要求|任务|效果)?(?:任务)?"
_SURE = "已|已经|全部|全面|均|均已|已全部|已全面|按时|及时|按期|如期|按要求|圆满|顺利"
_TIERS = (
    (
        Tier.MISSED,
        re.compile(f"(?:尚?未|没有|没)(?:能|按时|按期|及时|全部)?(?:{_DONE}|出台|开展){_AIM}(?:且效果较差)?"),
    ),
    (Tier.PARTLY, re.compile(f"(?:已?部分)(?:{_DONE}){_AIM}(?:并具有一定效果)?")),
    (Tier.ACHIEVED, re.compile(f"(?:{_SURE}){{0,3}}(?:完成|达成|达标|实现|达到(?=.)|落实(?:到位)?){_AIM}")),
)


def tier_of(text: str) -> Tier | None:
    """The tier that the whole text says in so many words, or None."""
    plain = folded(text).strip("。.;；,!！ ").replace(" ", "")
    if len(plain) > 24:
        return None
    return next((tier for tier, words in _TIERS if words.fullmatch(plain)), None)


_WITHIN_BUDGET = re.compile(
    r"(?:不|未|没有)超(?:过|出)?(?:年度|全年)?预算|(?:控制)?在?(?:年度|全年)?预算(?:范围)?(?:之|以)?内"
)
# What a target asks beyond being done; an actual that does not say it was so leaves it open.
_DEMANDS = ("按时|及时|按期|如期|提前", "按要求", "全面|全部", "高质量|保质")
_STRENGTH = {"": 0, "有": 0, "有所": 0, "得到": 0, "明显": 2, "显著": 2, "大幅": 2}
_CHANGED = re.compile(
    r"(?P<what>.{0,12}?)(?P<how>有效|有所|有|显著|明显|大幅|得到|进一步|逐步|不断|持续|稳步)?(?P<verb>提升|提高|改善|增强|加强)"
)


def judged(target: str, actual: str) -> Tier | None:
    """The tier of an actual in words against its target in words (both folded), or None where a person must judge."""
    tier = tier_of(actual)
    if tier is not None:
        silent = any(re.search(words, target) and not re.search(words, actual) for words in _DEMANDS)
        return None if silent and tier is Tier.ACHIEVED else tier
    if _WITHIN_BUDGET.fullmatch(target) and _WITHIN_BUDGET.fullmatch(actual):
        return Tier.ACHIEVED
    return Tier.ACHIEVED if _as_strong(target, actual) else None


def _as_strong(target: str, actual: str) -> bool:
    """有提升 against 有所提升 or 显著提升: what was promised without a measure was at least as much claimed."""
    wanted, got = _CHANGED.fullmatch(target), _CHANGED.fullmatch(actual)
    if not wanted or not got or got["what"] not in ("", wanted["what"]) or _verb(wanted["verb"]) != _verb(got["verb"]):
        return False
    low, high = wanted["how"] or "", got["how"] or ""
    return low == high or (low in _STRENGTH and high in _STRENGTH and _STRENGTH[high] >= _STRENGTH[low])


def _verb(verb: str) -> str:
    return "提升" if verb == "提高" else verb
