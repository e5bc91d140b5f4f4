"""Words that mean a figure (全部完成, 未发生, 未完成), and whether a text tells any figure at all."""

from __future__ import annotations

import re

from xlsxeval.quantities.numerals import folded
from xlsxeval.quantities.prose import SpanKind, scan
from xlsxeval.quantities.target import Reading, Target
from xlsxeval.quantities.tiers import Tier, tier_of
from xlsxeval.quantities.units import QuantityKind

_NONE_OF_IT = re.compile(
    r"(?:全年|年度|本年|均|实际)*(?:未|没有|无|零)(?:发生|出现|产生|事故|投诉|违规|差错|上访|案件|超标|问题|拖欠|新增|增长|死亡|伤亡|安全|重大|责任|质量|事件|现象|情况)+|零|没有|无"
)
_ALL_OF_IT = re.compile(
    r"(?:已|均已?|均)?(?:(?:全部|全面|全额|足额|全数|全员|百分百)(?:已|予以|按时|及时|按期|如期)*[^未没无不基本部分]{0,8}|全覆盖|全到位)|均已(?:完成|到位|发放|拨付|落实|达标|合格|办结|整改)"
)
_NOT_DONE = re.compile(
    r"(?:尚|还|暂|均|仍)?(?:未|没有?|不)(?:能|按时|按期|及时|全部|有)*(?:完成|达成|达到|达标|达|实现|落实|出台|开展|实施|启动|开工|建成|"
    r"动工|进行|组织|执行|支付|拨付|发放|验收|举办|召开|采购|做|办)(?:了|该?项?工作|预期|年度|绩效|既定|目标|指标|要求|任务|标准|值|数)*"
    r"|(?:尚|还|暂|均|仍)?(?:未|没有?)(?:能|按时|按期|及时)*(?:开展|实施|启动|举办|召开|采购|组织)[\u4e00-\u9fff]{0,6}"
)
_FALLS_SHORT = re.compile("完成|达成|达到|达标|实现")


def told_in_words(target: Reading, text: str) -> bool | None:
    """Whether words that mean a figure say that a target was reached: 全部完成 for 100%, 未发生 for 0起, 未完成 for anything."""
    plain = folded(text).strip("。.;,! ")
    if len(plain) > 24:
        return None
    if _NOT_DONE.fullmatch(plain):
        smaller = isinstance(target, Target) and (target.comparator.smaller_is_better or target.quantity.value == 0)
        return None if smaller and not _FALLS_SHORT.search(plain) else False
    if not isinstance(target, Target):
        return None
    quantity = target.quantity
    if _NONE_OF_IT.fullmatch(plain):
        return True if quantity.value == 0 or target.comparator.smaller_is_better else None
    everything = quantity.kind is QuantityKind.SHARE and quantity.value == 1 and _ALL_OF_IT.fullmatch(plain)
    one = quantity.value == 1 and quantity.kind is QuantityKind.COUNT and tier_of(plain) is Tier.ACHIEVED
    return True if everything or one else None


_LONGEST = 480
_TELLING = (SpanKind.FIGURE, SpanKind.RANGE, SpanKind.DATE)
_SOME_FIGURE = re.compile(r"\d|[几数上近][十百千万亿]|[一二三四五六七八九十百千万亿][多余](?=[人个家户项件次场份元万])")


def has_figure(text: str) -> bool:
    """Whether a text tells any figure or date, in digits or in Chinese numerals, if only by its size (近千人)."""
    return _SOME_FIGURE.search(folded(text)) is not None or any(span.kind in _TELLING for span in scan(text[:_LONGEST]))
