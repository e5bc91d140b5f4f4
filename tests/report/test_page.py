"""The page of GB/T 9704-2012, read from the XML: measures in twips (1 mm is 56.7), half-points, hundredths."""

from __future__ import annotations

import io
import zipfile

import pytest
from docx.oxml.ns import qn
from lxml import etree

from tests.report.reading import opened, part
from xlsxeval.report import report_bytes

W = {"w": qn("w:x")[1:-2]}


@pytest.fixture(scope="module")
def data(submission, template):
    return report_bytes(submission, template)


@pytest.fixture(scope="module")
def styles(data):
    return part(data, "word/styles.xml")


def mm(value):
    return round(value / 25.4 * 1440)


def attributes(node):
    return {etree.QName(key).localname: value for key, value in node.attrib.items()}


def style(styles, name):
    return styles.xpath(f'//w:style[w:name/@w:val="{name}"]', namespaces=W)[0]


def sections(data):
    return part(data, "word/document.xml").xpath("//w:sectPr", namespaces=W)


def test_a4_with_the_margins_of_the_standard(data):
    for section in sections(data):
        size = attributes(section.find("w:pgSz", W))
        margins = attributes(section.find("w:pgMar", W))
        upright = {"top": 37, "bottom": 35, "left": 28, "right": 26}
        wide = {"top": 28, "bottom": 26, "left": 35, "right": 37}
        landscape = size.get("orient") == "landscape"
        assert (int(size["w"]), int(size["h"])) == pytest.approx(
            (mm(297), mm(210)) if landscape else (mm(210), mm(297)), abs=1
        )
        for edge, millimetres in (wide if landscape else upright).items():
            assert int(margins[edge]) == pytest.approx(mm(millimetres), abs=2), edge


def test_only_the_wide_attachments_are_turned_and_the_numbers_go_on(data):
    turned = [section.find("w:pgSz", W).get(qn("w:orient")) == "landscape" for section in sections(data)]
    starts = [section.xpath("string(w:pgNumType/@w:start)", namespaces=W) for section in sections(data)]
    assert turned == [False, False, True, False, True]  # cover, text and 附件1, 附件2, 附件3, 附件4 to 6
    assert starts == ["", "1", "", "", ""]


def test_twenty_two_lines_of_twenty_eight_characters_fit(styles):
    normal = style(styles, "Normal")
    spacing = attributes(normal.find("w:pPr/w:spacing", W))
    assert spacing["lineRule"] == "exact"
    assert 570 <= int(spacing["line"]) <= mm(225) / 22
    closer = int(normal.find("w:rPr/w:spacing", W).get(qn("w:val")))
    assert 28 * (16 * 20 + closer) <= mm(156)


@pytest.mark.parametrize(
    ("name", "font", "half_points"),
    [
        ("Normal", "仿宋_GB2312", "32"),
        ("报告段落", "仿宋_GB2312", "32"),
        ("Title", "方正小标宋简体", "44"),
        ("heading 1", "黑体", "32"),
        ("heading 2", "楷体_GB2312", "32"),
        ("heading 3", "仿宋_GB2312", "32"),
        ("附件标记", "黑体", "32"),
        ("附件标题", "方正小标宋简体", "36"),
        ("表格文字", "宋体", "19"),
        ("footer", "宋体", "28"),
    ],
)
def test_fonts_are_named_in_styles(styles, name, font, half_points):
    found = style(styles, name)
    assert found.find("w:rPr/w:rFonts", W).get(qn("w:eastAsia")) == font
    assert found.find("w:rPr/w:sz", W).get(qn("w:val")) == half_points
    assert found.find("w:rPr/w:b", W).get(qn("w:val")) in ("0", "false")


def test_first_lines_are_indented_by_two_characters(styles):
    for name in ("报告段落", "heading 1", "heading 2", "heading 3"):
        assert style(styles, name).find("w:pPr/w:ind", W).get(qn("w:firstLineChars")) == "200", name


def test_headings_are_real_headings(data):
    document = opened(data)
    levels = {"Heading 1": [], "Heading 2": [], "Heading 3": []}
    for paragraph in document.paragraphs:
        if paragraph.style.name in levels:
            levels[paragraph.style.name].append(paragraph.text)
    assert [text[0] for text in levels["Heading 1"]] == list("一二三四五六七八九")
    assert [text[:3] for text in levels["Heading 2"]] == ["（一）", "（一）", "（二）", "（一）", "（二）"]
    assert [text[:2] for text in levels["Heading 3"]] == ["1.", "2.", "3.", "1.", "2.", "3.", "4.", "5.", "6."]
    for name, level in (("heading 1", "0"), ("heading 2", "1"), ("heading 3", "2")):
        found = style(part(data, "word/styles.xml"), name).find("w:pPr/w:outlineLvl", W)
        assert found.get(qn("w:val")) == level


