"""What a report says of itself: whose it is, of which day, and which file its figures are from."""

from __future__ import annotations

import pytest
from docx.oxml.ns import qn

from tests.report.made import ALL_SAMPLES, DIGEST, sample_report, sample_submission
from tests.report.reading import opened, part
from tests.support.office import convert
from xlsxeval.report import report_bytes

DATES = {
    "chenxi-2024": (2025, 5, 12),
    "liuyang-2020": None,
    "yiyang-2022": None,
    "yueyanglou-2023": (2024, 5, 27),
    "zhuzhou-2024": (2025, 5, 19),
}


@pytest.mark.parametrize("name", ALL_SAMPLES)
def test_core_properties(name):
    submission = sample_submission(name)
    properties = opened(sample_report(name)).core_properties
    assert properties.author == submission.unit.name
    assert submission.unit.name in properties.title
    assert properties.subject == submission.layout.edition.title
    assert properties.language == "zh-CN"
    assert properties.category == submission.layout.edition.id
    assert properties.keywords == f"绩效自评；{submission.layout.campaign.year}年度；{submission.unit.code}"
    if DATES[name]:
        assert properties.created.timetuple()[:3] == properties.modified.timetuple()[:3] == DATES[name]


@pytest.mark.parametrize("name", ALL_SAMPLES)
def test_the_report_leads_back_to_the_file_that_it_was_made_from(name):
    submission = sample_submission(name)
    data = sample_report(name)
    found = {node.get("name"): node[0].text for node in part(data, "docProps/custom.xml")}
    assert found == {
        "xlsxeval.edition": submission.layout.edition.id,
        "xlsxeval.campaign": submission.layout.campaign.id,
        "xlsxeval.unit": submission.unit.code,
        "xlsxeval.sha256": DIGEST,
    }
    company = [node.text for node in part(data, "docProps/app.xml") if node.tag.endswith("}Company")]
    assert company == [submission.unit.name]


def test_without_a_digest_there_is_no_empty_property(submission, template):
    names = [node.get("name") for node in part(report_bytes(submission, template), "docProps/custom.xml")]
    assert "xlsxeval.sha256" not in names
    assert len(names) == 3


def test_every_font_that_a_style_names_has_a_stand_in_for_computers_without_it(submission):
    data = sample_report("zhuzhou-2024")
    table = part(data, "word/fontTable.xml")
    known = {font.get(qn("w:name")): font.find(qn("w:altName")) for font in table}
    named = {
        value
        for fonts in part(data, "word/styles.xml").iter(qn("w:rFonts"))
        for key, value in fonts.attrib.items()
        if key in (qn("w:ascii"), qn("w:eastAsia"), qn("w:hAnsi"))
    }
    assert named == set(known)
    assert known["仿宋_GB2312"].get(qn("w:val")) == "仿宋"
    assert known["楷体_GB2312"].get(qn("w:val")) == "楷体"
    assert known["方正小标宋简体"].get(qn("w:val")) == "宋体"


@pytest.mark.libreoffice
def test_they_survive_an_office_program():
    """A wrong type of relation would make every program drop them without a word."""
    saved = convert(sample_report("yiyang-2022"), ".docx", "docx")
    values = {node.get("name"): node[0].text for node in part(saved, "docProps/custom.xml")}
    assert values["xlsxeval.sha256"] == DIGEST
    assert values["xlsxeval.unit"] == sample_submission("yiyang-2022").unit.code
