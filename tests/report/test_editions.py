"""The report of every edition: its figures are the fields', its tables the workbook's, nothing dangles."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from docx.oxml.ns import qn
from lxml import etree

from tests.report.conftest import LIBRARY, returned
from tests.report.reading import numbers, opened, paragraph, paragraphs, part, squares
from tests.report.test_page import ORDER
from xlsxeval.calc import format_value
from xlsxeval.forms.campaign import load_campaign
from xlsxeval.intake.submission import Submission
from xlsxeval.report import report_bytes, template_problems
from xlsxeval.report.lines import empty_lines
from xlsxeval.resources import samples_directory, templates_directory

REPORTS = templates_directory() / "reports"
EDITIONS = sorted(path.stem for path in (templates_directory() / "editions").glob("*.yaml"))
OWN_TESTS = "zhuzhou-2024"
SAMPLES = sorted(
    path.parent.name for path in samples_directory().glob("*/campaign.yaml") if path.parent.name != OWN_TESTS
)


@dataclass(frozen=True)
class Report:
    """A sample's report beside the submission that it was made from."""

    submission: Submission
    data: bytes

    def value(self, form, path, instance=None):
        return self.submission.field(form, path, instance)

    def money(self, form, path, instance=None, digits=2):
        return f"{round(float(self.value(form, path, instance)), digits):.{digits}f}".rstrip("0").rstrip(".")

    def percent(self, form, path, instance=None):
        return f"{round(float(self.value(form, path, instance)) * 100, 2):.2f}".rstrip("0").rstrip(".") + "%"

    def said(self, beginning):
        return paragraph(self.data, beginning)


def made(name, values="careful"):
    campaign, edition = load_campaign(samples_directory() / name, LIBRARY)
    unit = campaign.units[0]
    path = samples_directory() / name / "values" / f"{values}.yaml" if values else None
    submission = returned(campaign, unit, edition, path)
    return Report(submission, report_bytes(submission, REPORTS / edition.report))


@pytest.fixture(scope="module")
def report():
    """Reports of samples, each made once."""
    known: dict[str, Report] = {}
    return lambda name: known.setdefault(name, None) or known.update({name: made(name)}) or known[name]


@pytest.mark.parametrize("name", EDITIONS)
def test_every_edition_has_a_report_without_a_fault(name):
    edition = LIBRARY.edition(name)
    assert edition.report == f"{name}.docx"
    assert template_problems(REPORTS / edition.report, edition) == []


@pytest.mark.parametrize("name", SAMPLES)
def test_every_cell_of_every_table_shows_what_the_workbook_shows(report, name):
    submission, data = report(name).submission, report(name).data
    printed = [sheet for sheet in submission.layout.sheets if sheet.attachment]
    inline = [sheet for sheet in submission.layout.sheets if sheet.name == "评价指标分析"]
    drawn = [square.text for table in opened(data).element.body.iter(qn("w:tbl")) for square in squares(table)]
    compared = 0
    for sheet in [*inline, *printed]:
        empty = {
            block.first_row + line - 1 for block in sheet.blocks for line in empty_lines(submission, sheet, block.id)
        }
        for cell in sheet.cells:
            inside = cell.address.column <= sheet.print_columns and cell.address.row <= sheet.print_rows
            text = format_value(submission.value(cell), cell.look.number_format)
            if inside and cell.report and text.strip() and cell.look.role != "title" and cell.address.row not in empty:
                assert text in drawn, (sheet.name, cell.address)
                compared += 1
    assert compared > 80


@pytest.mark.parametrize("name", SAMPLES)
def test_nothing_dangles_and_no_tag_is_left(report, name):
    own = typed(report(name).submission)
    for text in paragraphs(report(name).data):
        if text in own:
            continue
        assert "{" not in text, text
        assert "—万元" not in text, text
        assert "—分" not in text, text
        assert not re.search(r"[，；：、]。|。。|，，|万元万元|项目项目|（）|“”", text), text
        assert not re.search(r"[，、；]$", text), text