def test_page_numbers_stand_outside(data):
    assert part(data, "word/settings.xml").find("w:evenAndOddHeaders", W) is not None
    cover, text, *_ = sections(data)
    assert not cover.findall("w:footerReference", W)
    relations = {item.get("Id"): item.get("Target") for item in part(data, "word/_rels/document.xml.rels")}
    for reference in text.findall("w:footerReference", W):
        footer = part(data, f"word/{relations[reference.get(qn('r:id'))]}")
        assert "".join(footer.itertext()).split() == ["—", "PAGE", "1", "—"]
        side = "right" if reference.get(qn("w:type")) == "default" else "left"
        assert footer.find(".//w:jc", W).get(qn("w:val")) == side
        assert footer.find(".//w:ind", W).get(qn(f"w:{side}Chars")) == "100"
    assert len(text.findall("w:footerReference", W)) == 2


def test_page_numbers_of_turned_pages_stand_where_the_sheet_has_its_foot(data):
    relations = {item.get("Id"): item.get("Target") for item in part(data, "word/_rels/document.xml.rels")}
    across = [one for one in sections(data) if one.find("w:pgSz", W).get(qn("w:orient")) == "landscape"]
    for section in across:
        margins = attributes(section.find("w:pgMar", W))
        references = section.findall("w:footerReference", W)
        assert len(references) == 2
        for reference in references:
            footer = part(data, f"word/{relations[reference.get(qn('r:id'))]}")
            box = footer.find(".//w:txbxContent", W)
            assert "".join(box.itertext()).split() == ["—", "PAGE", "1", "—"]
            side = "right" if reference.get(qn("w:type")) == "default" else "left"
            assert box.find(".//w:jc", W).get(qn("w:val")) == side
            assert footer.xpath("string(//*[local-name()='bodyPr']/@vert)") == "vert"
            left, top = (int(text) / 635 for text in footer.xpath("//*[local-name()='posOffset']/text()"))
            assert top == int(margins["top"])
            assert int(margins["left"]) - left == pytest.approx(mm(12), abs=2)  # as below the text of an upright page


def test_each_attachment_begins_a_page(styles):
    assert style(styles, "附件标记").find("w:pPr/w:pageBreakBefore", W) is not None


def test_no_font_is_embedded_and_nothing_of_the_maker_is_left(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
    assert not [name for name in names if name.endswith((".odttf", ".ttf", ".jpeg"))]
    assert not [name for name in names if "customXml" in name]


ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
    "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
    "tblInd tblBorders shd tblLayout tblCellMar tblLook",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "tcBorders": "top start left bottom end right insideH insideV tl2br tr2bl",
    "tblCellMar": "top start left bottom end right",
    "pBdr": "top left bottom right between bar",
    "tbl": "tblPr tblGrid tr",
    "tr": "tblPrEx trPr tc",
    "tc": "tcPr p",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType "
    "pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked "
    "personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr",
}


@pytest.mark.parametrize("name", ["word/document.xml", "word/styles.xml", "word/footer1.xml", "word/footer2.xml"])
def test_elements_stand_in_the_order_that_word_demands(data, name):
    """ECMA-376 part 1, annex A: the sequences of wml.xsd."""
    seen = 0
    for node in part(data, name).iter():
        order = ORDER.get(etree.QName(node).localname)
        if order is not None:
            found = [order.split().index(etree.QName(child).localname) for child in node]
            assert found == sorted(found), etree.tostring(node)[:600]
            seen += 1
    assert seen


def test_every_cell_ends_in_a_paragraph_and_no_table_ends_the_text(data):
    document = part(data, "word/document.xml")
    assert all(cell[-1].tag == qn("w:p") for cell in document.iter(qn("w:tc")))
    body = document[0]
    assert body[-1].tag == qn("w:sectPr")
    assert body[-2].tag == qn("w:p")
    assert not [node for node in body.iter(qn("w:tbl")) if node.getnext().tag == qn("w:tbl")]


def test_attachments_stand_in_the_navigation_pane(styles):
    assert style(styles, "附件标记").find("w:pPr/w:outlineLvl", W).get(qn("w:val")) == "0"


def test_word_does_not_open_it_in_a_compatibility_mode(data):
    settings = part(data, "word/settings.xml")
    assert settings.xpath('string(//w:compatSetting[@w:name="compatibilityMode"]/@w:val)', namespaces=W) == "15"
    assert settings.find("w:themeFontLang", W).get(qn("w:eastAsia")) == "zh-CN"


def test_every_style_that_is_used_is_there(data, styles):
    known = set(styles.xpath("//w:style/@w:styleId", namespaces=W))
    used = set(part(data, "word/document.xml").xpath("//w:pStyle/@w:val | //w:tblStyle/@w:val", namespaces=W))
    based = set(styles.xpath("//w:basedOn/@w:val | //w:next/@w:val | //w:link/@w:val", namespaces=W))
    assert used | based <= known
    assert all(name.isascii() for name in known)
