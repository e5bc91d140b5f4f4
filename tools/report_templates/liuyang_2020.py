"""Outline L, as Liuyang printed it for 2020: eight sections, the score with its grade in the last."""

from __future__ import annotations

from docx.document import Document as OpenDocument

from report_templates.project import prose_with
from report_templates.shared import ATTACHMENT_LIST, ATTACHMENTS, UNDATED_SIGNATURE, write_cover
from report_templates.writing import write_text

TITLE = "{{ unit.name }}{{ year }}年部门整体支出绩效自评报告"
AUTHOR = "{{ unit.name }}"


def build(document: OpenDocument) -> None:
    """Writes the template into an empty document."""
    titles = ["{{ year }}年部门整体支出", "绩效自评报告"]
    write_cover(document, titles, "部门（单位）名称：{{ unit.name }}", "{{ narrative.date }}", contents=True)
    write_text(document, TEXT + ATTACHMENT_LIST + UNDATED_SIGNATURE + ATTACHMENTS)


def part(name: str, of: str) -> str:
    """，占总支出的7.38%: a share, where there is something to divide by."""
    whole = "总支出" if of == "spent" else "基本支出"
    return f"{{% if {of} > 0 and {name} is number %}}，占{whole}的{{{{ ({name} / {of})|percent }}}}{{% endif %}}"


