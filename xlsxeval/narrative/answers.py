"""Whether problems are problems, and whether the measures answer them; only what is plain to see is told."""

from __future__ import annotations

import re

_ASKS = re.compile(
    r"(?:资金|经费|财力|投入|预算)[^，,。；;\n]{0,10}(?:不足|短缺|紧张|紧缺|缺口|有限|不够|偏少|缺乏|难以保障)"
    r"|(?:缺乏|缺少|没有|短缺|不足)[^，,。；;\n]{0,4}(?:资金|经费)"
    r"|(?:需|需要|急需|亟需|建议|希望|请|请求|恳请)[^，,。；;\n]{0,12}(?:加大|增加|追加|加强|安排|给予|提高)?[^，,。；;\n]{0,6}"
    r"(?:资金投入|资金支持|经费投入|经费保障|经费支持|财政投入|财政支持|专项经费|专项资金)"
)
_SHORT_OF = re.compile(
    r"不足|不够|不高|不强|不到位|不规范|不完善|不健全|不合理|不均|不平衡|不准|不实|不及时|不细|不多|不清|不严|不优|不佳|不全|不明"
    r"|偏低|偏差|偏慢|较低|较慢|较少|较弱|较差|较大|较宽|低于|滞后|薄弱|缺乏|缺少|短缺|欠缺|有待|有差距|差距|尚未|没有|未能|未达|未完成|未按"
    r"|难|老化|单一|压力|粗放|脱节|随意|断档|下降|严重|困难|矛盾|风险|弱|缺失|重复|浪费|闲置|拖延|延误|降低|需进一步|需要进一步|仍需"
)
_POINT = re.compile(
    r"(?:^|\n)[ \t\u3000]*(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）.．、])|[一二三四五六七八九十]是|\n"
)
_SENTENCE = re.compile(r"[^。；;！？\n]{2,}")
_PLAIN = re.compile(r"[^\u4e00-\u9fff]")
_PHRASES = (
    "进一步加强，进一步完善，进一步提高，有待进一步，不断提高，有效提高，"
    "我单位，我们将，本单位，存在的问题，主要是，工作中，等方面，下一步，下阶段"
)
_GENERAL = frozenset(_PHRASES[index : index + 3] for index in range(len(_PHRASES) - 2))
_GRAM = 3


def only_asks_for_money(problems: str) -> bool:
    """Whether some sentence asks for money and none names any other shortcoming."""
    without = _ASKS.sub("", problems)
    return without != problems and _SHORT_OF.search(without) is None


def unanswered(problems: str, measures: str) -> bool:
    """Whether of several problems not one has as much as three characters in a row in common with the measures.

    Of each problem its first sentence counts, which names it; words that stand in any report do not.
    """
    heads = [found.group() for point in _POINT.split(problems) if point and (found := _SENTENCE.search(point))]
    grams = [grams for head in heads if (grams := _grams(head))]
    answered = _grams(measures)
    return len(grams) >= 2 and bool(answered) and not any(one & answered for one in grams)


def _grams(text: str) -> set[str]:
    plain = _PLAIN.sub("", text)
    return {plain[index : index + _GRAM] for index in range(len(plain) - _GRAM + 1)} - _GENERAL
