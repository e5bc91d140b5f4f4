"""Clauses in front of others: which say nothing but what narrows the next, and which are what the next one is about."""

from __future__ import annotations

import re

from xlsxeval.narrative.scope_words import JOINS, OF_THING, TELLS, THEN, THING, WHERE, WIDENS, Aspect

_FILLER = re.compile(
    r"截[至止]到?|过去|最近|年度|通报|反馈|[到至]|[时末底初中内后前的里]|期间|阶段|结束|为止|以来|累计|方面|情况|来看|看|因素|影响|"
    r"评估|评价|检查|监测|督导|自查|开展|根据|按照|依据|对照|组织|通过|进行|结合|经|结果|显示|表明|反映|数据|报告|时点|部门|单位|财政|预算|资金|经费|款项|补助|拨款|下达|部分|我|其|在|对于|就|从|按|而言|上|共|"
    r"\d{1,2}日|[\s“”\"《》]"
)
_ORGAN_ENDS = re.compile(r"(?:中心|单位|机构|站|所|院|校|馆|队|局|公司|企业)(?:方面)?\s*$")
_LONGEST_TOPIC, _LONGEST_NAME = 24, 12


def is_fronted(clause: str, marks: list[re.Match[str]]) -> bool:
    """Whether a clause says nothing but what narrows or widens the next: 截至三季度末, 绩效监控显示, 下属服务中心."""
    if not marks:
        return False
    rest = clause
    for mark in marks:
        rest = rest.replace(mark.group(), "", 1)
    rest = _FILLER.sub("", rest)
    least = 4 if any(mark.lastgroup in ("AREA", "BODY") for mark in marks) else 1
    ends = THEN.search(clause) or WHERE.search(clause)
    narrows = any(mark.lastgroup not in WIDENS for mark in marks)
    tells_nothing = len(clause) <= _LONGEST_TOPIC and TELLS.search(clause) is None
    return (
        len(rest) <= least
        or (narrows and (ends is not None or tells_nothing))
        or (len(rest) <= 10 and _ORGAN_ENDS.search(clause) is not None)
    )


def aspect_of_front(clause: str) -> Aspect | None:
    """In what respect a clause without known words narrows the next: 国庆节前, 理论上, 业务一科; None for one that tells an event."""
    tells = TELLS.search(clause) is not None
    if len(clause) > _LONGEST_TOPIC or JOINS.fullmatch(clause):
        return None
    if THEN.search(clause):
        return Aspect.PERIOD
    if WHERE.search(clause):
        return Aspect.PLAN
    if not tells and (len(clause) <= _LONGEST_NAME or THING.search(clause)):
        return Aspect.TOPIC
    return Aspect.TOPIC if THING.search(clause) and OF_THING.search(clause) else None
