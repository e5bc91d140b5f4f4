"""The department's own report over all units: text upright, then its tables across."""

from __future__ import annotations

from docx.document import Document as OpenDocument
from docx.enum.section import WD_SECTION

from report_templates.rowtable import Column, write_table
from report_templates.shared import write_cover
from report_templates.styles import CENTER, LEFT, RIGHT
from report_templates.writing import write, write_text
from xlsxeval.report.sections import turned, without_number_start

TITLE = "{{ department }}{{ year }}年度绩效自评汇总报告"
AUTHOR = "{{ department }}"


def build(document: OpenDocument) -> None:
    """Writes the template into an empty document."""
    write_cover(document, ["{{ year }}年度预算支出", "绩效自评汇总报告"], "{{ department }}", "{{ made }}")
    write_text(document, BEGINNING)
    write_table(document, MONEY, "line in money if line.total is number")
    write_text(document, REST)
    section = document.add_section(WD_SECTION.NEW_PAGE)
    document.paragraphs[-1].style = "表格分隔"
    turned(section._sectPr, landscape=True)
    without_number_start(section._sectPr)
    write_text(document, "@Normal {%p if units %}")
    _attachment(document, "1", "各单位资金和得分情况表", UNITS, "line in units", UNITS_TOTAL)
    write_text(document, "@Normal {%p endif %}\n@Normal {%p if ranking %}")
    _attachment(document, "2", "自评得分排名表", RANKING, "line in ranking")
    write_text(document, "@Normal {%p endif %}\n@Normal {%p if projects %}")
    _attachment(document, "{{ project_mark }}", "项目支出情况表", PROJECTS, "line in projects", PROJECTS_TOTAL)
    write_text(document, "@Normal {%p endif %}\n@Normal {%p if common %}")
    _attachment(document, "{{ common_mark }}", "共性问题表", COMMON, "line in common")
    write_text(document, "@Normal {%p endif %}\n@Normal {%p if levels %}")
    _attachment(document, "{{ level_mark }}", "下级情况表", LEVELS, "line in levels", LEVELS_TOTAL)
    write_text(document, "@Normal {%p endif %}")
    write(document, "表格分隔")


def _attachment(
    document: OpenDocument, mark: str, title: str, columns: list[Column], lines: str, total: list[str] | None = None
) -> None:
    write(document, "附件标记", f"附件{mark}")
    write(document, "附件标题", title)
    if total is not None:
        note = write(document, "表格文字", "金额单位：万元")
        note.alignment = RIGHT
        note.paragraph_format.keep_with_next = True
    write_table(document, columns, lines, total)


