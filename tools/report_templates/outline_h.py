"""Outline H, the department's report: sentences that its editions share."""

BUDGET = """
{%p set funds = overall.funds %}
{%p set change = funds.budget - funds.initial %}
{{ year }}年本部门年初预算{{ funds.initial|money }}万元\
{% if change > 0 %}，调整追加{{ change|money }}万元{% elif change < 0 %}，调减{{ change|abs|money }}万元{% endif %}\
，全年预算{{ funds.budget|money }}万元。{{ year }}年预算支出{{ funds.executed|money }}万元\
{% if funds.rate %}，预算执行率{{ funds.rate|percent }}{% endif %}；其中：基本支出{{ funds.basic|money }}万元，\
项目支出{{ funds.project|money }}万元。"""

SURPLUS = """\
{% if narrative.surplus > 0 %}年末结转结余{{ narrative.surplus|money }}万元。\
{% elif narrative.surplus == 0 %}年末无结转结余。{% endif %}
"""

SCORE = """
{{ year }}年本部门全年预算{{ funds.budget|money }}万元，全年执行{{ funds.executed|money }}万元\
{% if funds.rate %}，预算执行率{{ funds.rate|percent }}，预算执行得{{ funds.score|number }}分（分值{{ funds.weight|number }}分）\
{% endif %}。经自评，部门整体支出绩效自评总分{{ overall.total.score|number }}分。
"""

PROJECTS = """
{%p if projects %}
## （二）项目支出绩效情况
{%p for project in projects %}
{%p set money = project.funds %}
{%p set change = money.budget - money.initial %}
### {{ loop.index }}.{{ project.name }}
{% if money.initial == 0 and money.budget > 0 %}该项目为年中追加项目，全年预算{{ money.budget|money }}万元，\
{% elif change == 0 %}年初预算{{ money.initial|money }}万元，\
{% else %}年初预算{{ money.initial|money }}万元，\
{% if change > 0 %}追加{{ change|money }}万元，{% elif change < 0 %}调减{{ change|abs|money }}万元，{% endif %}\
全年预算{{ money.budget|money }}万元，{% endif %}\
实际支出{{ money.executed|money }}万元{% if money.rate %}，预算执行率{{ money.rate|percent }}{% endif %}。\
{% if narrative.projects[loop.index0].use %}资金主要用于{{ narrative.projects[loop.index0].use|clause }}。{% endif %}\
项目自评得分{{ project.total.score|number }}分，项目实施及绩效情况见{{ project.attachment }}。
{%p endfor %}
{%p endif %}
"""


def fund(form: str, name: str, mark: str) -> str:
    """What one of 附件4–6 says: its totals where there is such spending, and the text that goes with it."""
    total = f"{form}.total"
    return f"""
{{%p if {form}.status == "有此项支出" and {total}.budget is number %}}
{{{{ year }}}}年{name}年初预算{{{{ {total}.initial|money }}}}万元，全年预算{{{{ {total}.budget|money }}}}万元，\
全年执行{{{{ {total}.executed|money }}}}万元\
{{% if {total}.rate is number %}}，执行率{{{{ {total}.rate|percent }}}}{{% endif %}}，见{mark}。
{{%p endif %}}
* {form}.sentence
"""
