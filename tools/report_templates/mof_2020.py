"""The report on a project as the national form has it: satisfaction beside output and benefit."""

from __future__ import annotations

from docx.document import Document as OpenDocument

from report_templates.project import build_project_report, points

TITLE = "{{ unit.name }}{{ year }}年度项目支出绩效自评报告"
AUTHOR = "{{ unit.name }}"


def build(document: OpenDocument) -> None:
    """Writes the template into an empty document."""
    build_project_report(
        document,
        cover=["{{ year }}年度项目支出", "绩效自评报告"],
        unit="单位名称：{{ unit.name }}",
        title="{{ year }}年度{{ unit.name }}⏎项目支出绩效自评报告",
        method=METHOD,
        indicators=INDICATORS,
    )


METHOD = """
## （二）评价方法和评价等次
* text.method
"""

INDICATORS = f"""
{{%p set benefit = project.indicators|selectattr("level1", "containing", "效益")|list %}}
{{%p set pleased = project.indicators|selectattr("level1", "containing", "满意度")|list %}}
### 2、产出指标
{points("output")}
* text.output
### 3、效益指标
{points("benefit")}
* text.benefit
### 4、满意度指标
{points("pleased")}
* text.satisfaction
"""
