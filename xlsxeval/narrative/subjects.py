"""What a sentence is about, where its own clause does not say: a project, a part of the money, another body, a plan."""

from __future__ import annotations

import re
from dataclasses import dataclass

from xlsxeval.narrative.passage import Figure, Passage
from xlsxeval.narrative.words import counts_a_noun, only_leads, without_noise
from xlsxeval.quantities import QuantityKind

NEAR = 1000
"""How far back a text is searched for what a figure is about."""
_OF_MONEY = re.compile(
    r"(?P<part>基本支出|项目支出)|(?P<spent>预算支出|支出|执行|决算|使用|完成)|(?P<budget>预算|收入|下达|批复|安排|拨款|指标|(?<![按照划作度])计划|申请)"
)
_SAYS_WHICH = re.compile(r"预算|实际|全年|[本当]年|总计|总支出|整体支出|执行|决算")
"""Words of a phrase that leave no doubt whether it is money planned or money spent."""
_SAYS_SPENT = re.compile("实际|全年|执行|决算")
_SAYS_NOT_OF_WHAT = re.compile(
    r"(?!预算支出|支出(?:总|合计))(?:(?:[我本全](?:局|委|办|院|校|单位|部门|中心|镇|站|所))|总共|一共|使用|发生|花费|经费|各[项类]|财政|进度|决算|年初|全年|本年度?|当年|年度|调整后?的?|最终|年末|批复的?|下达|核定|安排|实际|累计|共计?|合计|资金"
    r"|预算|支出|执行|率|数|金额|总额|总数|额|指标|为|得|自评|打分|结果)+|.*(?:得分|评分|总分)|自评分数?"
)
"""Phrases that anything may have: 执行率, 全年预算数, 实际支出, 自评得分."""
_OF_SOMETHING = re.compile(r"经费|专项|项目|采购|基金|资金|补助|费用|接待|用车|出国|基本支出|收入[^，,]{0,6}来源")
_INSIDE_PROJECT = re.compile(r"经费|采购|基金|补助|费用|其中")
_CHANGE = re.compile(r"增加|减少|增长|下降|上升|压缩|压减|追加|调减|调增|节约|结余|结转")
_ABOUT_SOME_PROJECT = re.compile(
    "专项(?!资金|经费|检查|整治|行动|治理)|项目(?!支出|资金|经费|管理|绩效|库|申报|入库|评审)"
)
_OTHER_BODY = re.compile(r"下属|所属|直属|局属|二级单位|二级机构|下设|分局|支队|大队|事业单位")
_OURSELVES = re.compile(r"全局|全委|本部门|本单位|本局|我局|我单位|我部门|我委|全单位")

_COUNTED_BODIES = re.compile("单位|机构|学校|医院|企业|公司|中心|站|所|院|园")
_OUR_OFFICES = re.compile("内设|科室|股室|处室|职能")
_OF_THE_BUDGET = re.compile(
    "预算|决算|收支|财政|财务|支出|过紧日子|厉行节约|统计|核算|(?:^|[上来])看$|部署|要求|坚持|加强|领导"
)
"""Clauses in front that leave the money the unit's own."""
_OF_ITS_OWN = re.compile(r"\s*[（(](?:满分|总分|分值|权重)(?:为|是|[：:])?(?!100)\d")
_SAYS_PLANNED = re.compile("预算(?!支出|执行)")
_OWN_SCORE = re.compile("总|综合|整体|部门|最终")
_CLOSED = re.compile("[)）]")
_BODY = re.compile("单位|部门|企业|公司|中心|机构|学校|医院|系统|行业|社区|对象|[站所局厅委院校队镇乡村市县区省]")
_STAFF = re.compile(r"编制|人员|职工|干部|在编|在职|在岗|实有|供养|人数|[我本全](?:局|委|办|单位|部门|厅|院|校|中心)")
_WITH_OTHERS = re.compile(r"[，,]?\s*(?:其中|[（(])[^。）)]{0,60}(?:退休|离休|聘用|临聘|编外|临时|劳务)")
"""A breakdown that shows that more than the staff on posts was counted."""


@dataclass(frozen=True, slots=True)
class TextBackground:
    """What a text is about: the year, the unit's own names, its projects by number.

    ``project`` is set where the whole text is about that one; ``each`` are the forms that every project has.
    """

    year: int
    names: tuple[str, ...] = ()
    projects: tuple[tuple[int, str], ...] = ()
    project: int | None = None
    each: frozenset[str] = frozenset()


def is_body(name: str) -> bool:
    """Whether words name a body of whatever kind: 参保单位, 上级主管部门."""
    return _BODY.search(name) is not None


def names_us(passage: Passage, start: int, end: int) -> bool:
    """Whether the text between two places comes back to the unit itself, also by closing a bracket."""
    return (
        _OURSELVES.search(passage.text, start, end) is not None or _CLOSED.search(passage.text, start, end) is not None
    )


def is_of_other_money(passage: Passage, figure: Figure, phrase: str, clause: str) -> bool:
    """Whether the sentence is about the parts of a budget or of a rise rather than of what was spent."""
    if figure.quantity.kind is not QuantityKind.MONEY or _SAYS_WHICH.search(phrase) or _SAYS_SPENT.search(clause):
        return False
    start = max(passage.sentence_at(figure.start)[0], figure.start - NEAR)
    before = passage.text[start : max(start, figure.start - len(clause))]
    return _is_of_budget(before) or _is_of_change(passage.text[start : figure.start])


