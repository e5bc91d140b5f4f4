"""Templates are filled in as docxtpl fills them in, part by part, but for the differences that are meant (``test_meant_…``).

docxtpl is not used by the program, for it is LGPL and the folders to double-click carry none; its tags are the standard.
"""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml
from lxml import etree
from markupsafe import Markup

from tests.report.made import ALL_SAMPLES, sample_submission
from xlsxeval.report.context import campaign_names, report_context
from xlsxeval.report.environment import document_environment
from xlsxeval.report.errors import ReportError
from xlsxeval.report.template import fill
from xlsxeval.resources import templates_directory

docxtpl = pytest.importorskip("docxtpl")

REPORTS = templates_directory() / "reports"
VALUES = {
    "a": "甲&乙 <丙> \"丁\" '戊'",
    "lines": "第一行\n第二行",
    "tabbed": "左\t右",
    "braces": "{{ a }} {% if %} {# x #}",
    "empty": "",
    "none": None,
    "yes": True,
    "no": False,
    "n": 3,
    "rows": [{"x": "一", "y": "1"}, {"x": "二", "y": "2"}, {"x": "&三", "y": "3"}],
    "paragraph": Markup("<w:p><w:r><w:t>整段</w:t></w:r></w:p>"),
}


def parts(document):
    """The parts that hold text: body, headers and footers by the name of their part, footnotes."""
    yield document.element.body
    kinds = (RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER, RELATIONSHIP_TYPE.FOOTNOTES)
    related = [one.target_part for one in document.part.rels.values() if one.reltype in kinds]
    for part in sorted(related, key=lambda one: str(one.partname)):
        yield etree.fromstring(part.blob)


def normal(root):
    """What a reader sees of a part, and how it is set: runs without text left out, equal neighbours put together."""
    root = etree.fromstring(etree.tostring(root))
    for text in list(root.iter(qn("w:t"))):
        text.attrib.clear()
        if not text.text:
            text.getparent().remove(text)
    for run in list(root.iter(qn("w:r"))):
        if all(child.tag == qn("w:rPr") for child in run):
            run.getparent().remove(run)
    for run in list(root.iter(qn("w:r"))):
        before = run.getprevious()
        if before is not None and before.tag == run.tag and _look(before) == _look(run):
            before.extend(child for child in list(run) if child.tag != qn("w:rPr"))
            run.getparent().remove(run)
    for text in list(root.iter(qn("w:t"))):
        before = text.getprevious()
        if before is not None and before.tag == text.tag:
            before.text += text.text
            text.getparent().remove(text)
    for node in root.iter("{*}docPr"):
        node.attrib.pop("id", None)
    return etree.tostring(root, method="c14n2", strip_text=False).decode().replace("\n", "")


def _look(run):
    found = run.find(qn("w:rPr"))
    return b"" if found is None else etree.tostring(found, method="c14n", exclusive=True)


def both(path: Path, context):
    ours = [normal(part) for part in parts(fill(path, context))]
    other = docxtpl.DocxTemplate(str(path))
    other.render(dict(context), document_environment())
    buffer = io.BytesIO()
    other.save(buffer)
    return ours, [normal(part) for part in parts(Document(buffer))]


@pytest.mark.parametrize("name", ALL_SAMPLES)
def test_reports_of_all_samples(name):
    submission = sample_submission(name)
    ours, theirs = both(REPORTS / submission.layout.edition.report, report_context(submission))
    assert ours == theirs


def test_the_notice():
    layout = sample_submission("zhuzhou-2024").layout
    context = campaign_names(layout.campaign, layout.campaign.units[0], layout.edition)
    ours, theirs = both(REPORTS / "notice.docx", {**context, "files": ["甲.xlsx"], "projects": ["乙"], "link": ""})
    assert ours == theirs


def runs(*texts, look=""):
    return "<w:p>" + "".join(f"<w:r>{look}<w:t>{text}</w:t></w:r>" for text in texts) + "</w:p>"


def table(*rows):
    cells = [
        "".join(f"<w:tc><w:tcPr><w:tcW w:w='900' w:type='dxa'/></w:tcPr>{cell}</w:tc>" for cell in row) for row in rows
    ]
    grid = "<w:gridCol w:w='900'/>" * max(len(row) for row in rows)
    body = "".join(f"<w:tr>{row}</w:tr>" for row in cells)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"