BEGINNING = """
! {{ department }}⏎{{ year }}年度绩效自评汇总报告
{%p set project_mark = 1 + (1 if units else 0) + (1 if ranking else 0) %}
{%p set common_mark = project_mark + (1 if projects else 0) %}
{%p set level_mark = common_mark + (1 if common else 0) %}
# 一、组织开展情况
{{ year }}年度，{{ department }}组织{% if units or not levels %}所属单位{% endif %}{% if units and levels %}和{% endif %}\
{% if levels %}下级{% endif %}开展绩效自评{% if deadline %}，要求{{ deadline }}前报送{% endif %}。\
{% if units or not levels %}应报{{ units|length }}个单位，已报{{ came|length }}个，\
{% if absent %}未报{{ absent|length }}个{% else %}全部报齐{% endif %}。{% endif %}
{%p if levels %}
下级{{ lower.levels }}个，已上报{{ lower.came or 0 }}个{% if silent %}，未上报{{ silent|length }}个{% endif %}。\
{% if lower.came %}上报的下级共有{{ lower.units }}个单位，已报{{ lower.returned }}个\
{% if lower.absent %}，未报{{ lower.absent }}个{% endif %}\
{% if lower.errors %}，其中{{ lower.errors }}个还有错误没有改正{% endif %}。{% endif %}
{%p endif %}
{%p if faulty %}
已报的单位中，{{ faulty|length }}个单位的自评表还有错误没有改正：\
{{ faulty[:10]|map(attribute="name")|join("、") }}{% if faulty|length > 10 %}等{% endif %}。\
本报告的数暂按收到的表计算，改正后应当重新汇总。
{%p endif %}
{%p if unread or strange %}
另有{% if unread %}{{ unread }}份文件读不了{% endif %}{% if unread and strange %}、{% endif %}\
{% if strange %}{{ strange }}份文件不是名册里的单位报的{% endif %}，没有计入。
{%p endif %}
{%p if late %}
{{ late|length }}个单位在截止日期以后报送：\
{% for unit in late[:10] %}{{ unit.name }}（晚{{ unit.late }}天）{% if not loop.last %}、{% endif %}{% endfor %}\
{% if late|length > 10 %}等{% endif %}。
{%p endif %}
{%p if sent_back %}
{{ sent_back|length }}个单位的自评表审核后退回修改，还没有重新报来：\
{{ sent_back|map(attribute="name")|join("、") }}。本报告暂按退回的表计算。
{%p endif %}
{%p if waived %}
{{ waived|length }}个单位有查明后登记为例外的问题，共{{ waived|sum(attribute="waived") }}处，不计入下面的问题。
{%p endif %}
{%p set several = came|selectattr("remark")|list %}
{%p if several %}
{{ several|map(attribute="name")|join("、") }}收到几份不同的表，以哪一份为准还没有定，没有取数。
{%p endif %}
# 二、预算安排和执行情况
{%p if total.budget is number %}
已报数的单位{% if total.initial is number %}年初预算合计{{ total.initial|money }}万元，{% endif %}\
全年预算合计{{ total.budget|money }}万元\
{% if total.executed is number %}，全年执行合计{{ total.executed|money }}万元{% endif %}\
{% if total.rate is number %}，预算执行率{{ total.rate|percent }}{% endif %}。各单位情况见附件1。
{%p set slow = units|selectattr("rate", "lt", total.rate)|sort(attribute="rate") %}
{%p if slow %}
执行率低于平均水平的有{{ slow|length }}个单位\
{% if slow|length > 3 %}，最低的是{% else %}：{% endif %}\
{% for unit in slow[:3] %}{{ unit.name }}（{{ unit.rate|percent }}）{% if not loop.last %}、{% endif %}{% endfor %}。
{%p endif %}
{%p elif not lower.budget %}
还没有单位报数。
{%p endif %}
{%p if lower.budget %}
已上报的下级{% if lower.initial %}年初预算合计{{ lower.initial|money }}万元，{% endif %}全年预算合计{{ lower.budget|money }}万元\
{% if lower.executed %}，全年执行合计{{ lower.executed|money }}万元{% endif %}\
{% if lower.rate %}，预算执行率{{ lower.rate|percent }}{% endif %}\
{% if lower.score %}，得分按全年预算数加权平均{{ lower.score|number }}分{% endif %}。\
{% if total.budget is number %}连同本级单位，全年预算共{{ grand.budget|money }}万元\
{% if grand.executed %}，全年执行共{{ grand.executed|money }}万元{% endif %}\
{% if grand.rate %}，预算执行率{{ grand.rate|percent }}{% endif %}。{% endif %}各下级情况见附件{{ level_mark }}。
{%p endif %}
{%p if money|selectattr("total", "number")|list %}
@报告段落+ 按资金的性质和用途，各单位合计如下表：
"""

