"""Outline H as Chenxi printed it for 2024: nine sections, the table of indicators inside the text, no attachments."""

from __future__ import annotations

from docx.document import Document as OpenDocument

from report_templates.page import number_pages
from report_templates.project import prose_with
from report_templates.shared import SIGNATURE
from report_templates.writing import write_text

TITLE = "{{ unit.name }}部门整体支出绩效自评报告（{{ year }}年度）"
AUTHOR = "{{ unit.name }}"


def build(document: OpenDocument) -> None:
    """Writes the template into an empty document."""
    number_pages(document.sections[0])
    write_text(document, TEXT + SIGNATURE)


TEXT = f"""
! {{{{ unit.name }}}}⏎部门整体支出绩效自评报告⏎（{{{{ year }}}}年度）
{{%p set funds = narrative.funds %}}
{{%p set staff = narrative.staff %}}
{{%p set spent = narrative.sangong %}}
{{%p set left = funds.budget - funds.executed %}}
# 一、部门、单位基本情况
## （一）机构设置情况
* narrative.organisation
## （二）人员编制情况
核定人员编制{{{{ staff.posts|number }}}}名，{{{{ year }}}}年实际在职人数{{{{ staff.actual|number }}}}人\
{{% if staff.rate is number %}}，人员控制率{{{{ staff.rate|percent }}}}{{% endif %}}。
## （三）主要职能职责
* narrative.functions
## （四）绩效目标设定情况
* narrative.targets
# 二、部门整体支出管理及使用情况
## （一）预算执行、使用、管理总体情况
预算收入：{{{{ year }}}}年预算总收入{{{{ funds.budget|money }}}}万元\
{{% if narrative.income_source %}}，{{% if "、" in narrative.income_source %}}包括{{% else %}}均为{{% endif %}}\
{{{{ narrative.income_source|clause }}}}{{% endif %}}。
预算支出：总支出{{{{ funds.executed|money }}}}万元，其中基本支出{{{{ funds.basic|money }}}}万元\
{{% if narrative.basic_items %}}（{{{{ narrative.basic_items|clause }}}}）{{% endif %}}，\
{{% if funds.project == 0 %}}无项目支出{{% else %}}项目支出{{{{ funds.project|money }}}}万元\
{{% if narrative.project_items %}}（{{{{ narrative.project_items|clause }}}}）{{% endif %}}{{% endif %}}\
{{% if left > 0 %}}；年末结余{{{{ left|money }}}}万元{{% elif left < 0 %}}；超支{{{{ left|abs|money }}}}万元{{% endif %}}。
{prose_with("narrative.management", "管理情况：")}
## （二）部门预算执行情况
### 1.基本支出
{{% if narrative.basic_use %}}{{{{ narrative.basic_use|clause }}}}，支出{{% else %}}支出{{% endif %}}\
{{{{ funds.basic|money }}}}万元{{% if narrative.basic_share is number %}}，占总支出{{{{ narrative.basic_share|percent }}}}{{% endif %}}\
{{% if narrative.public_use %}}；{{{{ narrative.public_use|clause }}}}{{% endif %}}。
### 2.项目支出
{{%p if funds.project == 0 %}}
{{{{ year }}}}年度无项目支出。
{{%p else %}}
投入{{{{ funds.project|money }}}}万元{{% if narrative.project_use %}}，用于{{{{ narrative.project_use|clause }}}}{{% endif %}}。
{{%p endif %}}
## （三）“三公”经费使用和管理情况
{{%p if spent.budget == 0 and spent.spent == 0 %}}
{{{{ year }}}}年度没有安排“三公”经费预算，也没有“三公”经费支出。
{{%p else %}}
预算总额：{{{{ spent.budget|money }}}}万元。
实际支出：{{{{ spent.spent|thousands }}}}元（{{{{ spent.final|number(4) }}}}万元）\
{{% if spent.rate is number %}}，占预算总额的{{{{ spent.rate|percent }}}}{{% endif %}}\
{{% if spent.final > spent.budget %}}，超出预算{{{{ (spent.final - spent.budget)|number(4) }}}}万元\
{{% elif spent.final < spent.budget %}}，低于预算金额{{% endif %}}。
{{%p endif %}}
* narrative.sangong_note
# 三、政府性基金预算支出情况
* narrative.government_fund
# 四、国有资本经营预算支出情况
* narrative.state_capital
# 五、社会保险基金预算支出情况
* narrative.social_insurance
# 六、部门整体支出绩效情况
## （一）综合评价结论
自评得分：{{{{ narrative.total.score|number }}}}分（满分{{{{ narrative.total.weight|number }}}}分）\
{{% if narrative.grade %}}，评价等级为“{{{{ narrative.grade }}}}”{{% endif %}}。
{{%p if funds.rate is number or overall.indicators %}}
{{% if funds.rate is number %}}预算执行率{{{{ funds.rate|percent }}}}，\
预算执行得{{{{ funds.score|number }}}}分（分值{{{{ funds.weight|number }}}}分）。{{% endif %}}\
{{% if overall.indicators %}}评价指标共{{{{ overall.indicators|length }}}}项，\
分值{{{{ overall.indicators|map(attribute="weight")|sum|number }}}}分，\
得{{{{ overall.indicators|map(attribute="score")|sum|number }}}}分。{{% endif %}}
{{%p endif %}}
{{%p for paragraph in narrative.conclusion|lines %}}
{{% if loop.first %}}结论：{{% endif %}}{{{{ paragraph|clause }}}}。
{{%p endfor %}}
{{%p if overall.indicators %}}
## （二）评价指标分析
@Caption+ 表⟦SEQ 表 \\* ARABIC⟧　{{{{ year }}}}年度部门整体支出绩效评价指标分析表
{{{{p overall.table }}}}
{{%p endif %}}
# 七、存在的问题及原因分析
* narrative.problems
# 八、下一步改进措施
* narrative.measures
{{%p if narrative.others %}}
# 九、其他需要说明的情况
*+ narrative.others
{{%p endif %}}
"""
