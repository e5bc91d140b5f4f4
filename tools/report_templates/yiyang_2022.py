"""The report on a project as Yiyang printed it for 2022: grades of their own, indicators by second level."""

from __future__ import annotations

from docx.document import Document as OpenDocument

from report_templates.project import build_project_report, points, prose_with

TITLE = "{{ year }}年度{{ unit.name }}项目资金绩效自评报告"
AUTHOR = "{{ unit.name }}"


def build(document: OpenDocument) -> None:
    """Writes the template into an empty document."""
    build_project_report(
        document,
        cover=["{{ year }}年度{{ unit.name }}", "项目资金绩效自评报告"],
        unit="{{ unit.name }}",
        title="{{ year }}年度{{ unit.name }}⏎项目资金绩效自评报告",
        method=METHOD,
        indicators=INDICATORS,
    )


METHOD = f"""
## （二）评价方法和评价等次
{prose_with("text.method", "1.评价方法。")}
{prose_with("text.grades", "2.评价等次。")}
"""

NAMES = '|map(attribute="level2")|select|unique|map("replace", "指标", "")|join("和") }}指标'

INDICATORS = f"""
{{%p set quantity = output|selectattr("level2", "containing", "数量")|list %}}
{{%p set quality = output|rejectattr("level2", "containing", "数量")|list %}}
{{%p set benefit = project.indicators|selectattr("level1", "containing", "效益")|list %}}
{{%p set pleased = benefit|selectattr("level2", "containing", "满意度")|list %}}
{{%p set social = benefit|rejectattr("level2", "containing", "满意度")|list %}}
### 2、产出指标
{points("output")}
#### （1）数量指标
{points("quantity")}
* text.output.quantity
#### （2）{{% if quality %}}{{{{ quality{NAMES}{{% else %}}质量和时效指标{{% endif %}}
{points("quality")}
* text.output.quality
### 3、效益指标
{points("benefit")}
#### （1）{{% if social %}}{{{{ social{NAMES}{{% else %}}社会效益指标{{% endif %}}
{points("social")}
* text.benefit.social
#### （2）服务对象满意度指标
{points("pleased")}
* text.benefit.satisfaction
"""
