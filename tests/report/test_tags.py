"""Tags in Word's XML: in one piece, in their place, as they were typed."""

from __future__ import annotations

import pytest
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml

from xlsxeval.report.errors import ReportError
from xlsxeval.report.tags import jinja_source, rendered_part


def part(inside: str):
    return parse_xml(f"<w:body {nsdecls('w')}>{inside}</w:body>")


def runs(*texts: str) -> str:
    return "<w:p>" + "".join(f"<w:r><w:t>{text}</w:t></w:r>" for text in texts) + "</w:p>"


def texts(source: str) -> list[str]:
    """The texts of every paragraph in a source, tags within them included."""
    told = parse_xml(source.replace("&", "&amp;")) if "<" in source else source
    return ["".join(node.text or "" for node in paragraph.iter(qn("w:t"))) for paragraph in told.iter(qn("w:p"))]


@pytest.mark.parametrize(
    ("pieces", "whole"),
    [
        (("{{ funds.rate }}",), "{{ funds.rate }}"),
        (("预算", "{{ fu", "nds.ra", "te }}", "万元"), "预算{{ funds.rate }}万元"),
        (("{", "{ a }", "}和{{ b }", "}"), "{{ a }}和{{ b }}"),
        (("{% if a %}x{% e", "ndif %}"), "{% if a %}x{% endif %}"),
        (("{# no", "te #}y"), "{# note #}y"),
    ],
)
def test_a_tag_that_word_parted_is_one_again(pieces, whole):
    assert texts(jinja_source(part(runs(*pieces)))) == [whole]


def test_what_word_escapes_and_its_quotes_are_as_in_jinja():
    source = jinja_source(part(runs("{% if a &lt; 3 and b == “是” %}R&amp;D “引”{% endif %}")))
    assert '{% if a < 3 and b == "是" %}R&amp;D “引”{% endif %}' in source


@pytest.mark.parametrize(
    ("inside", "left"),
    [
        (runs("{%p if a %}") + runs("甲") + runs("{%p en", "dif %}"), "{% if a %}<w:p>甲</w:p>{% endif %}"),
        (runs("{{p table }}"), "{{ table }}"),
        (
            f"<w:tbl><w:tr><w:tc>{runs('{%tr for x in y %}')}</w:tc></w:tr><w:tr><w:tc>{runs('{{ x }}')}</w:tc></w:tr></w:tbl>",
            "<w:tbl>{% for x in y %}<w:tr><w:tc><w:p>{{ x }}</w:p></w:tc></w:tr></w:tbl>",
        ),
        (f"<w:tbl><w:tr><w:tc>{runs('{%tc if a %}')}</w:tc></w:tr></w:tbl>", "<w:tbl><w:tr>{% if a %}</w:tr></w:tbl>"),
    ],
)
def test_a_tag_with_a_letter_stands_for_what_it_is_in(inside, left):
    source = jinja_source(part(inside))
    for name in ("w:r", "w:t"):
        source = source.replace(f"<{name}>", "").replace(f'<{name} xml:space="preserve">', "").replace(f"</{name}>", "")
    assert source.partition(">")[2].removesuffix("</w:body>") == left


def test_the_part_itself_is_left_alone():
    root = part(runs("{{ a", " }}"))
    jinja_source(root)
    assert [text.text for text in root.iter(qn("w:t"))] == ["{{ a", " }}"]


def test_a_paragraph_in_a_text_box_has_its_own_tags():
    box = f"<w:p><w:r><w:t>{{{{ a</w:t></w:r><w:r><w:pict>{runs('{{ b', ' }}')}</w:pict></w:r><w:r><w:t> }}}}</w:t></w:r></w:p>"
    source = jinja_source(part(box))
    assert "{{ a }}" in source
    assert "{{ b }}" in source


def cells(count: int) -> str:
    return "".join("<w:tc><w:tcPr><w:tcW w:w='900' w:type='dxa'/></w:tcPr><w:p/></w:tc>" for _ in range(count))


@pytest.mark.parametrize(("grid", "row", "width"), [(2, 3, 600), (3, 1, 2700), (2, 2, 900)])
def test_a_table_has_the_columns_of_its_longest_row(grid, row, width):
    columns = "<w:gridCol w:w='900'/>" * grid
    xml = f"<w:body {nsdecls('w')}><w:tbl><w:tblGrid>{columns}</w:tblGrid><w:tr>{cells(row)}</w:tr></w:tbl></w:body>"
    table = rendered_part(xml)
    widths = [int(column.get(qn("w:w"))) for column in table.iter(qn("w:gridCol"))]
    assert widths == [width] * row
    assert {int(cell.get(qn("w:w"))) for cell in table.iter(qn("w:tcW"))} == {width}


def test_what_is_no_xml_is_told():
    with pytest.raises(ReportError, match="成对"):
        rendered_part(f"<w:body {nsdecls('w')}><w:p></w:body>")
