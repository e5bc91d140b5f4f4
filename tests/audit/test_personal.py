"""Names and numbers of people never appear in what an audit says, wherever they stand in a report."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from tests.support.published.counting import auditor
from tests.support.published.files import FILES
from tests.support.published.sources import PublishedReport, made_right, published
from xlsxeval.audit.documents.personal import blotted
from xlsxeval.forms.library import Library
from xlsxeval.judging.lone_files import LoneFile
from xlsxeval.output import OutputSources, output_formats
from xlsxeval.resources import templates_directory
from xlsxeval.results.audited_files import AuditWork
from xlsxeval.results.drawn_reports import ReportDrawer

NAME, MOBILE, LANDLINE = "某大山", "139" + 8 * "0", "0734-" + 7 * "0"
"""Nobody's: made of zeros, and no number stands whole in this file."""


@pytest.mark.parametrize(
    ("text", "blot"),
    [
        (f"填表人：{NAME}  联系电话：{MOBILE}", "填表人：某某  联系电话：139********"),
        (f"单位负责人（签字）：{NAME}", "单位负责人（签字）：某某"),
        (f"咨询电话{LANDLINE}。", "咨询电话0734-********。"),
        (f"联系电话: {7 * '0'}", "联系电话: ********"),
        (f"身份证430102{'19900101'}{4 * '0'}", "身份证******************"),
        ("全年执行数2261.16万元，服务对象13912人次", "全年执行数2261.16万元，服务对象13912人次"),
        ("项目负责人员变动较大", "项目负责人员变动较大"),
    ],
)
def test_a_text_is_blotted(text, blot):
    assert blotted(text) == blot


def _with_people() -> PublishedReport:
    report = published("yiyang-2022")
    forms = tuple(replace(form, cells=tuple(_named(cell) for cell in form.cells)) for form in report.forms)
    text = f"联系人：{NAME}，电话{MOBILE}，截至11月底项目自评得分77分，经办人：{NAME}，联系电话：{LANDLINE}。"
    return replace(report, forms=forms, paragraphs=(*report.paragraphs, text))


def _named(cell):
    swap = {"footer.filled_by": NAME, "footer.phone": MOBILE, "footer.signed_by": NAME}
    return replace(cell, text=swap.get(cell.field, cell.text))


@pytest.mark.parametrize("kind", FILES)
def test_no_output_has_them(kind):
    data, _ = FILES[kind](_with_people(), "plain")
    verdict = auditor().judge(f"报告.{kind}", data).verdict
    assert verdict.findings
    sources = OutputSources(Library(templates_directory()), dt.date(2025, 6, 1))
    written = ["".join(one.render([verdict], sources)) for one in output_formats().values()]
    written.append(repr(ReportDrawer(AuditWork(templates_directory(), None))(LoneFile(data, "报告"))))
    for text in written:
        assert NAME not in text
        assert MOBILE not in text
        assert LANDLINE not in text
        assert MOBILE[3:] not in text


def test_the_right_reports_have_none_either():
    data, _ = FILES["docx"](made_right("yueyanglou-2023"), "plain")
    assert "138****" not in repr(auditor().judge("报告.docx", data).verdict.findings)
