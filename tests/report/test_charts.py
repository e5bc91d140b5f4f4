"""The page of charts: values of the submission, native, told apart without colour; never there unasked."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal

import pytest
from docx.oxml.ns import qn
from lxml import etree

from tests.report.made import ALL_SAMPLES, sample_report, sample_submission
from tests.report.reading import opened, part
from tests.report.test_every_figure import sums
from xlsxeval.report import report_bytes
from xlsxeval.report.chart_xml import scale

C = {
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
}


def charts(data):
    """Title of the caption → labels and series of the chart above it."""
    document = opened(data)
    found = {}
    drawn = None
    for paragraph in document.paragraphs:
        reference = paragraph._p.find(f".//{{{C['c']}}}chart")
        if reference is not None:
            drawn = etree.fromstring(document.part.rels[reference.get(qn("r:id"))].target_part.blob)
        elif paragraph.style.name == "Caption" and drawn is not None:
            series = {
                node.findtext("c:tx/c:v", namespaces=C): [
                    Decimal(value.text) for value in node.findall("c:val//c:pt/c:v", C)
                ]
                for node in drawn.iter(f"{{{C['c']}}}ser")
            }
            labels = [node.text for node in drawn.find(".//c:ser/c:cat", C).iter(f"{{{C['c']}}}v")]
            found[paragraph.text] = labels, series
            drawn = None
    return found


def test_projects_with_their_execution_and_first_levels_with_their_points():
    submission = sample_submission("zhuzhou-2024")
    found = charts(sample_report("zhuzhou-2024", charts=True))
    assert list(found) == ["图1　各项目预算执行率", "图2　一级指标得分情况"]
    labels, series = found["图1　各项目预算执行率"]
    assert labels == [project.name for project in submission.unit.projects]
    rates = [submission.field("project", "funds.rate", number) for number in range(1, len(labels) + 1)]
    assert series == {"预算执行率": [Decimal(f"{rate:.15g}") for rate in rates]}
    labels, series = found["图2　一级指标得分情况"]
    assert labels == ["预算执行", "产出指标", "效益指标", "满意度指标", "成本指标"]
    for name, what in (("分值", "weight"), ("得分", "score")):
        points = [submission.field("overall", f"funds.{what}")]
        points += [sums(submission, "overall", None, label, what=what) for label in labels[1:]]
        assert [float(value) for value in series[name]] == pytest.approx(points)
        assert float(sum(series[name])) == pytest.approx(submission.field("overall", f"total.{what}"))


@pytest.mark.parametrize(
    ("name", "titles"),
    [
        ("chenxi-2024", ["表1　2024年度部门整体支出绩效评价指标分析表", "图1　一级指标得分情况"]),
        ("liuyang-2020", ["图1　各项目预算执行率", "图2　一级指标得分情况"]),
        ("yiyang-2022", ["图1　一级指标得分情况（医疗服务和保障能力提升）"]),
        ("yueyanglou-2023", ["图1　一级指标得分情况"]),
    ],
)
def test_each_outline_has_the_charts_that_its_forms_can_fill(name, titles):
    document = opened(sample_report(name, charts=True))
    assert [item.text for item in document.paragraphs if item.style.name == "Caption"] == titles


def test_shares_of_the_first_levels_stand_in_for_weights_that_the_lines_do_not_have():
    _, series = charts(sample_report("liuyang-2020", charts=True))["图2　一级指标得分情况"]
    assert series["分值"] == [30, 25, 45]


def test_points_of_a_projects_lines():
    submission = sample_submission("yiyang-2022")
    ((labels, series),) = charts(sample_report("yiyang-2022", charts=True)).values()
    assert labels == ["预算执行", "产出指标", "效益指标"]
    assert series["得分"][1:] == [Decimal(f"{sums(submission, 'project', 1, level):g}") for level in ("产出", "效益")]


def test_what_is_blank_has_no_label_and_a_single_bar_no_chart(make, template):
    submission = make({("project", 2, "fiscal.budget"): None, ("project", 2, "carryover.budget"): None})
    labels, series = charts(report_bytes(submission, template, charts=True))["图1　各项目预算执行率"]
    assert submission.unit.projects[1].name not in labels
    assert len(labels) == len(series["预算执行率"]) == len(submission.unit.projects) - 1
    empty = make(projects=(), given={})
    assert report_bytes(empty, template, charts=True) == report_bytes(empty, template)


@pytest.mark.parametrize("name", ALL_SAMPLES)
def test_they_stand_upright_on_the_last_page_and_are_not_there_unasked(name):
    plain, drawn = sample_report(name), sample_report(name, charts=True)
    assert not [member for member in zipfile.ZipFile(io.BytesIO(plain)).namelist() if "chart" in member]
    assert "附图" not in [item.text for item in opened(plain).paragraphs]
    document = opened(drawn)
    at = [item.text for item in document.paragraphs].index("附图")
    assert document.paragraphs[at].style.name == "附件标记"
    body = document.element.body
    size = body.sectPr.find(qn("w:pgSz"))
    assert int(size.get(qn("w:w"))) < int(size.get(qn("w:h")))
    assert not [
        node for node in document.paragraphs[at]._p.itersiblings() if node.find(f".//{qn('w:sectPr')}") is not None
    ]
    starts = [node.get(qn("w:start")) for node in body.iter(qn("w:pgNumType")) if node.get(qn("w:start"))]
    assert starts in (["1"], [])


def test_they_are_told_apart_without_colour_and_named_for_those_who_do_not_see_them():
    data = sample_report("zhuzhou-2024", charts=True)
    chart = part(data, "word/charts/chart2.xml")
    first, second = chart.iter(f"{{{C['c']}}}ser")
    assert first.find("c:spPr/a:pattFill", C) is not None
    assert second.find("c:spPr/a:solidFill", C) is not None
    colours = {node.get("val") for node in chart.iter(f"{{{C['a']}}}srgbClr")}
    assert all(colour[:2] == colour[2:4] == colour[4:] for colour in colours)
    assert {node.get("typeface") for node in chart.iter(f"{{{C['a']}}}ea")} == {"宋体"}
    words = [node.get("descr") for node in opened(data).element.body.iter() if node.tag.endswith("}docPr")]
    assert "欺诈骗保举报奖励经费：预算执行率10.40%" in words[0]
    assert "预算执行：分值10，得分9.35" in words[1]


def test_hostile_names_are_text_in_the_chart(make, template):
    name = '<a> & "b" {{ x }}'
    data = report_bytes(make({("overall", None, "indicators[1].level1"): name}), template, charts=True)
    assert name in charts(data)["图2　一级指标得分情况"][0]


@pytest.mark.parametrize(
    ("values", "ends"),
    [
        (["1", "0.104"], ("0", "1.2", "0.2")),
        (["55", "9.35"], ("0", "70", "10")),
        (["1.0086"], ("0", "1.2", "0.2")),
        (["0", "0"], ("0", "0.2", "0.2")),
        (["100", "-20"], ("-40", "120", "20")),
        (["123456"], ("0", "150000", "50000")),
    ],
)
def test_the_axis_has_round_steps_and_room_for_the_longest_bar(values, ends):
    assert scale([Decimal(value) for value in values]) == tuple(map(Decimal, ends))
