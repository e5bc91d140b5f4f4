"""填报通知: what a unit is told, on one page, whatever the campaign has or lacks."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re

import pytest

from tests.report.reading import opened, paragraph, paragraphs
from tests.support.office import soffice
from xlsxeval.report import ReportError, notice_bytes, to_pdf
from xlsxeval.resources import templates_directory

TEMPLATE = templates_directory() / "reports" / "notice.docx"
FILE = "430200101 株洲市医疗保障局.xlsx"


@pytest.fixture
def notice(sample):
    campaign, edition = sample

    def made(*, files=(FILE,), unit=None, **changes):
        changed = dataclasses.replace(campaign, **changes)
        return notice_bytes(changed, unit or changed.units[0], edition, files, TEMPLATE)

    return made


def test_it_names_the_unit_the_year_the_deadline_and_who_asks(notice, sample):
    data = notice(deadline=dt.date(2025, 5, 9), department="某市财政局")
    assert paragraphs(data)[0] == "2024年度绩效自评填报通知"
    assert paragraphs(data)[1] == "株洲市医疗保障局："
    asked = paragraph(data, "现将")
    assert sample[1].title in asked
    assert "430200101" in asked
    assert asked.endswith("请如实填写2024年度的数据，于2025年5月9日前报送某市财政局。")
    assert paragraphs(data)[-1] == "某市财政局"
    assert opened(data).core_properties.author == "某市财政局"


def test_without_a_deadline_nothing_dangles(notice):
    asked = paragraph(notice(deadline=None, department="某市财政局"), "现将")
    assert asked.endswith("数据，填好后报送某市财政局。")


def test_one_file_has_no_number_and_several_have(notice):
    assert FILE in paragraphs(notice())
    texts = paragraphs(notice(files=["甲.xlsx", "乙.xlsx"]))
    assert [text for text in texts if text.endswith(".xlsx")] == ["1.甲.xlsx", "2.乙.xlsx"]


def test_projects_are_named_as_far_as_there_is_room(notice, sample):
    unit = sample[0].units[0]
    names = [project.name for project in unit.projects]
    assert paragraph(notice(), "需要自评的项目") == f"需要自评的项目有6个：{'、'.join(names[:5])}等。"
    one = dataclasses.replace(unit, projects=unit.projects[:1])
    assert paragraph(notice(unit=one), "需要自评的项目") == f"需要自评的项目：{names[0]}。"
    none = dataclasses.replace(unit, projects=())
    assert not [text for text in paragraphs(notice(unit=none)) if "项目" in text]


def test_three_steps_and_how_to_send_it_back(notice):
    texts = paragraphs(notice())
    at = texts.index("二、填报步骤")
    assert [text[:2] for text in texts[at + 1 : at + 4]] == ["1.", "2.", "3."]
    assert texts[at + 4] == "三、报送方式"
    assert "发回" in texts[at + 5]


def test_names_are_taken_literally(notice, sample):
    unit = dataclasses.replace(sample[0].units[0], name="{{ 7*7 }}<w:br/>&局")
    data = notice(unit=unit, files=["{% if %}&.xlsx"])
    assert "{{ 7*7 }}<w:br/>&局：" in paragraphs(data)
    assert "{% if %}&.xlsx" in paragraphs(data)


def test_the_same_notice_has_the_same_bytes(notice):
    assert notice() == notice()


@pytest.mark.libreoffice
def test_it_is_one_page_however_much_there_is_to_say(notice, tmp_path):
    soffice()
    path = tmp_path / "通知.docx"
    path.write_bytes(notice(files=[FILE, FILE.replace(".", "（项目）."), FILE.replace(".", "（附表）.")]))
    assert len(re.findall(rb"/Type\s*/Page\b", to_pdf(path, tmp_path).read_bytes())) == 1


def test_a_template_that_is_none_is_refused(sample, tmp_path):
    campaign, edition = sample
    with pytest.raises(ReportError, match="找不到"):
        notice_bytes(campaign, campaign.units[0], edition, [], tmp_path / "none.docx")
