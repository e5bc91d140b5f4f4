"""Templates are proved without data: every fault at once, wherever it stands, and no false alarm."""

from __future__ import annotations

import pytest

from tests.report.test_templates import written
from xlsxeval.report import template_problems

__all__ = ["written"]


def messages(path, sample):
    return [problem.message for problem in template_problems(path, sample[1])]


def test_our_own_template_is_right(template, sample):
    assert messages(template, sample) == []


def test_every_fault_is_named_with_its_paragraph(written, sample):
    path = written(
        "支出{{ overall.funds.exected|money }}万元",
        "{% if never %}{{ overal.total.score }}{% endif %}",
        "{%p for item in projects %}",
        "{{ item.fund.rate|percnt }}",
        "{%p for line in item.indicators %}",
        "{{ line.wieght }}",
        "{%p endfor %}",
        "{%p endfor %}",
        "{%p set money = overall.funds %}",
        "{{ money.initail }}{{ projects|map(attribute='nane')|join }}{{ projects|selectattr('funds.rat')|list }}",
    )
    found = messages(path, sample)
    wanted = ["exected", "never", "overal", "fund", "percnt", "wieght", "initail", "nane", "rat"]
    assert len(found) == len(wanted)
    for word in wanted:
        assert (
            len([message for message in found if f"没有「{word}」" in message or f"过滤器「{word}」" in message]) == 1
        )
    assert "在「支出{{ overall.funds.exected|money }}万元」处" in found[0]
    assert "是不是「executed」" in found[0]


@pytest.mark.parametrize(
    "text",
    [
        "{{ narrative.functions.length }}{{ narrative.functions|length }}{{ narrative.others.strip() }}",
        "{% for a, b in [(1, 2)] %}{{ a + b + loop.index }}{% endfor %}",
        "{% if basic is defined and overall.indicators[0].weight > 1 %}{{ attachments|length }}{% endif %}",
        "{% set ns = namespace(n=0) %}{% for p in projects %}{% set ns.n = ns.n + p.number %}{% endfor %}{{ ns.n }}",
        "{% macro m(x) %}{{ x }}{% endmacro %}{{ m(year) }}",
        "{% with y = year + 1 %}{{ y }}{% endwith %}",
        "{{ (projects|first).name }}{{ projects[-1].attachment }}{{ (projects|sort(attribute='number'))[0].funds.rate }}",
        "{% for item in attachment_list if item.number %}{{ item.mark }}{% endfor %}",
    ],
)
def test_what_is_right_is_not_complained_of(written, sample, text):
    assert messages(written(text), sample) == []


@pytest.mark.parametrize("text", ["{% if year %}", "{{ year", "甲{%p if year %}"])
def test_broken_syntax_is_named(written, sample, text):
    assert len(messages(written(text), sample)) == 1


def test_a_file_that_is_no_document_is_a_problem(tmp_path, sample):
    assert len(messages(tmp_path / "none.docx", sample)) == 1
