"""Words of comparison before and after a figure, and words that promise a change without saying how much."""

from __future__ import annotations

import re

from xlsxeval.quantities.target import Comparator

_NOT = ("不得", "不", "不应", "未", "没有", "不能", "不可")
_COMPARING = {
    Comparator.AT_LEAST: "≥ >= => 大于等于 大于或等于 高于等于 高于或等于 不下 至少 最少 最低",
    Comparator.AT_MOST: "≤ <= =< 小于等于 小于或等于 低于等于 低于或等于 至多 最多 最高 控制在 控制到 压减到 压减至",
    Comparator.MORE: "> 大于 高于 多于 超过 突破",
    Comparator.LESS: "< 小于 低于 少于 短于 不足 不到 不满 未到 未达 未达到 没到 没达到 没有达到",
    Comparator.EQUAL: "= 等于",
    Comparator.ABOUT: "约 大约 约为 近 接近 将近 大概 大致 大体 差不多 估计",
}
# Reached: a demand in a target; in an actual these words only say that it was so.
_REACHING = {
    Comparator.AT_LEAST: "达到 达 实现 完成 力争达到 提高到 提高至 提升到 提升至 增加到 增加至 增长到 增长至 上升到 上升至",
    Comparator.AT_MOST: "降到 降至 降低到 降低至 下降到 下降至 减少到 减少至 缩短到 缩短至",
}
_BEFORE = {word: mark for mark, words in _COMPARING.items() for word in words.split()}
_BEFORE |= {
    no + word: opposite
    for mark, opposite in ((Comparator.MORE, Comparator.AT_MOST), (Comparator.LESS, Comparator.AT_LEAST))
    for word in (*_COMPARING[mark].split()[1:], *(["超", "超出"] if mark is Comparator.MORE else []))
    for no in _NOT
}
_REACHED = {word: mark for mark, words in _REACHING.items() for word in words.split()}
_FRONT = re.compile(
    "(" + "|".join(re.escape(word) for word in sorted((*_BEFORE, *_REACHED), key=len, reverse=True)) + ")$"
)
_SPOILT = re.compile(
    r"(?:未|不|没|没有|非|尚|勿|第|超|超额|差|仅|只|前|[零〇一二两三四五六七八九十百千万亿几数])$|[<>≤≥=]"
)

_DO = "(?:完成|办结|到位|拨付|办理|发放|结算|支付|响应|支付到位|发放到位|完成拨付)?"
_AFTER = (
    (Comparator.AT_LEAST, re.compile(r"(?:及|或|和)?以上|起")),
    (Comparator.AT_MOST, re.compile(rf"(?:及|或)?(?:以内|之内|内|以下|之下|范围内|范围以内){_DO}")),
    (Comparator.ABOUT, re.compile(r"左右|上下")),
    (Comparator.SOME_MORE, re.compile(r"余|多|出头")),
)
_INCLUDED = re.compile(r"\(含[\d.%]{0,12}\)")
# What is counted may follow: 10个镇, 2000元/人; but no word that turns the figure round or makes it vague.
_NOUN = re.compile(r"/?[\u4e00-\u9fffA-Za-z]{1,8}")
_TURNING = re.compile(r"[不未没无非超低高欠缺余多约近差减降少以上下内前后左右或至到落空]")


def before(head: str, in_target: bool) -> tuple[str, Comparator] | None:
    """What stands before a figure, as label and comparator; None where it is not for sure one or the other."""
    head = head.rstrip(" :为是").lstrip(" (")
    match = _FRONT.search(head)
    word = match.group() if match else ""
    label = head.removesuffix(word).rstrip(" :,")
    if _SPOILT.search(label):
        return None
    if word in _REACHED:
        return label, _REACHED[word] if in_target else Comparator.NONE
    return label, _BEFORE.get(word, Comparator.NONE)


def after(tail: str) -> tuple[str, Comparator] | None:
    """What stands after a figure and its unit: the thing that is counted, and a comparator; None for any other words."""
    tail = _INCLUDED.sub("", tail).strip()
    if tail.endswith(")") and "(" not in tail:
        tail = tail.rstrip(" )")
    if not tail:
        return "", Comparator.NONE
    mark = next((mark for mark, words in _AFTER if words.fullmatch(tail)), None)
    if mark is not None:
        return "", mark
    return (tail, Comparator.NONE) if _NOUN.fullmatch(tail) and not _TURNING.search(tail) else None


_CHANGE = "提升|提高|改善|增强|加强|增加|增长|优化|完善|促进|推动|推进|减少|降低|下降|缓解|好转|公开|规范"
_PROMISE = re.compile(
    rf"(?:{_CHANGE})(?:了|到位)?$|(?:良好|较好|好|优|优秀|满意|较高|高|显著|明显|正常|合理|及时|长期|持续)$"
)
_SHORT = 16


def is_vague(plain: str) -> bool:
    """Whether a target in words (folded) promises something that nothing can be measured against: 有提升, 信息公开."""
    return len(plain) <= _SHORT and _PROMISE.search(plain) is not None


_RISE = re.compile(r"(?:提高|提升|增长|增加|上升|下降|降低|减少|压减|缩短|节约|节省|变动率?|增幅|降幅|增长率|下降率)$")
_PLAIN = re.compile(r"(?:只有|仅有|实际|已|共|全部|全年|年度|本年|累计|共计|合计|总计|完成|达到|达|为|实现|值|数)*")


_YEAR_BEFORE = re.compile(r"(?:较|比|与)?(?:上年|去年|上一年)(?:同期|度)?(?:相比)?|同比|[:,]")
# 每季度1次 and 4次 in the year, 2000元/人 and a sum of money: no two of one thing.
_EACH = re.compile(r"每(?!年)|/(?!年)")


def same_matter(target: str, actual: str, name: str) -> bool:
    """Whether the words beside both figures speak of one thing; ``name`` is the indicator's.

    An actual without words is about what its target is about; but a rise by 5% is not a state of 98%.
    """
    target, actual = _YEAR_BEFORE.sub("", target), _YEAR_BEFORE.sub("", actual)
    if target == actual:
        return True
    if _RISE.fullmatch(target) and _RISE.search(name):
        return _PLAIN.fullmatch(actual) is not None
    if _RISE.search(target) or _EACH.search(target) or _EACH.search(actual):
        return False
    named = not target and len(actual) > 1 and actual in name and _RISE.search(actual) is None
    return named or _PLAIN.fullmatch(actual) is not None
