"""Headings inside a unit's text stay with what follows; ordinary paragraphs are left alone."""

from __future__ import annotations

import pytest

from tests.report.made import sample_report
from tests.report.reading import opened
from xlsxeval.report import report_bytes
from xlsxeval.report.stranded import typed_heading


@pytest.mark.parametrize(
    "text",
    [
        "（五）基金监管工作",
        "3.创新开展内控试点工作",
        "(2)慢病",
        "二、待遇享受情况",
        "1．强党建，严纪律，改进作风树形象",
    ],
)
def test_a_short_numbered_line_is_a_heading(text):
    assert typed_heading(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "无",
        "1.贯彻执行中央、省关于医疗保险的法律法规。",
        "2.5万元用于宣传",
        "一是抓好支部建设；",
        "（一）" + "贯彻执行" * 12,
        "2024年度",
        "1.",
        "一致通过",
    ],
)
def test_others_are_not(text):
    assert not typed_heading(text)


def test_it_is_held_to_the_next_paragraph_and_nothing_else_is(make, template):
    text = "（一）慢病管理\n全年办理1200人次。\n（二）监管工作。"
    data = report_bytes(make({("narrative", None, "problems"): text}), template)
    kept = {
        paragraph.text: paragraph.paragraph_format.keep_with_next
        for paragraph in opened(data).paragraphs
        if paragraph.text in text.split("\n")
    }
    assert kept == {"（一）慢病管理": True, "全年办理1200人次。": None, "（二）监管工作。": None}


def test_the_headings_that_a_unit_typed_in_a_sample():
    kept = [
        paragraph.text
        for paragraph in opened(sample_report("yueyanglou-2023")).paragraphs
        if paragraph.style.name == "报告段落" and paragraph.paragraph_format.keep_with_next
    ]
    assert {"（五）基金监管工作", "（三）药品、医用耗材计划采购工作", "（四）进一步提升经办服务效能"} <= set(kept)
