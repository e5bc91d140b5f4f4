"""Words of comparison before and after a figure, and words that promise a change without saying how much."""

from __future__ import annotations

import re

from xlsxeval.quantities.target import Comparator

_NOT = ("不得", "不", "不应", "未", "没有", "不能", "不可")
_BEFORE: dict[str, Comparator] = {}
for _words, _mark, _opposite in (
    ("≥ >= => 大于等于 大于或等于 高于等于 高于或等于 至少 最少 最低 不下", Comparator.AT_LEAST, None),
    ("≤ <= =< 小于等于 小于或等于 低于等于 低于或等于 至多 最多 最高 控制在 控制", Comparator.AT_MOST, None),
    ("> 大于 高于 多于 超过 突破", Comparator.MORE, Comparator.AT_MOST),
    ("< 小于 低于 少于 短于", Comparator.LESS, Comparator.AT_LEAST),
    ("= 等于", Comparator.EQUAL, None),
    ("约 大约 约为 近 接近 将近 大概", Comparator.ABOUT, None),
):
    for _word in _words.split():
        _BEFORE[_word] = _mark
        if _opposite is not None and not _word.startswith((">", "<")):
            _BEFORE |= {no + _word: _opposite for no in _NOT}
_BEFORE |= {no + "超": Comparator.AT_MOST for no in _NOT}
_REACHED = ("达到", "达", "实现", "完成", "力争达到", "不断达到")
_FRONT = re.compile(
    "(" + "|".join(re.escape(word) for word in sorted((*_BEFORE, *_REACHED), key=len, reverse=True)) + ")$"
)
_NEGATED = re.compile(r"(?:未|不|没|没有|非|尚|勿|第|超|差)$")

_DO = "(?:完成|办结|到位|拨付|办理|发放|结算|支付|响应|支付到位|发放到位|完成拨付)?"
_AFTER = (
    (Comparator.NONE, re.compile(r"")),
    (Comparator.AT_LEAST, re.compile(r"(?:\(含\))?(?:及|或|和)?(?:其)?以上(?:\(含\))?|\(含\)|起")),
    (
        Comparator.AT_MOST,
        re.compile(rf"(?:\(含\))?(?:及|或)?(?:以内|之内|内|以下|之下|范围内|范围以内)(?:\(含\))?{_DO}"),
    ),
    (Comparator.ABOUT, re.compile(r"左右|上下|余|多")),
)


def before(head: str, reached: Comparator) -> tuple[str, Comparator] | None:
    """What stands before a figure as label and comparator; None where it is not for sure one or the other.

    ``reached`` is what 达到 and the like mean: at least in a target, nothing in an actual.
    """
    head = head.rstrip(" :为是").lstrip(" (")
    match = _FRONT.search(head)
    word = match.group() if match else ""
    label = head.removesuffix(word).rstrip(" :,")
    if _NEGATED.search(label):
        return None
    return label, _BEFORE.get(word, reached if word else Comparator.NONE)


def after(tail: str) -> Comparator | None:
    """The comparator that stands after a figure; None for any other words."""
    tail = tail.strip(" )") if tail.endswith(")") and "(" not in tail else tail.strip()
    return next((mark for mark, words in _AFTER if words.fullmatch(tail)), None)


_VERB = "提升|提高|改善|增强|加强|增加|增长|优化|完善|促进|推动|推进|减少|降低|下降|缓解|好转|公开|规范"
CHANGE = re.compile(
    rf"(?P<how>有效|有所|有|显著|明显|大幅|较大|进一步|逐步|不断|持续|稳步|得到|全面|切实)*(?P<verb>{_VERB})"
)
_PRAISE = re.compile(r"良好|较好|好|优|优秀|满意|较高|高|显著|明显|正常|合理|及时|长期|持续")


def is_vague(plain: str) -> bool:
    """Whether a target in words promises something that nothing can be measured against."""
    tail = plain[-6:]
    return len(plain) <= 16 and (CHANGE.search(tail) is not None or _PRAISE.fullmatch(plain) is not None)
