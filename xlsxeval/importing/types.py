"""The type of a field: from the words of its headings, the nearest first, from what was typed in it, from its format."""

from __future__ import annotations

import re
from collections.abc import Sequence

from xlsxeval.importing.texts import brief, is_amount, is_date, plain

_TEXT = re.compile(
    r"(?:^项目|^事项|^科目|名称|单位|部门|科室|机构|说明|情况|措施|原因|目标|内容|标准|依据|备注|意见|理由|计划|来源|方式|类[别型]|属性|问题|建议|职能|职责|概[况述]|地点|姓名|负责人|联系人|经办人|指标|分析|可能性|方向|性质|口径|范围|周期|期限|时间|方法|等级)$"
)
_OWN = [
    ("percent", r"[（(][%％][)）]|率$|比例$|占比$|比重$|百分比$"),
    ("score", r"得分|自评分|评分$"),
    ("weight", r"分值|权重|满分|标准分"),
    ("code", r"指标值|完成值|目标值|实际值|电话|编码|代码|账号|文号|序号|行次|编号"),
    ("date", r"日期$|年月日"),
    ("area", r"㎡|平方米|面积"),
    ("count", r"[（(][人个名次项户件]数?[)）]|人数|编制数|人员编制|个数|次数|户数|数量$"),
]
_MONEY = re.compile(
    r"[（(](?:万|亿|千)?元[)）]|(?:金额|资金|经费|支出|收入|预算调整|拨款|预算|决算|投资|结转|结余|费用|成本|借款|补助)(?:数|额|总额|合计|总计|总数)?$|(?:预算|决算|执行|支出|收入|下达|到位|调整|支付|安排)(?:数|额)|总额$|金额|(?:债券|发行|发债|融资|贷款|投资)(?:规模|额度)$|(?:预算安排|实际执行|申请金额|到位)$"
)
_SIGNED = re.compile(r"调整$|变动|增减|差[额异]|调增|净额")
_UNIT = re.compile(r"(?:万|亿|千)?元[)）]?$")
_BY_FORMAT = [("percent", r"%"), ("date", r"[yY].*[mMdD]"), ("money", r"0\.00"), ("count", r"^0$|^#,##0$")]
MEASURED = ("money", "count", "area", "percent", "weight", "score", "number")


def type_from(headings: Sequence[str], samples: Sequence[str] = (), printed: Sequence[str] = (), form: str = "") -> str:
    """A type, empty where nothing speaks for one. ``samples`` are figures, ``printed`` texts that stood in the cells."""
    found = next((kind for text in headings if (kind := _of_heading(text))), "") or _far_unit(headings)
    if found in MEASURED and any(not is_amount(text) for text in printed):
        return "text" if found != "percent" else "code"
    if (
        samples
        and not printed
        and (not found or found in MEASURED)
        and all(text.rstrip().endswith(("%", "％")) for text in samples)
    ):
        return "percent"
    if not found and samples and not printed:
        return "number"
    return found or next((kind for kind, pattern in _BY_FORMAT if re.search(pattern, form)), "")


def type_of_filler(text: str) -> str:
    """The type that a stand-in asks for (``年 月 日``), or an empty text."""
    return "date" if is_date(text) else ""


def _of_heading(text: str) -> str:
    """What one heading says by itself."""
    whole, name = plain(text), brief(text)
    if re.search(r"[（(](?:万|亿|千)?元[)）]", whole) and not _TEXT.search(name):
        return "money"
    for kind, pattern in _OWN:
        if re.search(pattern, name) or (kind in ("percent", "area", "count") and re.search(pattern, whole)):
            return kind
    if _TEXT.search(name):
        return "text"
    if not _MONEY.search(name) and not _MONEY.search(whole):
        return ""
    return "signed_money" if _SIGNED.search(name) else "money"


def _far_unit(headings: Sequence[str]) -> str:
    """Money where a heading farther off has the unit (项目资金（万元）) and none says what the cell is."""
    return "money" if any(_UNIT.search(plain(text)) for text in headings) else ""
