"""Outline P, the report on a project: what its editions have in common. A report has a part for every project."""

from __future__ import annotations

from docx.document import Document as OpenDocument

from report_templates.shared import ATTACHMENT_LIST, ATTACHMENTS, write_cover
from report_templates.writing import write, write_text


def build_project_report(
    document: OpenDocument, *, cover: list[str], unit: str, title: str, method: str, indicators: str
) -> None:
    """Writes outline P; ``method`` and ``indicators`` are the sections that each edition words for itself."""
    write_cover(document, cover, unit, "{% if projects %}{{ narratives[0].date }}{% endif %}")
    write_text(
        document, "{%p for project in projects %}\n{%p set text = narratives[loop.index0] %}\n{%p if loop.first %}"
    )
    write(document, "Title", title)
    write_text(document, "{%p else %}")
    write(document, "Title", title).paragraph_format.page_break_before = True
    write_text(document, "{%p endif %}")
    write_text(document, BEGINNING + method + CONCLUSION + indicators + END + ATTACHMENT_LIST + SIGNATURE + ATTACHMENTS)


def points(lines: str) -> str:
    """A paragraph with the points of some indicators and the score, where there are any."""
    return f"""
{{%p if {lines} %}}
{{%p set got = {lines}|map(attribute="score")|sum %}}
#### 指标分值{{{{ {lines}|map(attribute="weight")|sum|number }}}}分{{% if got is number %}}，得分{{{{ got|number }}}}分{{% endif %}}。
{{%p endif %}}
"""


def prose_with(field: str, lead: str, *, keep: bool = False) -> str:
    """A text of the unit whose first paragraph begins with some words; ``keep`` holds it to what follows."""
    mark = "#### " if keep else ""
    return f"""
{{%p for paragraph in {field}|lines %}}
{mark}{{% if loop.first %}}{lead}{{% endif %}}{{{{ paragraph }}}}
{{%p endfor %}}
"""


BEGINNING = """
{%p if projects|length > 1 %}
@封面单位 （{{ project.name }}）
{%p endif %}
{%p set money = project.funds %}
{%p set change = money.budget - money.initial %}
{%p set left = money.budget - money.executed %}
# 一、项目概况
* text.overview
# 二、绩效自评工作开展情况
## （一）评价目的、对象和范围
* text.scope
"""

CONCLUSION = """
## （三）指标体系设置
* text.framework
## （四）评价工作过程
* text.process
# 三、综合评价结论
{{ project.unit }}{{ year }}年度{{ project.name }}{% if not project.name.endswith("项目") %}项目{% endif %}绩效自评得分为\
{{ text.total.score|number }}分{% if text.grade %}，评价等级为“{{ text.grade }}”{% endif %}。
* text.conclusion
# 四、绩效目标实现情况分析
## （一）项目资金使用及管理情况
{{ year }}年度，{% if project.fiscal.initial is number and money.initial == 0 and money.budget > 0 %}该项目为年中追加项目，\
{% elif project.fiscal.initial is number %}年初预算{{ money.initial|money }}万元，\
{% if change > 0 %}追加{{ change|money }}万元，{% elif change < 0 %}调减{{ change|abs|money }}万元，{% endif %}\
{% endif %}全年预算数{{ money.budget|money }}万元\
{% if project.carryover.budget > 0 or project.other.budget > 0 %}（其中：当年财政拨款{{ project.fiscal.budget|money }}万元\
{% if project.carryover.budget > 0 %}，上年结转资金{{ project.carryover.budget|money }}万元{% endif %}\
{% if project.other.budget > 0 %}，其他资金{{ project.other.budget|money }}万元{% endif %}）{% endif %}，\
全年执行数{{ money.executed|money }}万元{% if money.rate is number %}，预算执行率{{ money.rate|percent }}{% endif %}\
{% if left > 0 %}，结余{{ left|money }}万元{% elif left < 0 %}，超支{{ left|abs|money }}万元{% endif %}。
* text.funds_note
## （二）总体绩效目标完成情况分析
* text.goals_note
{%p if project.total.score is number and project.indicators %}
各项得分为：预算执行率{{ money.score|number }}分，\
{% for group in project.indicators|selectattr("level1")|groupby("level1") %}\
{% set got = group.list|map(attribute="score")|sum %}\
{% if got is number %}{{ group.grouper|plain }}{{ got|number }}分，{% endif %}{% endfor %}\
共计{{ project.total.score|number }}分。
{%p endif %}
## （三）绩效指标完成情况分析
### 1、资金管理
#### 指标分值{{ money.weight|number }}分{% if money.score is number %}，得分{{ money.score|number }}分{% endif %}。
* text.management
{%p set output = project.indicators|selectattr("level1", "containing", "产出")|list %}
"""

END = """
# 五、存在的问题和改进措施
* text.problems
* text.measures
# 六、绩效自评结果拟应用和公开情况
## （一）绩效自评结果拟应用
* text.application
## （二）绩效自评结果公开情况
*+ text.publication
{%p if text.others %}
# 七、其他需要说明的问题
*+ text.others
{%p endif %}
{%p else %}
{{ year }}年度本单位没有需要自评的项目。
{%p endfor %}
"""

SIGNATURE = """
@落款
@落款
@落款 {{ unit.name }}
{%p if projects and narratives[0].date %}
@落款 {{ narratives[0].date }}
{%p endif %}
"""
