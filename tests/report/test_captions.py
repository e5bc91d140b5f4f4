"""Captions of a template are counted in the finished report; styles that a template lacks are named."""

from __future__ import annotations

import pytest
from docx import Document
from docx.oxml.ns import qn

from tests.report.reading import opened
from xlsxeval.report import ReportError, report_bytes
from xlsxeval.report.word_fields import field_runs, text_run


def caption(document, label, text, before=None):
    paragraph = document.add_paragraph(style="Caption")
    paragraph._p.extend([text_run(label), *field_runs(f"SEQ {label} \\* ARABIC", "1"), text_run(text)])
    if before is not None:
        before.addprevious(paragraph._p)


def test_captions_in_a_loop_and_of_several_kinds_are_counted(tmp_path, template, submission):
    document = Document(str(template))
    document.add_paragraph("{%p for project in projects %}")
    caption(document, "表", "　{{ project.name }}")
    document.add_paragraph("{%p endfor %}")
    caption(document, "图", "　甲")
    caption(document, "表", "　乙")
    path = tmp_path / "own.docx"
    document.save(str(path))
    texts = [item.text for item in opened(report_bytes(submission, path)).paragraphs if item.style.name == "Caption"]
    names = [project.name for project in submission.unit.projects]
    assert texts == [
        *(f"表{at}　{name}" for at, name in enumerate(names, start=1)),
        "图1　甲",
        f"表{len(names) + 1}　乙",
    ]


@pytest.mark.parametrize("name", ["toc 1", "图表", "Caption", "表格分隔"])
def test_a_style_that_is_missing_is_named(tmp_path, template, submission, name):
    document = Document(str(template))
    node = document.styles[name].element
    node.getparent().remove(node)
    path = tmp_path / "own.docx"
    document.save(str(path))
    with pytest.raises(ReportError, match=name):
        report_bytes(submission, path, charts=True)


def test_a_template_without_contents_and_their_styles_is_as_good(tmp_path, template, submission):
    document = Document(str(template))
    for name in ("toc 1", "toc 2", "目录标题", "图表", "Caption"):
        node = document.styles[name].element
        node.getparent().remove(node)
    for paragraph in list(document.paragraphs):
        if paragraph.text in ("{{p contents }}", "目　录"):
            paragraph._p.getparent().remove(paragraph._p)
    path = tmp_path / "own.docx"
    document.save(str(path))
    body = opened(report_bytes(submission, path)).element.body
    assert not body.findall(f".//{qn('w:hyperlink')}")
    assert not body.xpath('.//w:bookmarkStart[starts-with(@w:name, "xlsxeval")]')
