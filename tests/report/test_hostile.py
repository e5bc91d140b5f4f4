"""Texts that a template engine or XML could take for its own appear as they were typed."""

from __future__ import annotations

import dataclasses

import pytest

from tests.report.reading import opened, paragraphs
from tests.report.test_tables import attachment_tables, one_grid
from xlsxeval.report import report_bytes

TEXTS = [
    "甲&乙公司 & Co. &amp; &lt;",
    "<w:p><w:r><w:t>假段落</w:t></w:r></w:p>",
    "{{ unit.name }} {{ 7*7 }}",
    "{% if 1 %}甲{% endif %} {%p x %} {# 注 #}",
    "{_{ 甲 }_} {_% 乙 %_}",
    "]]> <![CDATA[ <!-- --> <?xml?>",
    "'; DROP TABLE\" \\n \\1",
    "=1+1 @SUM(A1) +甲 -乙",
    "𠮷野家 ㎡ ≥95％ “四评”",
]


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_appears_literally_in_prose_and_table(make, template, text):
    long = f"{text}，后面的话。"
    submission = make(
        {
            ("narrative", None, "problems"): long,
            ("overall", None, "goals.achieved"): long,
            ("project", 5, "indicators[1].level3"): text,
        }
    )
    data = report_bytes(submission, template)
    assert long in paragraphs(data)
    tables = attachment_tables(data)
    assert long in [square.text for square in one_grid(tables["附件2"])]
    assert text in [square.text for square in one_grid(tables["附件3-5"])]
    assert not [words for words in paragraphs(data) if words == "假段落"]


def test_hostile_names_reach_headings_lists_and_properties(make, template, sample):
    name = "{{ 甲 }}<w:br/>&“乙”"
    project = sample[0].units[0].projects[5]
    data = report_bytes(make(projects=(dataclasses.replace(project, name=name),), name=name, given={}), template)
    assert f"1.{name}" in paragraphs(data)
    assert f"部门（单位）名称：{name}" in paragraphs(data)
    assert opened(data).core_properties.author == name


def test_invisible_characters_are_stripped(make, template):
    dirty = "存在\u200b的问\u202e题\ufeff：一个\u2060都没有，请再核对一遍才好。"
    data = report_bytes(make({("narrative", None, "problems"): dirty}), template)
    assert "存在的问题：一个都没有，请再核对一遍才好。" in paragraphs(data)


def test_line_breaks_become_paragraphs_and_empty_lines_vanish(make, template):
    data = report_bytes(make({("narrative", None, "measures"): "第一条。\n\n  第二条。\n"}), template)
    texts = paragraphs(data)
    at = texts.index("八、下一步改进措施")
    assert texts[at + 1 : at + 4] == ["第一条。", "第二条。", "九、部门整体支出绩效自评结果拟应用和公开情况"]


def test_very_long_texts_are_not_cut(make, template):
    long = "长" * 9000 + "完。"
    data = report_bytes(make({("narrative", None, "performance"): long}), template)
    assert long in paragraphs(data)