def typed(submission):
    """Lines of the texts that a unit typed."""
    values = [submission.value(cell) for sheet in submission.layout.sheets for cell in sheet.cells]
    return {line.strip() for value in values if isinstance(value, str) for line in value.split("\n")}


@pytest.mark.parametrize("name", SAMPLES)
def test_every_text_of_the_unit_is_in_its_report(report, name):
    whole = "\n".join(paragraphs(report(name).data))
    checked = 0
    for sheet in report(name).submission.layout.sheets:
        if sheet.form is None or sheet.form.id != "narrative":
            continue
        for cell in sheet.cells:
            value = report(name).submission.value(cell)
            if cell.slot is not None and isinstance(value, str) and not cell.slot.field.id.endswith(".length"):
                for line in value.split("\n"):
                    assert line.strip().rstrip("。；;，,、.") in whole, cell.slot.field.id
                    checked += 1
    assert checked > 12


@pytest.mark.parametrize("name", SAMPLES)
def test_an_empty_workbook_makes_a_report_without_braces_or_error_values(name):
    texts = paragraphs(made(name, None).data)
    assert not [text for text in texts if "{" in text or "#" in text or "None" in text]
    assert not [text for text in texts if re.search(r"[，；：、]。|（）|“”|，，", text)]


@pytest.mark.parametrize("name", SAMPLES)
def test_headings_count_on(report, name):
    document = opened(report(name).data)
    first = [item.text[0] for item in document.paragraphs if item.style.name == "Heading 1"]
    assert "".join(first) == "一二三四五六七八九十"[: len(first)]
    assert len(first) >= 7


@pytest.mark.parametrize("name", SAMPLES)
def test_elements_stand_in_the_order_that_word_demands(report, name):
    for member in ("word/document.xml", "word/styles.xml"):
        for node in part(report(name).data, member).iter():
            order = ORDER.get(etree.QName(node).localname)
            if order is not None:
                found = [order.split().index(etree.QName(child).localname) for child in node]
                assert found == sorted(found), etree.tostring(node)[:600]


def test_chenxi_has_its_table_in_the_text_and_its_score_and_grade(report):
    chenxi = report("chenxi-2024")
    assert chenxi.said("自评得分") == "自评得分：94分（满分100分），评价等级为“优秀”。"
    assert numbers(chenxi.said("预算执行率")) == ["100%", "10", "10", "11", "90", "84"]
    body = [item for item in opened(chenxi.data).element.body if item.tag in (qn("w:p"), qn("w:tbl"))]
    at = next(number for number, item in enumerate(body) if item.tag == qn("w:tbl"))
    caption = body[at - 1]
    before = "".join(node.text or "" for node in caption.iter(qn("w:t")))
    after = "".join(node.text or "" for item in body[at + 1 : at + 3] for node in item.iter(qn("w:t")))
    assert before == "表1　2024年度部门整体支出绩效评价指标分析表"
    assert caption.find(f"{qn('w:pPr')}/{qn('w:pStyle')}").get(qn("w:val")) == "Caption"
    assert "SEQ 表" in caption.findtext(f".//{qn('w:instrText')}")
    assert after == "七、存在的问题及原因分析"
    header = squares(body[at])[:8]
    assert [square.text for square in header][:4] == ["一级指标", "二级指标", "三级指标", "指标值"]
    assert body[at].find(f"{qn('w:tr')}/{qn('w:trPr')}/{qn('w:tblHeader')}") is not None


def test_chenxi_money(report):
    chenxi = report("chenxi-2024")
    assert numbers(chenxi.said("核定人员编制")) == ["45", "2024", "41", "91.11%"]
    assert chenxi.said("预算收入") == "预算收入：2024年预算总收入818.93万元，均为公共财政拨款。"
    assert numbers(chenxi.said("预算支出")) == ["818.93", "611.34", "207.59"]
    assert numbers(chenxi.said("保障单位日常运转")) == ["611.34", "74.65%"]
    assert chenxi.said("实际支出") == "实际支出：1,020元（0.102万元），占预算总额的2.55%，低于预算金额。"


