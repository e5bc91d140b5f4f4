"""Outline H as printed for 2024: nine sections, the tenth only where there is something to say."""

from __future__ import annotations

from docx.document import Document as OpenDocument

from report_templates.outline_h import BUDGET, PROJECTS, SCORE, SURPLUS, fund
from report_templates.shared import ATTACHMENT_LIST, ATTACHMENTS, SIGNATURE, write_cover
from report_templates.writing import write_text

TITLE = "{{ year }}年度{{ unit.name }}部门整体支出绩效自评报告"
AUTHOR = "{{ unit.name }}"


def build(document: OpenDocument) -> None:
    """Writes the template into an empty document."""
    titles = ["{{ year }}年度部门（单位）整体支出", "绩效自评报告"]
    write_cover(document, titles, "部门（单位）名称：{{ unit.name }}", "{{ narrative.date }}", contents=True)
    write_text(document, TEXT + ATTACHMENT_LIST + SIGNATURE + ATTACHMENTS)


TEXT = (
    """
! {{ year }}年度{{ unit.name }}⏎部门整体支出绩效自评报告
# 一、部门（单位）基本情况
## （一）基本情况
### 1.主要职能。
* narrative.functions
### 2.机构情况，包括当年变动情况及原因。
* narrative.organisation
### 3.人员情况。
{%p if basic %}
截至{{ year }}年末，本部门编制数{{ basic.staff.posts|number }}人，实有在职人员{{ basic.staff.actual|number }}人\
{% if basic.staff.rate %}，控制率{{ basic.staff.rate|percent }}{% endif %}；退休人员{{ narrative.retired|number }}人。
{%p endif %}
* narrative.personnel_note
# 二、一般公共预算支出情况
"""
    + BUDGET
    + SURPLUS
    + """## （一）基本支出情况
{{ year }}年本部门基本支出{{ funds.basic|money }}万元{% if basic %}，其中：人员经费{{ narrative.personnel_cost|money }}万元，\
公用经费{{ basic.public.final|money }}万元{% endif %}。
* narrative.basic_note
## （二）项目支出情况
{%p if projects %}
{{ year }}年本部门项目支出{{ funds.project|money }}万元，\
{% if projects|length > 1 %}包括{{ projects|map(attribute="name")|join("、") }}等{{ projects|length }}个项目\
{% else %}项目为{{ projects[0].name }}{% endif %}。
{%p else %}
{{ year }}年本部门无项目支出。
{%p endif %}
* narrative.project_note
# 三、政府性基金预算支出情况
"""
    + fund("fund", "政府性基金预算", "附件4")
    + "# 四、国有资本经营预算支出情况"
    + fund("capital", "国有资本经营预算", "附件5")
    + "# 五、社会保险基金预算支出情况"
    + fund("insurance", "社会保险基金预算", "附件6")
    + """
# 六、部门整体支出绩效情况
{%p if projects %}
## （一）整体支出绩效情况
{%p endif %}
"""
    + SCORE
    + """* narrative.performance
"""
    + PROJECTS
    + """* narrative.projects_note
# 七、存在的问题及原因分析
* narrative.problems
# 八、下一步改进措施
* narrative.measures
# 九、部门整体支出绩效自评结果拟应用和公开情况
*+ narrative.publication
{%p if narrative.others %}
# 十、其他需要说明的情况
*+ narrative.others
{%p endif %}
"""
)
