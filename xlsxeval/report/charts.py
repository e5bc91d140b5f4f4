"""The page of charts at the end of a report: native charts with captions that Word counts."""

from __future__ import annotations

import copy
from collections.abc import Sequence

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn
from lxml import etree
from markupsafe import Markup

from xlsxeval.intake.submission import Submission
from xlsxeval.report.attachments import MARK
from xlsxeval.report.captions import caption
from xlsxeval.report.chart_xml import chart_xml
from xlsxeval.report.drawn_sheets import Pen
from xlsxeval.report.figures import ChartData
from xlsxeval.report.filters import number, percent
from xlsxeval.report.sections import page_of, turned, without_number_start
from xlsxeval.report.table_xml import element

_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_TITLE = "附图"
_PLACE = "图表"
_EMU = 635
"""English metric units in a twip."""
_STANDING, _LYING, _BAR = 4000, 900, 480
"""Heights in twips: of a chart with standing bars; of one with lying bars what is not bars, and each bar."""

_DRAWING = Markup("""\
<w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" \
xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" \
xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" \
xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" \
xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">\
<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>\
<wp:effectExtent l="0" t="0" r="0" b="0"/><wp:docPr id="{number}" name="{name}" descr="{words}"/><wp:cNvGraphicFramePr/>\
<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart r:id="{relation}"/>\
</a:graphicData></a:graphic></wp:inline></w:drawing>""")


def append_charts(document: Document, figures: Sequence[ChartData], submission: Submission) -> None:
    """Adds the charts on an upright page of their own after everything else; nothing where there are none.

    Raises ReportError where the template lacks a style.
    """
    if not figures:
        return
    pen = Pen(document, submission, [])
    body = document.element.body
    final = body.sectPr
    if page_of(final).landscape:
        _end_section(body, pen)
    width = page_of(final).text_width
    nodes = [pen.paragraph(MARK, _TITLE)]
    for figure_number, figure in enumerate(figures, start=1):
        nodes.append(_chart(document, pen, figure, figure_number, width))
        nodes.append(caption(pen, "图", figure.title))
    for node in nodes:
        final.addprevious(node)


def _end_section(body: etree._Element, pen: Pen) -> None:
    """Ends the turned section before; the document's last section is upright from here."""
    final = body.sectPr  # type: ignore[attr-defined]
    last = final.getprevious()
    if last is None or last.tag != qn("w:p") or last.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None:
        last = pen.paragraph("表格分隔")
        final.addprevious(last)
    properties = last.find(qn("w:pPr"))
    if properties is None:
        properties = element("w:pPr")
        last.insert(0, properties)
    properties.append(copy.deepcopy(final))
    turned(final, landscape=False)
    without_number_start(final)
    upright = next((one for one in body.iter(qn("w:sectPr")) if one is not final and not page_of(one).landscape), None)
    if upright is not None:
        _same_lines(final, upright)


def _same_lines(section: etree._Element, pattern: etree._Element) -> None:
    """The grid of lines of another section: a turned page has none."""
    own, other = section.find(qn("w:docGrid")), pattern.find(qn("w:docGrid"))
    if own is not None and other is not None:
        own.attrib.update(other.attrib)


def _chart(document: Document, pen: Pen, figure: ChartData, figure_number: int, width: int) -> etree._Element:
    package = document.part.package
    uri = PackURI(f"/word/charts/chart{figure_number}.xml")
    relation = document.part.relate_to(Part(uri, _TYPE, chart_xml(figure), package), RELATIONSHIP_TYPE.CHART)
    height = _LYING + _BAR * len(figure.labels) if figure.lying else _STANDING
    drawing = _DRAWING.format(
        width=width * _EMU,
        height=height * _EMU,
        number=figure_number,
        name=f"{_TITLE}{figure_number}",
        words=_words(figure),
        relation=relation,
    )
    paragraph = pen.paragraph(_PLACE)
    run = etree.SubElement(paragraph, qn("w:r"))
    run.append(etree.fromstring(drawing))
    return paragraph


def _words(figure: ChartData) -> str:
    """The chart in words, for those who do not see it."""
    show = percent if figure.percent else number
    said = (
        f"{label}：" + "，".join(f"{series.name}{show(series.values[at])}" for series in figure.series)
        for at, label in enumerate(figure.labels)
    )
    return f"{figure.title}。{'；'.join(said)}。"