def test_yiyang_points_are_the_sums_of_the_lines(report):
    texts = paragraphs(report("yiyang-2022").data)
    said = [numbers(text) for text in texts if text.startswith("指标分值")]
    assert said == [[points, points] for points in ("10", "50", "40", "10", "40", "30", "10")]
    assert "（2）质量和时效指标" in texts
    assert "各项得分为：预算执行率10分，产出指标50分，效益指标40分，共计100分。" in texts


def test_yiyang_money_score_and_grade(report):
    yiyang = report("yiyang-2022")
    assert yiyang.said("2022年度，") == "2022年度，全年预算数194.19万元，全年执行数194.19万元，预算执行率100%。"
    assert yiyang.said("益阳市医疗保障局2022年度医疗服务").endswith("绩效自评得分为100分，评价等级为“优秀”。")
    assert yiyang.said("1.评价方法。").startswith("1.评价方法。本次评价")
    assert yiyang.said("2.评价等次。").count("“优秀”") == 2
    assert "附件：2022年度项目支出绩效自评表" in paragraphs(yiyang.data)


def test_yueyang_says_what_its_plain_attachments_chose(report):
    yueyang = report("yueyanglou-2023")
    texts = paragraphs(yueyang.data)
    for number, name in (("三", "政府性基金"), ("四", "国有资本经营"), ("五", "社会保险基金")):
        at = texts.index(f"{number}、{name}预算支出情况")
        assert texts[at + 1] == f"我单位无{name}预算支出。"
    project = yueyang.said("项目支出994.50万元")
    assert project == (
        "项目支出994.50万元，其中：业务工作经费154万元，运行维护经费16.10万元，编外用工人员经费77.19万元，"
        "审批专项703.21万元，医疗保障专项44万元。"
    )
    assert numbers(yueyang.said("2023年全年基本支出")) == ["2023", "1304.81", "1094.14", "210.67"]
    assert "十、其他需要说明的情况" in texts


def test_liuyang_shares_and_changes_are_reckoned(report):
    liuyang = report("liuyang-2020")
    whole = liuyang.said("2020年部门决算整体收入")
    basic, project = liuyang.value("overall", "basic.executed"), liuyang.value("overall", "project.executed")
    total = basic + project
    assert numbers(whole)[:6] == [
        "2020",
        "8254.56",
        f"{total:.2f}",
        f"{basic:.2f}",
        f"{basic / total:.2%}",
        f"{project:.2f}",
    ]
    three = liuyang.said("2020年决算“三公”经费")
    assert "较上年减少0.42万元，下降73.68%，为预算数4万元的3.75%。" in three
    staff = liuyang.said("截至2020年末，单位编制数")
    assert "（行政编制6人，参公编制15人，事业编制15人，工勤编制6人）" in staff
    score = liuyang.money("overall", "total.score")
    assert liuyang.said("2020年部门整体支出绩效自评得分") == (
        f"2020年部门整体支出绩效自评得分{score}分（满分100分），评价为“优”。"
    )


def test_liuyang_projects(report):
    liuyang = report("liuyang-2020")
    for number, project in enumerate(liuyang.submission.unit.projects, start=1):
        said = liuyang.said(f"{project.name}：")
        assert f"全年预算{liuyang.money('project', 'funds.budget', number, 3)}万元" in said
        assert f"实际支出{liuyang.money('project', 'funds.executed', number, 3)}万元" in said
        assert f"预算执行率{liuyang.percent('project', 'funds.rate', number)}" in said
        assert f"自评得分{liuyang.money('project', 'total.score', number)}分" in said
        assert f"见附件3-{number}。" in said
