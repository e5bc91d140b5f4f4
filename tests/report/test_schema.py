"""Every report is valid by the schemas and semantics of Office Open XML, as the Open XML SDK knows them."""

from __future__ import annotations

import io

import pytest
from docx import Document
from docx.oxml.ns import qn
from openxml_audit import OpenXmlValidator

from tests.report.made import ALL_SAMPLES, sample_report, sample_submission
from tests.report.test_review import DAY, finding
from xlsxeval.report import OPEN_ERRORS, Review, notice_bytes, report_bytes
from xlsxeval.resources import templates_directory


@pytest.fixture
def complaints(tmp_path):
    def check(data):
        path = tmp_path / "document.docx"
        path.write_bytes(data)
        return [error.description for error in OpenXmlValidator().validate(path).errors]

    return check


@pytest.mark.parametrize("charts", [False, True], ids=["plain", "charts"])
@pytest.mark.parametrize("name", ALL_SAMPLES)
def test_reports_are_valid(complaints, name, charts):
    assert complaints(sample_report(name, charts=charts)) == []


def test_a_draft_with_comments_watermark_and_charts_is_valid(complaints, submission, template):
    review = Review([finding("附件2", "G4"), finding("附件1"), finding()], DAY)
    data = report_bytes(submission, template, charts=True, review=review, watermark=OPEN_ERRORS)
    assert complaints(data) == []


def test_notices_are_valid(complaints):
    layout = sample_submission("zhuzhou-2024").layout
    template = templates_directory() / "reports" / "notice.docx"
    data = notice_bytes(layout.campaign, layout.campaign.units[0], layout.edition, ["表.xlsx"], template)
    assert complaints(data) == []


@pytest.mark.parametrize("path", sorted((templates_directory() / "reports").glob("*.docx")), ids=lambda path: path.stem)
def test_templates_are_valid(complaints, path):
    assert complaints(path.read_bytes()) == []


@pytest.mark.parametrize(
    ("parent", "child"), [("w:pPr", "w:pStyle"), ("w:sectPr", "w:pgSz"), ("w:tcPr", "w:tcW"), ("w:tbl", "w:tblPr")]
)
def test_elements_in_another_order_are_seen(complaints, parent, child):
    document = Document(io.BytesIO(sample_report("zhuzhou-2024")))
    node = next(node for node in document.element.body.iter(qn(parent)) if len(node) > 1 and node[0].tag == qn(child))
    node.append(node[0])
    buffer = io.BytesIO()
    document.save(buffer)
    assert complaints(buffer.getvalue())
