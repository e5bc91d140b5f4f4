"""What a printed text is: a heading, a stand-in for something to be typed, a sign that nothing is typed, or a value."""

from __future__ import annotations

import re

_NUMBERING = re.compile(
    r"^\s*(?:[（(]?(?:[一二三四五六七八九十]+|[0-9]{1,2})(?:[、．.]|[)）][、.]?)|其中[：:]?|[★▲△●*＊☆]|[①-⑳])\s*"
)
_GROUP = re.compile(r"^[^：:（(]{2,8}[：:](?=[（(]?[0-9一二三四五六七八九十]{1,2}[)）、.])")
_REMARK = re.compile(r"[（(\[【][^（()）\[\]【】]*[)）\]】]$")
_FILLER = re.compile(
    r"(?:指标|目标|任务|措施|项目|内容|工作)\s?[0-9一二三四五六七八九十①-⑳]{1,3}\s?[：:、.．]?"
    r"|[（(]?[0-9]{1,2}[)）]?\s?[、.．：:)）]|[①-⑳]|[.…。·⋯]{1,12}|_{2,}|[（(][\s\u3000]*[)）]|[（(]?(?:填写|请填写|请在此).{0,40}"
)
_MASKED = re.compile(r"[×✕○〇]{2,}|[*＊]{2,}|[xX]{2,}|_{2,}")
MARK = re.compile(r"附\s{0,9}(?:[件表录]\s{0,9})?[0-9一二三四五六七八九十]{0,9}(?:[-—－][0-9]{1,9})?\s{0,9}[：:]?$")
"""The mark of an attachment: 附件1, 附表二：, 附1-2."""
DATE = re.compile(r"[0-9×xX_\s]{0,12}年[\s_×xX0-9]{0,8}月(?:[\s_×xX0-9]{0,8}日)?")
"""A day, or the room for one: 2024年3月5日, 　　年　月　日."""
_MONEY_UNITS = "万元|元|亿元|千元"
_DASH = re.compile(r"[-—－–―/／\\*＊×]{1,6}")
_UNIT_NOTE = re.compile(r"[（(]?(?:金额|货币|计量)?单位[：:]?(?:人民币)?(?:" + _MONEY_UNITS + r"|个|人)[)）]?")
_UNIT_SAID = re.compile(rf"单位[：:]\s{{0,4}}(?:人民币)?\s{{0,4}}({_MONEY_UNITS})")
_UNIT_BEHIND = re.compile(rf"[（(]({_MONEY_UNITS})[）)]")
_AMOUNT = re.compile(r"[¥￥]?\s?[-－]?[0-9０-９][0-9０-９,，\s]{0,20}(?:[.．][0-9０-９]{1,8})?\s?(?:%|％|万元|元)?")
_BOX = re.compile(r"[□☐○◯☑√✓■]")
_TOTAL = re.compile(
    r"(?:金额|资金|经费|预算|支出|收入|得分|分值|指标)?(?:总分|合计|总计|小计|总得分|合计得分|自评总分|得分合计)"
)
_LONGEST_CHOICE = 30


def plain(text: str) -> str:
    """A heading without numbering, line breaks and the colon behind it."""
    joined = _GROUP.sub("", re.sub(r"\s+", "", text))
    return _NUMBERING.sub("", _NUMBERING.sub("", joined)).rstrip("：:*＊")


def brief(text: str) -> str:
    """A heading without the remarks in brackets behind it, too."""
    name = plain(text)
    for _ in range(2):
        name = _REMARK.sub("", name).rstrip("：:") or name
    return name


def is_total(text: str) -> bool:
    """Whether a label names a line of sums."""
    return _TOTAL.fullmatch(brief(text)) is not None


def is_key(text: str) -> bool:
    """Whether a label names the cell on its right (单位：)."""
    return text.rstrip().endswith(("：", ":"))


def is_filler(text: str) -> bool:
    """Whether it only shows where something is to be typed: 指标1：, ……, ××, 年 月 日, boxes to be ticked."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(choices(text)) > 1 or (DATE.search(text) and not re.search(r"[0-9]{4}", text) and len(text.strip()) < 40):
        return True
    return bool(lines) and all(_FILLER.fullmatch(line) or (_MASKED.search(line) and len(line) < 20) for line in lines)


def is_dash(text: str) -> bool:
    """Whether it says that nothing is typed there: —, /, *; or only tells the unit of the whole form (单位：万元)."""
    joined = re.sub(r"\s", "", text)
    return _DASH.fullmatch(joined) is not None or _UNIT_NOTE.fullmatch(joined) is not None


def is_amount(text: str) -> bool:
    """Whether it is a number, as a cell or as a text holds one."""
    return _AMOUNT.fullmatch(text.strip()) is not None


def is_date(text: str) -> bool:
    """Whether a stand-in asks for a day."""
    return len(DATE.findall(text)) == 1


def names_unit(text: str) -> bool:
    """Whether it says in which unit amounts are (单位：万元), alone or within other words."""
    return _UNIT_SAID.search(text) is not None


def money_units(text: str) -> set[str]:
    """The units of money that a text names: ``单位：万元`` or ``（元）``."""
    return set(_UNIT_SAID.findall(text)) | set(_UNIT_BEHIND.findall(text))


def choices(text: str) -> tuple[str, ...]:
    """The words beside boxes: ``新增项目□ 延续项目□`` has two. Nothing where there are no two boxes."""
    if len(_BOX.findall(text)) < 2:
        return ()
    parts = [re.sub(r"^[0-9]{1,2}[.、．]", "", part.strip(" 　；;、,，\n")) for part in _BOX.split(text)]
    found = tuple(dict.fromkeys(part for part in parts if part))
    return found if all(len(part) <= _LONGEST_CHOICE for part in found) else ()


def yes_or_no(heading: str) -> tuple[str, ...]:
    """The two answers that a heading asks for (是否新增, 有无此项支出), or none."""
    name = brief(heading)
    return ("是", "否") if "是否" in name else ("有", "无") if "有无" in name else ()