def _is_of_change(text: str) -> bool:
    """Whether the whole that 其中 takes apart is a rise or a fall: 比上年增加20万元，其中项目支出5万元."""
    whole, parts, _ = text.rpartition("其中")
    clause = re.split(r"[，,；;。]", whole.rstrip("，,；;：:、 "))[-1]
    return bool(parts) and _CHANGE.search(clause) is not None


def _is_of_budget(text: str) -> bool:
    """Whether the last word of the kind speaks of money that was planned or received, not of money spent."""
    found = [match for match in _OF_MONEY.finditer(text) if not match["part"]]
    return bool(found) and found[-1]["budget"] is not None


def has_other_subject(
    passage: Passage, figure: Figure, phrase: str, clause: str, setting: TextBackground, project: int | None
) -> bool:
    """Whether a phrase that anything may have (执行率) or the staff of some body may be that of what was named before.

    三公经费全年预算5万元，执行率86%: the rate is not the unit's.
    """
    begins = max(0, figure.start - len(clause))
    before = passage.text[max(0, begins - NEAR) : begins]
    if figure.quantity.kind is QuantityKind.COUNT:
        first, _ = passage.sentence_at(figure.start)
        if _WITH_OTHERS.match(passage.text, figure.end):
            return True
        if _is_of_other_people(passage, figure, first) or _is_beside_some_posts(passage, figure, first, setting):
            return True
        if _is_of_counted_bodies(passage, first, begins):
            return True
        ours = _OURSELVES.search(passage.text[max(first, figure.start - NEAR) : figure.start])
        return ours is None and any(_OTHER_BODY.search(text) for text in (before, passage.heading))
    if not _SAYS_NOT_OF_WHAT.fullmatch(phrase) or setting.project is not None:
        return False
    start, _ = passage.sentence_at(figure.start)
    if figure.quantity.kind is QuantityKind.MONEY and (
        counts_a_noun(passage.text, figure.end)
        or (project is None and not _SAYS_PLANNED.search(phrase) and _is_of_an_event(passage, start, begins))
    ):
        return True
    if _OF_ITS_OWN.match(passage.text, figure.end):
        return True
    if figure.quantity.kind is QuantityKind.SCORE and not _OWN_SCORE.search(phrase):
        scores = (one for one in passage.figures_in(start, begins) if one.quantity.kind is QuantityKind.SCORE)
        if any("满分" not in one.label for one in scores):
            return True
    if project is None:
        until = begins if _OURSELVES.match(phrase) else figure.start
        own = [match.end() for match in _OURSELVES.finditer(passage.text, start, until)]
        if own:
            return _OF_SOMETHING.search(passage.text, own[-1], max(own[-1], begins)) is not None
        return any(_OF_SOMETHING.search(text) for text in (before, passage.heading))
    if phrase.startswith(("项目", "专项")):
        return False
    name = dict(setting.projects)[project]
    return _INSIDE_PROJECT.search(before.rpartition(name)[2] if name in before else before) is not None


def _is_of_other_people(passage: Passage, figure: Figure, first: int) -> bool:
    """Whether 其中 takes apart people that are no staff: 志愿者120人，其中在职干部70人."""
    link = passage.text.rfind("其中", first, figure.start)
    wholes = passage.figures_in(first, link) if link > 0 else ()
    return bool(wholes) and wholes[-1].quantity.kind is QuantityKind.COUNT and not _STAFF.search(wholes[-1].label)


def _is_beside_some_posts(passage: Passage, figure: Figure, first: int, setting: TextBackground) -> bool:
    """Whether the posts that were told last are only some: 行政编制20名，在职18人."""
    last = -1 if "编制" in figure.label else passage.text.rfind("编制", first, passage.clause_start(figure.start))
    head = without_noise(passage.text[passage.clause_start(last) : last]) if last > 0 else ""
    return not only_leads(head.removesuffix("人员").removesuffix("机构"), setting.names)


def _is_of_counted_bodies(passage: Passage, first: int, begins: int) -> bool:
    """Whether a number of bodies was told before: 同类机构9家，在职人员460人."""
    for one in passage.figures_in(first, begins):
        around = one.label + passage.text[one.end : one.end + 6]
        if (
            one.quantity.unit in ("家", "所", "个")
            and _COUNTED_BODIES.search(around)
            and not _OUR_OFFICES.search(around)
        ):
            return True
    return False


def _is_of_an_event(passage: Passage, start: int, begins: int) -> bool:
    """Whether the clause before tells of something that the money may be of: 举办文化节，全年支出15万元."""
    before = passage.text[start:begins].rstrip("，,、；;：: ")
    clause_begins = start + max(before.rfind(mark) for mark in "，,；;：:。") + 1
    clause = passage.text[clause_begins : start + len(before)].strip()
    told = passage.figures_in(clause_begins, start + len(before))
    if any(one.quantity.kind in (QuantityKind.MONEY, QuantityKind.SHARE) for one in told):
        return False
    return len(clause) > 3 and not _OF_THE_BUDGET.search(clause) and not only_leads(without_noise(clause), ())


def some_project(passage: Passage, offset: int) -> bool:
    """Whether the paragraph speaks of a project that the campaign does not know by that name."""
    head = passage.text[max(0, offset - NEAR) : offset]
    return any(_ABOUT_SOME_PROJECT.search(text) for text in (head, passage.heading))


def project_before(passage: Passage, offset: int, setting: TextBackground) -> int | None:
    """The number of the project that was named last before a place of the paragraph, or in the line above it."""
    for text in (passage.text[max(0, offset - NEAR) : offset], passage.heading):
        named = [(text.rfind(name), number) for number, name in setting.projects if name and name in text]
        if named:
            return max(named)[1]
    return None
