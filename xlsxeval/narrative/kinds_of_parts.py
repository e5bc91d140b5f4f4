"""Whether the parts that a text names exclude one another, by the property that each part's name speaks of.

线下 and 线上 are two values of one property, so nobody is counted twice. 党员 and 女职工 are of different properties: the
same person may be both.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_PROPERTIES = {
    "sex": "男|女|妇女",
    "age": r"\d岁|青年|中年|老年|老人|儿童|青少年|未成年",
    "party": "党员|团员|群众|民主党派|无党派",
    "nation": "少数民族|汉族|苗族|土家族",
    "education": "博士|硕士|研究生|本科|大专|专科|高中|学历|学位",
    "title": "高级职称|中级职称|初级职称|职称|高级|中级|初级|工程师|技师",
    "duty": "领导|科级|处级|股级|管理人员|专业技术|专技|工勤|业务骨干|新录用|新进|志愿者",
    "post": "行政编制|参公编制|事业编制|工勤编制|机关编制|全额|差额|自收自支",
    "standing": "在职|在编|退休|离休|编外|临聘|聘用|劳务派遣|借调|公益性岗位",
    "hardship": "低保|特困|残疾|脱贫|监测|孤儿|困境|优抚|退役|军人|贫困|困难|五保|重病|高龄|失能|留守|低收入",
    "mode": "线上|线下|网上|窗口|现场|远程|集中|视频|自助|掌上|书面|电话",
    "owner": "国有|民营|私营|外资|集体|公立|公办|民办|个体",
    "size": "规上|规模以上|中小|小微|大型|中型|小型|微型",
    "rank": "重点|示范|龙头|骨干|品牌|优秀|先进|特色|高新|科技|专精特新|上市|星级",
    "age of work": "新建|续建|改建|扩建|新增|存量|续签|延续",
    "level": "国家级|省级|市级|县级|区级|镇级|乡级|村级|部级|州级",
    "stage": "完工|竣工|在建|开工|完成|办结|整改|验收|结题|销号|受理|通过|合格|达标|满意|履约",
    "place": "省内|省外|跨省|市内|市外|境内|境外|国内|国外|外事|城镇|城市|城区|农村|乡村|本地|异地",
    "target": "面向|针对|基层",
    "action": "约谈|处罚|罚款|暂停|解除|移送|通报|责令|查处|立案|追回|退回|曝光|警告|调解|仲裁|裁决|救助|"
    "补助|资助|奖励|参保|享受|就诊|签约|随访|筛查|体检|宣传|检查|督导",
    "kind of purchase": "货物|服务(?!中心|站)|工程",
    "who pays": "财政拨款|上级补助|附属单位|财政资金|财政补助|财政|其他收入|事业收入|经营收入|自筹|社会资本|社会资金",
    "budget": "一般公共预算|政府性基金|国有资本经营|专户|其他资金",
    "level of source": "中央|省级|市级|县级|区级|市县|省财政|市财政|县财政|自筹",
    "above or own": "上级|本级|自筹",
    "purchase": "采购|中小企业|招标|合同|授予",
    "nature": "基本支出|项目支出",
    "use": "人员|公用",
    "economic class": "工资福利|商品和服务|商品服务|个人和家庭|资本性",
    "function": "类支出|类\\)|公共服务|社会保障|卫生健康|教育支出|住房保障|农林水",
    "officials": "接待|用车|公车|出国",
    "time": "季度|半年|月",
    "regularity": "日常|专项检查|定期|不定期|飞行",
}
_WORDS = {name: re.compile(words) for name, words in _PROPERTIES.items()}
_MAY_OVERLAP = frozenset(("hardship", "duty", "rank", "target", "action"))
_PAYMENT = re.compile("(?:金|津贴|补贴|补助)$")
_NESTED = re.compile("以上|以下|及以|含|内设|累计|其中")
_BOTH = (
    ("线上", "线下"), ("男", "女"), ("城镇", "农村"), ("城市", "农村"), ("省内", "省外"), ("省内", "跨省"), ("市内", "市外"),
    ("境内", "境外"), ("国内", "国外"), ("国内", "外事"), ("基本支出", "项目支出"), ("人员经费", "公用经费"), ("已完成", "未完成"),
)  # fmt: skip
_REST = re.compile("^(?:其他|其余|剩余|余下)")
_KIND_WORDS = re.compile(
    "(?:经费|费用|费|专项|项目|资金|支出|补助|收入|采购|工程|款|中心|企业|医院|学校|机构|公司|村|镇|乡)$"
)


def exclude_one_another(names: Sequence[str], *, people: bool, money: bool) -> bool:
    """Whether no two of the parts can have anything in common, as far as their names tell.

    Names that speak of no property part things (门诊8家、住院2家), not people, and money only where they are of one make
    (会议费, 培训费).
    """
    if any(_NESTED.search(name) for name in names) or len(set(names)) < len(names):
        return False
    known = [name for name in names if not _REST.match(name)]
    if len(known) < 2:
        return True
    told = [_properties(name) for name in known]
    if all(told):
        may_overlap = _MAY_OVERLAP - {"hardship"} if money and all(map(_PAYMENT.search, known)) else _MAY_OVERLAP
        shared = set.intersection(*(set(one) for one in told)) - may_overlap
        return any(len({one[name] for one in told}) == len(told) for name in shared)
    return not any(told) and not people and (not money or len({_kind_word(name) for name in known}) == 1)


def are_all(names: Sequence[str]) -> bool:
    """Whether the names say that these parts are all there are: 线上 and 线下, or 其他 as the last."""
    if _REST.match(names[-1]):
        return True
    return len(names) == 2 and any(
        (a in names[0] and b in names[1]) or (b in names[0] and a in names[1]) for a, b in _BOTH
    )


def _properties(name: str) -> dict[str, str]:
    """The properties that a name speaks of, each with the word for it."""
    found = {one: words.search(name) for one, words in _WORDS.items()}
    return {one: match.group() for one, match in found.items() if match}


def _kind_word(name: str) -> str:
    match = _KIND_WORDS.search(name)
    return match.group() if match else ""