TEXT = f"""
! {{{{ unit.name }}}}⏎{{{{ year }}}}年部门整体支出绩效自评报告
{{%p set basics = overall.basic.executed %}}
{{%p set works = overall.project.executed %}}
{{%p set spent = basics + works %}}
{{%p set income = overall.fiscal.executed + overall.other.executed %}}
* narrative.opening
# 一、部门概况
## （一）部门职能概述
* narrative.functions_text
## （二）部门组织机构及人员情况
* narrative.organisation
截至{{{{ year }}}}年末，单位编制数{{{{ basic.staff.posts|number }}}}人，实有在职人员{{{{ basic.staff.actual|number }}}}人\
{{% set staff = narrative.staffing %}}\
{{% for name, value in [("行政编制", staff.administrative), ("参公编制", staff.civil), ("事业编制", staff.institution), \
("工勤编制", staff.support)] if value > 0 %}}{{% if loop.first %}}（{{% else %}}，{{% endif %}}\
{{{{ name }}}}{{{{ value|number }}}}人{{% if loop.last %}}）{{% endif %}}{{% endfor %}}\
{{% if basic.staff.rate is number %}}，控制率{{{{ basic.staff.rate|percent }}}}{{% endif %}}。
## （三）年度重点工作计划
* narrative.plan
## （四）部门整体支出规模、使用方向、主要内容和涉及范围
{{{{ year }}}}年部门决算整体收入{{{{ income|money }}}}万元，支出{{{{ spent|money }}}}万元，其中基本支出{{{{ basics|money }}}}万元\
{part("basics", "spent")}{{% if narrative.basic_use %}}，{{{{ narrative.basic_use|clause }}}}{{% endif %}}；\
{{% if works == 0 %}}无项目支出{{% else %}}项目支出{{{{ works|money }}}}万元{part("works", "spent")}\
{{% if narrative.project_use %}}，主要用于{{{{ narrative.project_use|clause }}}}{{% endif %}}{{% endif %}}。
# 二、部门整体支出资金管理及使用情况
## （一）基本支出
### 1.实际整体收支情况
{{{{ year }}}}年基本支出总额{{{{ basics|money }}}}万元，其中人员经费支出{{{{ narrative.personnel_cost|money }}}}万元\
{part("narrative.personnel_cost", "basics")}，日常公用经费支出{{{{ basic.public.final|money }}}}万元\
{part("basic.public.final", "basics")}。\
{{% if narrative.personnel_use %}}人员经费主要用于{{{{ narrative.personnel_use|clause }}}}\
{{% if narrative.public_use %}}，日常公用经费主要用于{{{{ narrative.public_use|clause }}}}{{% endif %}}。{{% endif %}}
* narrative.basic_note
### 2.“三公”经费支出总情况
{{%p set three = basic.sangong %}}
{{%p set more = three.final - three.previous %}}
{{%p if three.final == 0 %}}
{{{{ year }}}}年决算没有“三公”经费支出\
{{% if three.previous > 0 %}}，较上年减少{{{{ three.previous|money }}}}万元{{% endif %}}。
{{%p else %}}
{{{{ year }}}}年决算“三公”经费共支出{{{{ three.final|money }}}}万元，其中公务接待费{{{{ basic.reception.final|money(blank="0") }}}}万元\
{{% if narrative.reception.times > 0 %}}（国内公务接待{{{{ narrative.reception.times|number }}}}次\
{{% if narrative.reception.guests > 0 %}}共计{{{{ narrative.reception.guests|number }}}}人{{% endif %}}）{{% endif %}}，\
公务用车购置和维护费用{{{{ basic.vehicle.final|money(blank="0") }}}}万元，\
因公出国（境）费用{{{{ basic.abroad.final|money(blank="0") }}}}万元。\
{{% if more < 0 %}}较上年减少{{{{ more|abs|money }}}}万元，下降{{{{ (more / three.previous)|abs|percent }}}}\
{{% elif more > 0 %}}较上年增加{{{{ more|money }}}}万元\
{{% if three.previous > 0 %}}，上升{{{{ (more / three.previous)|percent }}}}{{% endif %}}{{% else %}}与上年持平{{% endif %}}\
{{% if three.budget > 0 %}}，为预算数{{{{ three.budget|money }}}}万元的{{{{ (three.final / three.budget)|percent }}}}{{% endif %}}。
{{%p endif %}}
* narrative.sangong_note
## （二）项目支出
### 1.项目资金安排落实、总投入情况
{{{{ year }}}}年项目资金收入总额{{{{ narrative.sum.funding|money }}}}万元，其中财政拨款收入{{{{ narrative.funding.fiscal|money }}}}万元\
{{% if narrative.funding.other > 0 %}}，其他收入{{{{ narrative.funding.other|money }}}}万元{{% endif %}}。\
项目资金支出总额{{{{ works|money }}}}万元{{% for line in narrative.categories %}}，{{% if loop.first %}}其中{{% endif %}}\
{{{{ line.name }}}}{{{{ line.amount|money }}}}万元{{% endfor %}}。
### 2.项目资金实际使用情况
{{%p if narrative.functions %}}
{{{{ year }}}}年财政拨款项目支出{{{{ narrative.sum.functions|money }}}}万元，按功能科目分：{{% for line in narrative.functions %}}\
{{{{ line.name }}}}{{{{ line.amount|money }}}}万元{{% if not loop.last %}}；{{% endif %}}{{% endfor %}}。
{{%p else %}}
{{{{ year }}}}年没有财政拨款的项目支出。
{{%p endif %}}
### 3.项目资金管理情况
* narrative.fund_management
# 三、部门项目组织实施情况
## （一）项目组织情况
* narrative.project_organisation
## （二）项目管理情况
* narrative.project_management
# 四、资产管理情况
截至{{{{ year }}}}年末，固定资产净值{{{{ narrative.fixed_assets|money }}}}万元\
{{% if narrative.asset_kinds %}}，包括{{{{ narrative.asset_kinds|clause }}}}{{% endif %}}。
* narrative.asset_note
# 五、部门整体支出绩效情况
## （一）单位基本支出绩效情况分析
{{{{ year }}}}年度本单位支出总额{{{{ spent|money }}}}万元，其中财政资金{{{{ overall.fiscal.executed|money }}}}万元；\
基本支出{{{{ basics|money }}}}万元{part("basics", "spent")}。
* narrative.basic_performance
## （二）单位项目资金绩效情况分析
{{{{ year }}}}年本单位共支出项目资金{{{{ works|money }}}}万元{part("works", "spent")}。
* narrative.project_performance
{{%p for project in projects %}}
{{%p set use = narrative.projects[loop.index0].use %}}
{{{{ project.name }}}}：全年预算{{{{ project.funds.budget|money(3) }}}}万元，实际支出{{{{ project.funds.executed|money(3) }}}}万元\
{{% if project.funds.rate is number %}}，预算执行率{{{{ project.funds.rate|percent }}}}{{% endif %}}，\
自评得分{{{{ project.total.score|number }}}}分，见{{{{ project.attachment }}}}。{{% if use %}}{{{{ use|clause }}}}。{{% endif %}}
{{%p endfor %}}
# 六、存在的主要问题
* narrative.problems
# 七、改进措施和有关建议
* narrative.measures
# 八、部门整体支出绩效评价等级
* narrative.conclusion
{{%p set total = overall.total.score %}}
{{%p set rating = parameters.rating %}}
{{{{ year }}}}年部门整体支出绩效自评得分{{{{ total|number }}}}分（满分{{{{ overall.total.weight|number }}}}分）\
{{% if total is number %}}，评价为“{{% if total >= rating.first.from %}}{{{{ rating.first.word }}}}\
{{% elif total >= rating.second.from %}}{{{{ rating.second.word }}}}{{% elif total >= rating.third.from %}}\
{{{{ rating.third.word }}}}{{% else %}}{{{{ rating.last.word }}}}{{% endif %}}”{{% endif %}}。
{prose_with("narrative.publication", "公示网址：", keep=True)}
"""
