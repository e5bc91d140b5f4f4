"""Templates are filled in as docxtpl fills them in: every paragraph, cell, header and footer alike, with its runs.

docxtpl is not used by the program, for it is LGPL and the folders to double-click carry none; its tags are the standard.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml
from lxml import etree

from tests.report.conftest import LIBRARY
from tests.report.made import ALL_SAMPLES, sample_submission
from xlsxeval.report.context import report_context
from xlsxeval.report.environment import document_environment
from xlsxeval.report.template import fill

docxtpl = pytest.importorskip("docxtpl")

CONTEXT: dict[str, Any] = {
    "name": "某某局",
    "rate": 0.979,
    "odd": "甲<乙>&“丙”'丁'",
    "lines": "第一行\n第二行",
    "none": None,
    "rows": [{"k": "甲", "v": 1}, {"k": "乙", "v": 2}, {"k": "丙", "v": 3}],
    "empty": [],
    "yes": True,
}


def paragraph(*texts: str, bold: int | None = None) -> str:
    """A paragraph with a run for each text, one of them bold."""
    runs = (
        f"<w:r>{'<w:rPr><w:b/></w:rPr>' if number == bold else ''}<w:t xml:space='preserve'>{text}</w:t></w:r>"
        for number, text in enumerate(texts)
    )
    return f"<w:p>{''.join(runs)}</w:p>"


def table(*rows: tuple[str, ...]) -> str:
    """A table with a paragraph in each cell."""
    lines = "".join(f"<w:tr>{''.join(f'<w:tc>{paragraph(text)}</w:tc>' for text in row)}</w:tr>" for row in rows)
    grid = "<w:gridCol w:w='2000'/>" * max(map(len, rows))
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{lines}</w:tbl>"


BODIES = {
    "values": paragraph("{{ name }}的执行率为{{ rate }}"),
    "a tag among runs": paragraph("前{", "{ na", "me }", "}", "后", bold=1),
    "two tags in one run, one across": paragraph("{{ name }}和{{ ra", "te }}"),
    "what XML escapes": paragraph("{{ odd }}"),
    "quotes as Word types them": paragraph("{{ “引” }}{% if name == ‘某某局’ %}是{% endif %}"),
    "nothing": paragraph("{{ none }}|{{ name if yes else ‘’ }}"),
    "conditions in a paragraph": paragraph("{% if yes %}是{% el", "se %}否{% endif %}。"),
    "a loop in a paragraph": paragraph("{% for row in rows %}{{ row.k }}={{ row.v }}；{% endfor %}"),
    "paragraphs by a condition": paragraph("{%p if yes %}")
    + paragraph("留")
    + paragraph("{%p else %}")
    + paragraph("去")
    + paragraph("{%p endif %}"),
    "paragraphs by a loop": paragraph("{%p for row in rows %}")
    + paragraph("{{ row.k }}", "尾", bold=0)
    + paragraph("{%p endfor %}"),
    "rows by a loop": table(
        ("项", "数"), ("{%tr for row in rows %}", ""), ("{{ row.k }}", "{{ row.v }}"), ("{%tr endfor %}", "")
    ),
    "no row": table(
        ("项", "数"), ("{%tr for row in empty %}", ""), ("{{ row.k }}", "{{ row.v }}"), ("{%tr endfor %}", "")
    ),
    "cells by a loop": table(("{%tc for row in rows %}", "{{ row.k }}", "{%tc endfor %}")),
    "a remark": paragraph("{# 说明 #}正文"),
    "a value that is set": paragraph("{% set x = 3 %}{{ x * 2 }}"),
    "filters": paragraph("{{ name|upper }}{{ rows|length }}"),
}


def _plain(root: etree._Element) -> bytes:
    """XML in one form: whitespace between elements, runs without a text and numbers of drawings do not count."""
    root = etree.fromstring(etree.tostring(root))
    for node in root.iter():
        if isinstance(node.tag, str) and node.tag != qn("w:t"):
            node.text = None
        node.tail = None
    for text in root.iter(qn("w:t")):
        text.attrib.pop("{http://www.w3.org/XML/1998/namespace}space", None)
        text.text = text.text or ""
    for run in list(root.iter(qn("w:r"))):
        texts = [child for child in run if child.tag != qn("w:rPr")]
        if texts and all(child.tag == qn("w:t") and not child.text for child in texts):
            run.getparent().remove(run)
    for drawing in root.iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"):
        drawing.set("id", "0")
    return etree.tostring(root, method="c14n2")


def _both(path: Path, context: dict[str, Any]) -> tuple[list[bytes], list[bytes]]:
    """Body, headers and footers as the program and as docxtpl fill them in."""
    theirs = docxtpl.DocxTemplate(str(path))
    theirs.render(dict(context), document_environment())
    buffer = io.BytesIO()
    theirs.save(buffer)
    return _parts(fill(path, context)), _parts(docx.Document(buffer))


def _parts(document: Any) -> list[bytes]:
    marginal = [
        part
        for section in document.sections
        for part in (section.header, section.footer, section.first_page_header, section.even_page_footer)
    ]
    return [
        _plain(document.element.body),
        *(_plain(part._element) for part in marginal if not part.is_linked_to_previous),
    ]


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_made_templates(body: str, tmp_path: Path) -> None:
    document = docx.Document()
    for element in parse_xml(f"<w:body {nsdecls('w')}>{body}</w:body>"):
        document.element.body.insert_element_before(element, "w:sectPr")
    document.sections[0].header.paragraphs[0].text = "{{ name }}页眉"
    path = tmp_path / "t.docx"
    document.save(str(path))
    ours, theirs = _both(path, CONTEXT)
    assert ours == theirs


@pytest.mark.parametrize("sample", ALL_SAMPLES)
def test_templates_that_come_with_the_program(sample: str) -> None:
    submission = sample_submission(sample)
    report = submission.layout.edition.report
    assert report is not None
    ours, theirs = _both(LIBRARY.directory / "reports" / report, dict(report_context(submission)))
    assert ours == theirs