REST = """
@表格分隔
{%p endif %}
# 三、项目支出情况
{%p if projects %}
共有{{ projects|length }}个项目\
{% if project_total.budget is number %}，全年预算合计{{ project_total.budget|money }}万元{% endif %}\
{% if project_total.executed is number %}，全年执行合计{{ project_total.executed|money }}万元{% endif %}\
{% if project_total.rate is number %}，预算执行率{{ project_total.rate|percent }}{% endif %}\
{% if project_total.score is number %}，自评得分平均{{ project_total.score|number }}分{% endif %}。\
各项目情况见附件{{ project_mark }}。
{%p else %}
{% if units or not levels %}本年度没有单独自评的项目。{% else %}本级没有单位，项目由各下级汇总。{% endif %}
{%p endif %}
# 四、自评结果
{%p if ranking %}
{{ ranking|length }}个单位有自评得分，平均{{ total.score|number }}分\
{% if total.weighted is number %}，按全年预算数加权平均{{ total.weighted|number }}分{% endif %}。\
{% if ranking|length > 1 %}得分最高的是{{ ranking[0].name }}（{{ ranking[0].score|number }}分），\
最低的是{{ (ranking|last).name }}（{{ (ranking|last).score|number }}分）。{% endif %}排名见附件2。
{%p if grades %}
按得分评定等次：{% for grade in grades %}{{ grade.word }}\
{% if grade.lower is number %}（{{ grade.lower|number }}分及以上）{% endif %}{{ grade.units|length }}个\
{% if not loop.last %}，{% endif %}{% endfor %}。
{%p endif %}
{%p elif lower.score %}
本级没有单位的得分；下级各单位得分按全年预算数加权平均{{ lower.score|number }}分。
{%p else %}
还没有单位报出得分。
{%p endif %}
# 五、存在的共性问题
{%p if common %}
核对各单位的自评表，共发现问题{{ findings }}处，分{{ common|length }}类。\
{% if common|length > 8 %}涉及单位最多的8类是：{% else %}具体是：{% endif %}
{%p for problem in common[:8] %}
{{ loop.index }}.{{ problem.title|clause }}（{{ problem.severity }}，{{ problem.code }}）。\
涉及{{ problem.units }}个单位、{{ problem.places }}处\
{% if problem.worst|length > 1 %}，较多的是{% for unit in problem.worst %}{{ unit.name }}（{{ unit.places }}处）\
{% if not loop.last %}、{% endif %}{% endfor %}{% endif %}。\
{% if problem.examples %}例如{{ problem.examples[0]|clause }}。{% endif %}
{%p endfor %}
全部问题见附件{{ common_mark }}。
{%p elif came %}
各单位报来的自评表没有发现问题。
{%p elif levels and not units %}
各下级的问题由各下级核对，见各下级的汇总。
{%p else %}
还没有单位报来自评表。
{%p endif %}
# 六、未报送的单位
{%p if silent %}
截至{{ made }}，{{ silent|length }}个下级没有上报：{{ silent|map(attribute="name")|join("、") }}。
{%p endif %}
{%p if absent %}
截至{{ made }}，{{ absent|length }}个单位没有报送：{{ absent|map(attribute="name")|join("、") }}。
{%p elif not silent %}
{% if units or not levels %}全部单位都已报送。{% else %}全部下级都已上报。{% endif %}
{%p endif %}
# 七、下一步工作
{%p set urged = 1 if absent or faulty or sent_back or silent else 0 %}
{%p set any = came or lower.came %}
{%p set solved = 1 if common else 0 %}
{%p if urged %}
{% if solved or any %}一是{% endif %}督促报送和改正。{% if absent or silent %}催促没有报送的{% if absent %}单位{% endif %}\
{% if absent and silent %}、{% endif %}{% if silent %}下级{% endif %}尽快报送。{% endif %}\
{% if faulty %}把问题清单发给有错误的单位，限期改正后重新报送，再重新汇总。{% endif %}\
{% if sent_back %}跟踪退回修改的单位，收到后重新审核。{% endif %}
{%p endif %}
{%p if solved %}
{% if urged %}二是{% elif any %}一是{% endif %}解决共性问题。\
针对涉及单位较多的问题，在下一年度布置自评时说明填报口径，\
对问题较多的单位加强辅导。
{%p endif %}
{%p if any %}
@报告段落+ {% if urged + solved %}{{ "一二三"[urged + solved] }}是{% endif %}用好自评结果。\
把执行率和自评得分作为以后年度安排预算、改进管理的参考，并按规定公开。
{%p endif %}
@附件说明
@附件说明 附件：1.{% if units or not levels %}各单位资金和得分情况表{% elif common %}共性问题表{% else %}下级情况表{% endif %}
{%p if ranking %}
@附件说明续 2.自评得分排名表
{%p endif %}
{%p if projects %}
@附件说明续 {{ project_mark }}.项目支出情况表
{%p endif %}
{%p if common and units %}
@附件说明续 {{ common_mark }}.共性问题表
{%p endif %}
{%p if levels and level_mark > 1 %}
@附件说明续 {{ level_mark }}.下级情况表
{%p endif %}
@落款
@落款
@落款 {{ department }}
@落款 {{ made }}
"""