BOLD = "<w:rPr><w:b/></w:rPr>"
CASES = {
    "value": runs("前{{ a }}后"),
    "value parted": runs("前{", "{ ", "a", " }", "}后"),
    "two parted": runs("{{ a", " }}、{{ n", " }}"),
    "value in bold": runs("{{ a }}", look=BOLD),
    "bold parted": runs("前{{ ", "a }}后", look=BOLD),
    "several in one run": runs("{{ n }}{{ n }} {{ a }}"),
    "line breaks": runs("{{ lines }}。"),
    "tab in a value": runs("前{{ tabbed }}后", look=BOLD),
    "braces in a value": runs("{{ braces }}"),
    "nothing": runs("前{{ empty }}{{ none }}后"),
    "if in a sentence": runs("前{% if yes %}是{% else %}否{% endif %}后"),
    "if parted": runs("前{% if", " no %}是{% el", "se %}否{% endif", " %}后"),
    "elif": runs("{% if no %}一{% elif n == 3 %}二{% else %}三{% endif %}"),
    "comparisons": runs("{% if n &gt; 2 and n &lt; 4 and n &gt;= 3 %}中{% endif %}"),
    "curly quotes": runs("{% if a[:1] == “甲” %}是{% endif %}“引号”"),
    "single curly quotes": runs("{% if a[:1] == ‘甲’ %}是{% endif %}‘引号’"),
    "straight quotes": runs("{% if a[:1] == 'x' or a[:1] == \"甲\" %}是{% endif %}"),
    "for in a sentence": runs("{% for row in rows %}{{ row.x }}{% if not loop.last %}、{% endif %}{% endfor %}。"),
    "note": runs("前{# 记一下 #}后"),
    "set": runs("{% set b = n + 1 %}{{ b }}"),
    "trailing spaces": runs("前 ", " {{ n }} ", " 后"),
    "filters": runs("{{ rows|map(attribute='x')|join('、') }}"),
    "entities in the text": runs("甲&amp;乙 &lt;x&gt; {{ n }}"),
    "paragraphs by if": runs("{%p if yes %}") + runs("甲") + runs("{%p else %}") + runs("乙") + runs("{%p endif %}"),
    "paragraphs by for": runs("{%p for row in rows %}") + runs("{{ row.x }}：{{ row.y }}") + runs("{%p endfor %}"),
    "paragraph tag parted": runs("{%", "p if ", "no %}") + runs("甲") + runs("{%p end", "if %}"),
    "paragraph value": runs("{{p paragraph }}"),
    "paragraph note": runs("{#p 记一下 #}") + runs("后"),
    "rows": table(
        (runs("头"), runs("尾")),
        (runs("{%tr for row in rows %}"), runs("")),
        (runs("{{ row.x }}"), runs("{{ row.y }}")),
        (runs("{%tr endfor %}"), runs("")),
    ),
    "no row": table((runs("头"),), (runs("{%tr for row in [] %}"),), (runs("{{ row.x }}"),), (runs("{%tr endfor %}"),)),
    "rows by if": table((runs("{%tr if no %}"),), (runs("甲"),), (runs("{%tr else %}"),), (runs("乙"),), (runs("{%tr endif %}"),)),
    "cells": table((runs("{%tc for row in rows %}"), runs("{{ row.x }}"), runs("{%tc endfor %}"))),
    "cells and rows": table((runs("{%tc for row in rows %}"), runs("{{ row.x }}"), runs("{%tc endfor %}"), runs("末"))),
    "paragraphs in a cell": table((runs("{%p for row in rows %}") + runs("{{ row.x }}") + runs("{%p endfor %}") + runs("末"),)),
    "table in a loop": runs("{%p for row in rows %}") + table((runs("{{ row.x }}"),)) + runs("{%p endfor %}"),
    "loops in loops": runs("{%p for row in rows %}")
    + runs("{% for one in rows %}{{ row.y }}{{ one.y }} {% endfor %}")
    + runs("{%p endfor %}"),
    "an empty loop": runs("{%p for row in [] %}") + runs("甲") + runs("{%p else %}") + runs("没有") + runs("{%p endfor %}"),
    "tab of the template": "<w:p><w:r><w:t>{{ n }}</w:t><w:tab/><w:t>{{ a }}</w:t></w:r></w:p>",
    "properties of paragraph": f"<w:p><w:pPr><w:jc w:val='center'/></w:pPr><w:r>{BOLD}<w:t>{{{{ lines }}}}</w:t></w:r></w:p>",
}  # fmt: skip


