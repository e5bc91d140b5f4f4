"""Tables inside the text, parameters of the edition, and the words that templates of the editions use."""

from __future__ import annotations

import pytest
from docx.oxml.ns import qn

from tests.report.reading import opened, paragraphs, squares
from tests.report.test_templates import written
from xlsxeval.report import ReportError, report_bytes
from xlsxeval.report.filters import containing, plain
from xlsxeval.report.widths import short_lines

__all__ = ["written"]


def tables(data):
    return list(opened(data).element.body.iter(qn("w:tbl")))


def test_a_table_in_the_text_is_the_attachments_table(written, submission):
    data = report_bytes(submission, written("前", "{{p basic.table }}", "后", "{{p attachments }}"))
    first, second, *_ = tables(data)
    assert [square.text for square in squares(first)] == [square.text for square in squares(second)]
    texts = paragraphs(data)
    assert texts[:3] == ["前", "", "后"]


def test_it_is_as_wide_as_the_text_even_where_the_attachment_is_turned(written, submission):
    data = report_bytes(submission, written("{{p overall.table }}"))
    for table in tables(data):
        widths = [int(column.get(qn("w:w"))) for column in table.iter(qn("w:gridCol"))]
        assert abs(sum(widths) - round(156 / 25.4 * 1440)) <= 3


def test_projects_have_theirs(written, submission):
    data = report_bytes(submission, written("{%p for project in projects %}", "{{p project.table }}", "{%p endfor %}"))
    texts = [square.text for table in tables(data) for square in squares(table)]
    assert all(project.name in texts for project in submission.unit.projects)


def test_a_form_that_is_not_filled_in_has_no_table(written, make):
    submission = make(forms=("guide", "overall", "project", "narrative"), given={})
    assert tables(report_bytes(submission, written("前", "{{p basic.table }}", "后"))) == []


def test_a_table_within_a_sentence_is_refused(written, submission):
    with pytest.raises(ReportError, match="单独成段"):
        report_bytes(submission, written("见{{ basic.table }}"))


def test_parameters_and_the_deadline(written, submission):
    path = written(
        "{{ parameters.weight.execution|number }}分，{{ parameters.tolerance.rate }}",
        "{% if parameters.overachievement > 1 %}{{ deadline }}{% endif %}",
    )
    assert paragraphs(report_bytes(submission, path)) == ["10分，0.00005", "2025年5月31日"]


def test_a_parameter_that_is_not_there_is_named(written, submission):
    with pytest.raises(ReportError, match="executon"):
        report_bytes(submission, written("{{ parameters.weight.executon }}"))


def test_lines_under_a_merged_cell_have_its_value(written, submission):
    path = written('{{ overall.indicators|selectattr("level1", "containing", "产出")|list|length }}')
    given = [line["level1"] for line in submission.unit.given["overall"]["indicators"]]
    assert paragraphs(report_bytes(submission, path)) == [str(given.count("产出指标"))]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("产出指标(50分)", "产出指标"),
        ("数量指标（15）", "数量指标"),
        ("产出指标", "产出指标"),
        ("甲（乙）", "甲（乙）"),
        ("", ""),
    ],
)
def test_points_are_taken_off_a_heading(text, name):
    assert plain(text) == name


def test_containing():
    assert containing("产出指标(50分)", "产出")
    assert not containing(None, "产出")


def test_short_headings_stay_whole_and_long_ones_may_break():
    assert short_lines("项目名称", 10) == 40
    assert short_lines("年初\n预算数", 10) == 30
    assert short_lines("偏差原因分析及改进措施", 10) == 0
