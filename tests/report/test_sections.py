"""Pages turn where a wide attachment begins and turn back, and no section is left empty."""

from __future__ import annotations

import copy

import pytest
from docx import Document
from docx.oxml.ns import qn
from lxml import etree

from xlsxeval.report.attachments import Attachments, attachments_of, insert_attachments
from xlsxeval.report.sections import page_of, turned

PLACE = '<w:p xmlns:w="{}"><w:bookmarkStart w:id="0" w:name="xlsxeval_attachments"/><w:bookmarkEnd w:id="0"/></w:p>'


@pytest.fixture
def document(template):
    opened = Document(str(template))
    body = opened.element.body
    for node in list(body)[:-1]:
        body.remove(node)
    opened.add_paragraph("正文")
    body[-1].addprevious(etree.fromstring(PLACE.format(qn("w:x")[1:-2])))
    return opened


def pages(document):
    """L or P for each section, with the number that its first page is given."""
    found = []
    for section in document.element.body.iter(qn("w:sectPr")):
        start = section.find(qn("w:pgNumType"))
        found.append(
            ("L" if page_of(section).landscape else "P") + (start.get(qn("w:start"), "") if start is not None else "")
        )
    return found


def chosen(submission, *marks):
    return Attachments(tuple(item for item in attachments_of(submission.layout) if item.mark in marks))


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        (("附件1",), ["P1"]),
        (("附件2",), ["P1", "L"]),
        (("附件1", "附件2"), ["P1", "L"]),
        (("附件1", "附件2", "附件3-1"), ["P1", "L", "P"]),
        (("附件2", "附件3-1", "附件3-2"), ["P1", "L", "P"]),
        ((), ["P1"]),
    ],
)
def test_attachments_at_the_end(document, submission, marks, expected):
    insert_attachments(document, chosen(submission, *marks), submission, [])
    assert pages(document) == expected
    assert not document.element.body.xpath("//w:bookmarkStart")
    assert document.element.body[-2].tag == qn("w:p")


def test_a_text_after_a_wide_attachment_has_its_page_upright_again(document, submission):
    document.add_paragraph("后面的话")
    insert_attachments(document, chosen(submission, "附件2"), submission, [])
    assert pages(document) == ["P1", "L", "P"]
    assert document.paragraphs[-1].text == "后面的话"


def test_turning_twice_is_not_turning(document):
    section = document.element.body.sectPr
    before = etree.tostring(section)
    other = copy.deepcopy(section)
    turned(other, landscape=True)
    assert page_of(other).text_width == pytest.approx(225 / 25.4 * 1440, abs=3)
    kind = section.find(qn("w:docGrid")).get(qn("w:type"))
    turned(other, landscape=False)
    other.find(qn("w:docGrid")).set(qn("w:type"), kind)
    assert {**other.find(qn("w:pgMar")).attrib} == {**section.find(qn("w:pgMar")).attrib}
    assert {**other.find(qn("w:pgSz")).attrib} == {**section.find(qn("w:pgSz")).attrib}
    assert etree.tostring(section) == before