@pytest.fixture
def written(tmp_path):
    def write(xml, *, header="", footer=""):
        document = Document()
        body = document.element.body
        for node in parse_xml(f"<w:body {nsdecls('w')}>{xml}</w:body>"):
            body.sectPr.addprevious(node)
        section = document.sections[0]
        for part, text in ((section.header, header), (section.footer, footer)):
            if text:
                part.is_linked_to_previous = False
                part.paragraphs[0].text = text
        path = tmp_path / "template.docx"
        document.save(str(path))
        return path

    return write


@pytest.mark.parametrize("case", CASES)
def test_every_kind_of_tag(written, case):
    ours, theirs = both(written(CASES[case]), VALUES)
    assert ours == theirs


def test_headers_and_footers(written):
    path = written(runs("{{ a }}"), header="{{ a }}", footer="{% if yes %}{{ n }}{% endif %}")
    ours, theirs = both(path, VALUES)
    assert len(ours) == 3
    assert ours == theirs


def test_footnotes(tmp_path):
    """python-docx makes none, so that the part is added by hand."""
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    document = Document()
    document.add_paragraph("{{ n }}")
    note = f"<w:footnotes {nsdecls('w')}><w:footnote w:id='2'>{runs('{{ ', 'a }}')}</w:footnote></w:footnotes>"
    package = document.part.package
    assert package is not None
    part = Part(PackURI("/word/footnotes.xml"), kind, note.encode(), package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    path = tmp_path / "notes.docx"
    document.save(str(path))
    ours, theirs = both(path, VALUES)
    assert "甲&amp;乙" in ours[1]
    assert ours == theirs


def shown(root):
    return [(run.find(qn("w:rPr")) is not None, "".join(run.itertext())) for run in root.iter(qn("w:r"))]


def test_meant_what_follows_a_parted_tag_keeps_its_own_look(written):
    """docxtpl sets the rest of the last run like the first one."""
    xml = f"<w:p><w:r><w:t>前{{{{ n</w:t></w:r><w:r>{BOLD}<w:t> }}}}粗</w:t></w:r></w:p>"
    ours, theirs = both(written(xml), VALUES)
    assert shown(etree.fromstring(ours[0])) == [(False, "前3"), (True, "粗")]
    assert shown(etree.fromstring(theirs[0])) == [(False, "前3粗")]


def test_meant_typed_signs_stay_as_they_are(written):
    """docxtpl takes {_{ for {{ wherever it stands, in what a unit typed too."""
    ours, theirs = both(written(runs("{{ a }}")), {"a": "{_{ 甲 }_} {_% 乙 %_}"})
    assert "{_{ 甲 }_} {_% 乙 %_}" in ours[0]
    assert "{{ 甲 }} {% 乙 %}" in theirs[0]


@pytest.mark.parametrize("tag", ["{{r a }}", "{% vm %}", "{% hm %}", "{% colspan n %}", "{% cellbg a %}"])
def test_meant_tags_that_make_markup_are_refused(written, tag):
    """Looks and merged cells are the template's own; nothing is dropped without a word."""
    with pytest.raises(ReportError, match=r"写法有误|没有「|标记"):
        fill(written(table((runs(tag),))), VALUES)


@pytest.mark.parametrize(
    ("cells", "width"),
    [
        (("{%tc for row in rows %}", "{{ row.x }}", "{{ row.y }}", "{%tc endfor %}"), 600),
        (("{%tc if no %}", "甲", "{%tc endif %}", "乙", "丙"), 2250),
    ],
    ids=["more", "fewer"],
)
def test_meant_cells_are_as_wide_as_their_columns(written, cells, width):
    """Both share the table's width among its new columns; docxtpl leaves the cells as wide as they were."""
    ours, theirs = (etree.fromstring(one[0]) for one in both(written(table([runs(cell) for cell in cells])), VALUES))
    assert {column.get(qn("w:w")) for column in [*ours.iter(qn("w:gridCol")), *theirs.iter(qn("w:gridCol"))]} == {
        str(width)
    }
    assert {cell.get(qn("w:w")) for cell in ours.iter(qn("w:tcW"))} == {str(width)}
    assert {cell.get(qn("w:w")) for cell in theirs.iter(qn("w:tcW"))} == {"900"}
