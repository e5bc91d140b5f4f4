"""The text's figures are the fields', its sentences fit the data, and nothing dangles."""

from __future__ import annotations

import dataclasses

import pytest

from tests.report.reading import numbers, opened, paragraph, paragraphs
from xlsxeval.report import report_bytes


def report(make, template, values=None, **changes):
    return report_bytes(make(values, **changes), template)


def rounded(value):
    return f"{value:.2f}".removesuffix(".00")


def test_the_money_sentence_has_the_fields(submission, template):
    text = paragraph(report_bytes(submission, template), "2024年本部门年初预算")
    initial, budget = submission.field("overall", "funds.initial"), submission.field("overall", "funds.budget")
    assert numbers(text) == [
        "2024",
        f"{initial:.2f}",
        f"{budget - initial:.2f}",
        f"{budget:.2f}",
        "2024",
        f"{submission.field('overall', 'funds.executed'):.2f}",
        f"{submission.field('overall', 'funds.rate'):.2%}",
        f"{submission.field('overall', 'funds.basic'):.2f}",
        f"{submission.field('overall', 'funds.project'):.2f}",
    ]
    assert "调整追加464.21万元" in text
    assert text.endswith("年末无结转结余。")


@pytest.mark.parametrize(("budget", "says"), [(1796.95, []), (1700.0, ["调减96.95万元"]), (1800, ["调整追加3.05万元"])])
def test_a_change_of_the_budget_is_said_as_it_is(make, template, budget, says):
    text = paragraph(report(make, template, {("overall", None, "funds.budget"): budget}), "2024年本部门年初预算")
    found = [part for part in text.split("，") if "追加" in part or "调减" in part]
    assert found == says


def test_a_surplus_is_named(make, template):
    text = paragraph(report(make, template, {("narrative", None, "surplus"): 147.34}), "2024年本部门年初预算")
    assert text.endswith("年末结转结余147.34万元。")


def test_the_staff_sentence(submission, template):
    text = paragraph(report_bytes(submission, template), "截至2024年末")
    assert numbers(text) == ["2024", "74", "71", "95.95%", "16"]


def test_basic_expenditure(submission, template):
    text = paragraph(report_bytes(submission, template), "2024年本部门基本支出")
    assert numbers(text) == ["2024", "1434.27", "1186.22", "248.05"]


def test_projects_are_listed_by_name_and_each_has_its_paragraph(submission, template):
    data = report_bytes(submission, template)
    listed = paragraph(data, "2024年本部门项目支出")
    texts = paragraphs(data)
    for number, project in enumerate(submission.unit.projects, start=1):
        assert project.name in listed
        heading = texts.index(f"{number}.{project.name}")
        said = texts[heading + 1]
        executed = submission.field("project", "funds.executed", number)
        rate = submission.field("project", "funds.rate", number)
        score = submission.field("project", "total.score", number)
        assert f"实际支出{rounded(executed)}万元" in said
        assert f"预算执行率{rounded(rate * 100)}%" in said
        assert f"自评得分{round(score, 2):g}分" in said
        assert said.endswith(f"见附件3-{number}。")
        use = str(submission.field("narrative", f"projects[{number}].use"))
        assert f"主要用于{use}。" in said
    assert "年初预算94万元，调减15万元，全年预算79万元，" in texts[texts.index("1.医保经办专项") + 1]
    assert texts[texts.index("6.就业补助资金") + 1].startswith("该项目为年中追加项目，全年预算3.56万元，")


def test_the_score_sentence(submission, template):
    text = next(text for text in paragraphs(report_bytes(submission, template)) if "自评总分" in text)
    assert numbers(text) == ["2024", "2261.16", "2113.82", "93.48%", "9.35", "10", "99.35"]


def test_prose_keeps_its_paragraphs_and_bold_leads(submission, template):
    document = opened(report_bytes(submission, template))
    texts = [paragraph.text for paragraph in document.paragraphs]
    for path in ("functions", "performance", "organisation", "problems", "measures", "publication"):
        for line in str(submission.field("narrative", path)).split("\n"):
            assert line in texts
    bold = [run.text for paragraph in document.paragraphs for run in paragraph.runs if run.bold and run.text]
    assert bold[0] == "（1）聚焦服务大局,助力推动社会发展。"
    assert len(bold) == 5


def test_the_last_section_only_where_there_is_something_to_say(submission, make, template):
    assert not [text for text in paragraphs(report_bytes(submission, template)) if text.startswith("十、")]
    texts = paragraphs(report(make, template, {("narrative", None, "others"): "有一点说明。"}))
    assert texts[texts.index("十、其他需要说明的情况") + 1] == "有一点说明。"


def test_the_list_of_attachments(submission, template):
    texts = [
        text
        for text in paragraphs(report_bytes(submission, template))
        if text.lstrip("附件：")[:2] in ("1.", "2.", "3.")
    ]
    assert texts[-3:] == [
        "附件：1.2024年度部门整体支出绩效评价基础数据表",
        "2.2024年度部门整体支出绩效自评表",
        "3.2024年度项目支出绩效自评表",
    ]


def test_a_unit_without_projects_says_so_and_has_no_list_of_them(make, template):
    texts = paragraphs(report(make, template, projects=()))
    assert "2024年本部门无项目支出。" in texts
    assert "（二）项目支出绩效情况" not in texts
    assert not [text for text in texts if "附件3" in text]


def test_an_empty_form_leaves_dashes_and_no_half_sentence(make, template, sample):
    projects = sample[0].units[0].projects[4:]
    data = report(make, template, projects=projects, given={})
    text = paragraph(data, "2024年本部门年初预算")
    assert text == "2024年本部门年初预算—万元，全年预算—万元。2024年预算支出—万元；其中：基本支出—万元，项目支出—万元。"
    assert "主要用于" not in "".join(paragraphs(data))


def test_one_project_is_not_listed(make, template, sample):
    project = dataclasses.replace(sample[0].units[0].projects[5])
    texts = paragraphs(report(make, template, projects=(project,), given={}))
    assert "2024年本部门项目支出—万元，项目为就业补助资金。" in texts


def test_the_same_submission_gives_the_same_bytes(submission, make, template):
    assert report_bytes(submission, template) == report_bytes(make(), template)


def test_document_properties_are_filled(make, template):
    properties = opened(report(make, template, {}, name="甲&乙局")).core_properties
    assert properties.title == "2024年度甲&乙局部门整体支出绩效自评报告"
    assert properties.author == "甲&乙局"


def test_a_unit_that_does_not_fill_in_a_form_has_no_sentence_about_it(make, template):
    data = report(make, template, forms=("guide", "overall", "project", "narrative"), given={})
    texts = paragraphs(data)
    assert not [text for text in texts if text.startswith("截至2024年末")]
    assert paragraph(data, "2024年本部门基本支出") == "2024年本部门基本支出—万元。"
    assert "附件：2.2024年度部门整体支出绩效自评表" in texts
