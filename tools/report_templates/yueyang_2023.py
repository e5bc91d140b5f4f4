"""Outline H with ten sections, as Yueyanglou printed it for 2023; 附件4–6 speak in sections three to five."""

from __future__ import annotations

from docx.document import Document as OpenDocument

from report_templates.outline_h import BUDGET, PROJECTS, SCORE, fund
from report_templates.shared import ATTACHMENT_LIST, ATTACHMENTS, SIGNATURE, write_cover
from report_templates.writing import write_text

TITLE = "{{ year }}年度{{ unit.name }}整体支出绩效自评报告"
AUTHOR = "{{ unit.name }}"


def build(document: OpenDocument) -> None:
    """Writes the template into an empty document."""
    titles = ["{{ year }}年度预算单位整体支出", "绩效自评报告"]
    write_cover(document, titles, "预算单位名称：{{ unit.name }}", "{{ narrative.date }}", contents=True)
    write_text(document, TEXT + ATTACHMENT_LIST + SIGNATURE + ATTACHMENTS)


TEXT = (
    """
! {{ year }}年度{{ unit.name }}⏎整体支出绩效自评报告
# 一、单位基本情况
{%p if basic %}
本部门共有编制人数{{ basic.staff.posts|number }}人，实有在职人数{{ basic.staff.actual|number }}人\
{% if basic.staff.rate is number %}，控制率{{ basic.staff.rate|percent }}{% endif %}。
{%p endif %}
* narrative.organisation
* narrative.personnel_note
# 二、一般公共预算支出情况
"""
    + BUDGET
    + """
## （一）基本支出情况
{{ year }}年全年基本支出{{ funds.basic|money }}万元{% if basic %}，其中：人员经费{{ narrative.personnel_cost|money }}万元\
{% if narrative.personnel_items %}，包含{{ narrative.personnel_items|clause }}{% endif %}；\
公用经费{{ basic.public.final|money }}万元\
{% if narrative.public_items %}，包含{{ narrative.public_items|clause }}{% endif %}{% endif %}。
* narrative.basic_note
## （二）项目支出情况
{%p if funds.project == 0 %}
{{ year }}年本单位无项目支出。
{%p else %}
项目支出{{ funds.project|money }}万元\
{% for name, value in [("业务工作经费", basic.business.final), ("运行维护经费", basic.operation.final), \
("编外用工人员经费", basic.outside.final), ("审批专项", basic.approved.final)] if value > 0 %}\
，{% if loop.first %}其中：{% endif %}{{ name }}{{ value|money }}万元{% endfor %}\
{% for line in basic.specials if line.final > 0 %}，{{ line.name }}{{ line.final|money }}万元{% endfor %}\
{% for line in basic.transfers if line.final > 0 %}，{{ line.name }}{{ line.final|money }}万元{% endfor %}。
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
    + """
### 1.{{ year }}年度工作完成情况
* narrative.performance
{%p if narrative.highlights %}
### 2.特色亮点工作
* narrative.highlights
{%p endif %}
"""
    + PROJECTS
    + """
* narrative.projects_note
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
