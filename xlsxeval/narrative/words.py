"""The small words around a named quantity that say nothing against it: who, when, and how a figure is joined on."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

_NOISE = re.compile(r"[\s“”\"'‘’「」『』*#]")
_WHO = r"(?:我|本|全)(?:局|委|办|厅|处|院|校|园|中心|单位|部门|会|站|所|队|馆|镇|乡|街道|公司|机构)(?:20\d\d年度?)?"
_WHEN = (
    r"(?:截至|截止)?(?:20\d\d年度?)(?:末|底|12月31日|12月底|年末|年底)?(?:止|，)?"
    r"|截至(?:年末|年底)|年末|年底|截[至止](?:20\d\d年)?12月31日|(?:20\d\d年)?12月31日|全年度?|本年度?|当年度?|今年|上年度?|去年|上一年度?|年度"
)
_JOINED = (
    "其中|另外|另|最终|全口径|未剔除|同时|累计|总计|共实现|实现|共有|共计|总共|一共|合计|共|现有|现|实际|核定|批复|核准|批准|安排|完成|发生|用于|设置|设立|设有|设"
    "|部门决算|年终决算|财政决算|决算|单位|部门|总的?|的|为|在|有|按"
    "|(?:绩效|自评|评价|考核|整体|项目|支出)*指标体系"
    "|(?:[省市县区州]委?)?(?:机构)?编(?:办|委会?|制部门|制委员会(?:办公室)?)|“?三定”?(?:方案|规定)"
    "|(?:年中)?(?:经)?(?:追加|调整|调剂|增减|核减)(?:预算)?后"
)
_LEAD = re.compile(rf"(?:{_WHO}|{_WHEN}|{_JOINED})[:：]?")
_LINK = re.compile(
    r"(?:总金额|支出|金额|总额|总数|总计|共计|合计|累计|实际|执行数|决算数|仅仅|数额|全年|实为|人民币|数|为|是|一?共|计|达到?了?|有|仅"
    r"|(?<!预算)(?:完成|执行|发生)了?|实现了?|(?:下?降低?|减少|压减|压缩|增加?|增长|上升|提高)[至到为]|[:：])$"
)
_ABOUT = re.compile(r"\s*(?:余|多(?!于)|左右|上下|以上|以下|以内|之内|之间|不到|[-~～—至]\s?\d|个百分点)")
_OF_A_NOUN = re.compile(r"(?![和及与其全均都已较比同占])[\u4e00-\u9fff]")
_ROUGHLY = re.compile(
    r"(?:约|近|超|逾|超过|不超过|不足|不低于|不少于|不高于|控制在|低于|高于|大于|小于|至少|最多|[≥≤><＞＜~～])(?:为|到|达)?\s*$"
)


def without_noise(text: str) -> str:
    """A clause without blanks and quotation marks."""
    return _NOISE.sub("", text)


def _endings(clause: str, phrases: Container[str], longest: int) -> Iterator[tuple[str, str]]:
    """Yields each phrase that a clause ends with, joining words aside, and what stands before it; the longest first.

    No phrase has more than ``longest`` characters.
    """
    while True:
        for length in range(min(longest, len(clause)), 0, -1):
            if clause[-length:] in phrases:
                yield clause[-length:], clause[:-length]
        link = _LINK.search(clause)
        if link is None:
            return
        clause = clause[: link.start()]


def named_by(clause: str, phrases: Container[str], longest: int, names: tuple[str, ...]) -> tuple[str, str] | None:
    """The longest phrase that a clause ends with and that nothing narrows, else the longest, with what stands before it.

    本部门年初预算 is 年初预算 of 本部门, though 部门年初预算 is a phrase, too.
    """
    found = list(_endings(clause, phrases, longest))
    return next((one for one in found if only_leads(one[1], names)), found[0] if found else None)


def only_leads(text: str, names: tuple[str, ...]) -> bool:
    """Whether nothing stands before a phrase but who, when and words that join; ``names`` are those of the unit itself."""
    while text:
        name = next((one for one in names if one and text.startswith(one)), None)
        lead = None if name else _LEAD.match(text)
        if name is None and lead is None:
            return False
        text = text[len(name) if name else lead.end() if lead else 0 :]
    return True


def counts_a_noun(text: str, end: int) -> bool:
    """Whether a count goes on with what it counts (编制45个指标): then it is none of what stands before it."""
    return _OF_A_NOUN.match(text, end) is not None


def is_rough(text: str, start: int, end: int) -> bool:
    """Whether the figure at a place is told as a bound or as roughly so: 约, 余, 左右, 不低于, ≥."""
    return bool(_ABOUT.match(text, end) or _ROUGHLY.search(text[max(0, start - 8) : start]))