AMOUNTS = [
    Column("年初预算数", "{{ line.initial }}", 25, RIGHT),
    Column("全年预算数", "{{ line.budget }}", 25, RIGHT),
    Column("全年执行数", "{{ line.executed }}", 25, RIGHT),
    Column("执行率", "{{ line.rate }}", 20, RIGHT),
    Column("得分", "{{ line.score }}", 14, RIGHT),
    Column("等次", "{{ line.grade }}", 12, CENTER),
]
UNITS = [
    Column("序号", "{{ line.number }}", 9, CENTER),
    Column("单位代码", "{{ line.code }}", 24, CENTER),
    Column("单位名称", "{{ line.name }}", 45, LEFT),
    Column("状态", "{{ line.status }}", 14, CENTER),
    *AMOUNTS,
    Column("错误", "{{ line.errors }}", 12, CENTER),
]
SUMS = ["{{ %s.initial }}", "{{ %s.budget }}", "{{ %s.executed }}", "{{ %s.rate }}", "{{ %s.score }}"]
UNITS_TOTAL = ["", "", "合计（得分为平均）", "", *(text % "total" for text in SUMS), "", ""]
PROJECTS = [
    Column("序号", "{{ line.number }}", 10, CENTER),
    Column("单位名称", "{{ line.unit }}", 41, LEFT),
    Column("项目名称", "{{ line.name }}", 53, LEFT),
    *AMOUNTS,
]
PROJECTS_TOTAL = ["", "", "合计（得分为平均）", *(text % "project_total" for text in SUMS), ""]
RANKING = [
    Column("名次", "{{ line.rank }}", 16, CENTER),
    Column("单位代码", "{{ line.code }}", 34, CENTER),
    Column("单位名称", "{{ line.name }}", 81, LEFT),
    Column("得分", "{{ line.score }}", 22, RIGHT),
    Column("等次", "{{ line.grade }}", 18, CENTER),
    Column("执行率", "{{ line.rate }}", 24, RIGHT),
    Column("状态", "{{ line.status }}", 30, CENTER),
]
COMMON = [
    Column("序号", "{{ line.number }}", 10, CENTER),
    Column("编号", "{{ line.code }}", 16, CENTER),
    Column("级别", "{{ line.severity }}", 16, CENTER),
    Column("问题", "{{ line.title }}", 66, LEFT),
    Column("单位数", "{{ line.units }}", 15, CENTER),
    Column("处数", "{{ line.places }}", 15, CENTER),
    Column("例", "{{ line.examples|join('；') }}", 87, LEFT),
]
LEVELS = [
    Column("下级", "{{ line.name }}", 56, LEFT),
    Column("单位数", "{{ line.units }}", 16, CENTER),
    Column("已报", "{{ line.returned }}", 14, CENTER),
    Column("未报", "{{ line.absent }}", 14, CENTER),
    Column("有错误", "{{ line.errors }}", 16, CENTER),
    Column("全年预算数", "{{ line.budget }}", 27, RIGHT),
    Column("全年执行数", "{{ line.executed }}", 27, RIGHT),
    Column("执行率", "{{ line.rate }}", 20, RIGHT),
    Column("得分（加权）", "{{ line.score }}", 20, RIGHT),
    Column("备注", "{{ line.remark }}", 30, LEFT),
]
_LOWER = ["units", "returned", "absent", "errors", "budget", "executed", "rate", "score"]
LEVELS_TOTAL = ["下级合计", *(f"{{{{ lower.{name} }}}}" for name in _LOWER), ""]
MONEY = [
    Column("类别", "{{ line.group }}", 50, LEFT),
    Column("内容", "{{ line.label }}", 60, LEFT),
    Column("合计", "{{ line.total }}", 30, RIGHT),
    Column("单位", "{{ line.unit }}", 16, CENTER),
]
