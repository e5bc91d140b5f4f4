"""Outline P where the data are otherwise than in the sample: several projects, none, added, saved, overspent."""

from __future__ import annotations

import dataclasses

import pytest
from docx.oxml.ns import qn

from tests.report.conftest import LIBRARY, returned
from tests.report.reading import numbers, opened, paragraph, paragraphs
from xlsxeval.forms.campaign import load_campaign
from xlsxeval.report import report_bytes
from xlsxeval.resources import samples_directory, templates_directory


@pytest.fixture(scope="module")
def write():
    """A report of the national edition: a list of projects' names, and values by field, instance and form."""
    edition = LIBRARY.edition("mof-2020")
    campaign, _ = load_campaign(samples_directory() / "yiyang-2022", LIBRARY)
    campaign = dataclasses.replace(campaign, edition="mof-2020")

    def written(names, values=()):
        unit = campaign.units[0]
        project = dataclasses.replace(unit.projects[0], given={})
        projects = tuple(dataclasses.replace(project, name=name) for name in names)
        unit = dataclasses.replace(unit, projects=projects)
        submission = returned(dataclasses.replace(campaign, units=(unit,)), unit, edition, None)
        typed = {submission.layout.slots[slot].address: value for slot, value in dict(values).items()}
        submission.__dict__["inputs"] = {**submission.inputs, **typed}
        return report_bytes(submission, templates_directory() / "reports" / "mof-2020.docx")

    return written


def money(initial, budget, executed, instance=1, **more):
    fields = {"fiscal.initial": initial, "fiscal.budget": budget, "fiscal.executed": executed} | {
        name.replace("_", "."): value for name, value in more.items()
    }
    return {("project", instance, name): value for name, value in fields.items()}


@pytest.mark.parametrize(
    ("values", "says"),
    [
        (money(10, 10, 10), "2022年度，年初预算10万元，全年预算数10万元，全年执行数10万元，预算执行率100%。"),
        (
            money(10, 12.5, 12),
            "2022年度，年初预算10万元，追加2.50万元，全年预算数12.50万元，全年执行数12万元，预算执行率96%，结余0.50万元。",
        ),
        (
            money(10, 8, 9),
            "2022年度，年初预算10万元，调减2万元，全年预算数8万元，全年执行数9万元，预算执行率112.50%，超支1万元。",
        ),
        (
            money(0, 5, 5),
            "2022年度，该项目为年中追加项目，全年预算数5万元，全年执行数5万元，预算执行率100%。",
        ),
        (
            money(5, 5, 8, carryover_initial=3, carryover_budget=3),
            "2022年度，年初预算8万元，全年预算数8万元（其中：当年财政拨款5万元，上年结转资金3万元），"
            "全年执行数8万元，预算执行率100%。",
        ),
    ],
)
def test_the_money_sentence_fits(write, values, says):
    assert paragraph(write(["甲专项"], values), "2022年度，") == says


def test_scores_are_added_by_first_level(write):
    lines = [("产出指标", "数量指标", 30, 28), ("产出指标", "质量指标", 20, 20), ("效益指标", "社会效益指标", 30, 30)]
    lines.append(("满意度指标", "服务对象满意度指标", 10, 7.5))
    values = dict(money(1, 1, 1))
    for number, (level1, level2, weight, score) in enumerate(lines, start=1):
        for name, value in (("level1", level1), ("level2", level2), ("weight", weight), ("score", score)):
            values["project", 1, f"indicators[{number}].{name}"] = value
    texts = paragraphs(write(["甲项目"], values))
    assert "各项得分为：预算执行率10分，产出指标48分，效益指标30分，满意度指标7.5分，共计95.5分。" in texts
    said = [numbers(text) for text in texts if text.startswith("指标分值")]
    assert said == [["10", "10"], ["50", "48"], ["30", "30"], ["10", "7.5"]]
    assert [text for text in texts if text.endswith("2022年度甲项目绩效自评得分为95.5分，评价等级为“优”。")]


def test_each_of_several_projects_has_its_part_on_a_new_page(write):
    data = write(["甲专项", "乙项目"])
    document = opened(data)
    titles = [item for item in document.paragraphs if item.style.name == "Title"]
    assert [bool(item.paragraph_format.page_break_before) for item in titles] == [False, True]
    texts = [item.text for item in document.paragraphs]
    assert [text for text in texts if text in ("（甲专项）", "（乙项目）")] == ["（甲专项）", "（乙项目）"]
    assert len([text for text in texts if text == "一、项目概况"]) == 2
    assert "附件：1.项目支出绩效自评表" in texts
    assert "2.项目支出绩效自评表" in texts
    assert len(list(document.element.iter(qn("w:tbl")))) == 2


def test_a_unit_without_projects_says_so(write):
    texts = paragraphs(write([]))
    assert "2022年度本单位没有需要自评的项目。" in texts
    assert not [text for text in texts if text.startswith(("一、", "附件"))]


def test_empty_project_has_no_half_sentence(write):
    texts = paragraphs(write(["甲专项"]))
    assert not [text for text in texts if "追加" in text or "评价等级" in text or text.startswith("各项得分")]
