"""A docx as it is read: what a reader sees of it, whatever stands around the runs."""

from __future__ import annotations

import io
import zipfile

import pytest
from docx import Document

from xlsxeval.intake.rejected import Rejected
from xlsxeval.limits import Limits
from xlsxeval.proofreading import DocumentTable, Paragraph, parts, read_document

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
BOXES = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)

MERGED = '<w:vMerge w:val="restart"/>'
WIDE = '<w:gridSpan w:val="2"/>'


def document(body: str) -> bytes:
    """A docx whose text is that markup."""
    buffer = io.BytesIO()
    Document().save(buffer)
    with zipfile.ZipFile(buffer) as source:
        members = {name: source.read(name) for name in source.namelist()}
    members["word/document.xml"] = f"<w:document {W} {BOXES}><w:body>{body}</w:body></w:document>".encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for name, content in members.items():
            target.writestr(name, content)
    return out.getvalue()


def texts(body: str) -> list[str]:
    return [block.text for block in read_document(document(body)).blocks if isinstance(block, Paragraph)]


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        (run("支出") + run("88万元"), "支出88万元"),
        (f"<w:ins>{run('88')}</w:ins><w:del><w:r><w:delText>98</w:delText></w:r></w:del>{run('万元')}", "88万元"),
        (f"<w:moveTo>{run('88')}</w:moveTo><w:moveFrom>{run('98')}</w:moveFrom>{run('万元')}", "88万元"),
        (f"<w:hyperlink>{run('88')}</w:hyperlink><w:smartTag>{run('万元')}</w:smartTag>", "88万元"),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{run('88')}</w:sdtContent></w:sdt>{run('万元')}", "88万元"),
        (f'<w:fldSimple w:instr="SEQ 表">{run("1")}</w:fldSimple>', "1"),
        (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGEREF 88</w:instrText></w:r>'
            f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("5")}<w:r><w:fldChar w:fldCharType="end"/></w:r>',
            "5",
        ),
        (f"<w:r><w:rPr><w:vanish/></w:rPr><w:t>98</w:t></w:r>{run('88')}", "88"),
        (f'<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>98</w:t></w:r>{run("88")}', "9888"),
        (f"{run('第一行')}<w:r><w:br/><w:t>第二行</w:t></w:r>", "第一行\n第二行"),
    ],
)
def test_a_paragraph_says_what_a_reader_sees(inside, text):
    assert texts(f"<w:p>{inside}</w:p>") == [text]


def test_a_deleted_end_of_a_paragraph_joins_it_with_the_next():
    mark = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"
    assert texts(f"<w:p>{mark}{run('支出')}</w:p><w:p>{run('88万元')}</w:p>") == ["支出88万元"]


def test_a_text_box_is_read_once():
    box = f"<w:txbxContent><w:p>{run('88万元')}</w:p></w:txbxContent>"
    both = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:wsp><wps:txbx>"
        f"{box}</wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{box}</v:textbox>"
        "</v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert texts(f"<w:p>{both}{run('支出')}</w:p>") == ["88万元", "支出"]


def test_a_table_has_its_cells_as_word_counts_them():
    def cell(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p>{run(text)}</w:p></w:tc>"

    inner = f"<w:tbl><w:tr>{cell('里面')}</w:tr></w:tbl>"
    rows = (
        f"<w:tr>{cell('甲', MERGED)}{cell('乙', WIDE)}</w:tr>"
        f"<w:tr>{cell('', '<w:vMerge/>')}<w:tc>{inner}<w:p/></w:tc>{cell('丙')}</w:tr>"
        f"<w:tr><w:trPr><w:del/></w:trPr>{cell('丁')}</w:tr>"
    )
    read = read_document(document(f"<w:tbl>{rows}</w:tbl><w:p>{run('后')}</w:p>"))
    table, after = read.blocks
    assert isinstance(table, DocumentTable)
    assert [[(cell.text, cell.continued) for cell in row] for row in table.rows] == [
        [("甲", False), ("乙", False)],
        [("", True), ("里面", False), ("丙", False)],
    ]
    assert read.revisions == 1
    assert after == Paragraph("后", "", 0)


def test_places_count_the_paragraphs_of_each_chapter():
    heading = '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>'
    body = f"<w:p>{run('封面')}</w:p>"
    body += "".join(
        f"<w:p>{heading}{run(name)}</w:p><w:p>{run('甲')}</w:p><w:p/><w:p>{run('乙')}</w:p>" for name in "一二"
    )
    read = parts(read_document(document(body)))
    assert [(line.place.sheet, line.place.cell, line.text) for part in read for line in part.lines] == [
        ("封面", "第1段", "封面"),
        *((name, cell, text) for name in "一二" for cell, text in (("标题", name), ("第1段", "甲"), ("第2段", "乙"))),
    ]


@pytest.mark.parametrize(
    ("body", "limits"),
    [
        ("<w:p>" * 300 + "</w:p>" * 300, Limits()),
        ("<w:p/>" * 60_000, Limits(nodes=50_000)),
        (f"<w:p>{run('长' * 90_000)}</w:p>", Limits(part_bytes=100_000)),
        (f"<w:p>{run('长' * 90_000)}</w:p>", Limits(file_bytes=10_000)),
    ],
)
def test_bounds_hold(body, limits):
    with pytest.raises(Rejected) as refused:
        read_document(document(body), limits)
    assert refused.value.fault.code == "N120"


def test_a_soup_of_paragraphs_ends_soon():
    assert read_document(document("<w:p/><w:tbl/><w:r/>" * 20_000)).blocks.count(DocumentTable(())) == 20_000
