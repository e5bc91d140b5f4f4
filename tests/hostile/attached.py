"""What hangs on a worksheet, and formulas that would act if they were run."""

from __future__ import annotations

from tests.hostile.recipe import accepted, reported
from tests.intake.ooxml import MAIN, SHEETML, override, relationships, workbook

_XDR = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"


def with_comments(content: str) -> bytes:
    rels = relationships(("rId1", "comments", "../comments1.xml"))
    return workbook(
        types=override("xl/comments1.xml", f"{SHEETML}comments+xml"),
        extra={"xl/worksheets/_rels/sheet1.xml.rels": rels, "xl/comments1.xml": content},
    )


@accepted
def comments_of_somebody() -> bytes:
    comment = '<commentList><comment ref="A1" authorId="7"/></commentList>'
    return with_comments(f'<comments xmlns="{MAIN}"><authors><author>x</author></authors>{comment}</comments>')


@reported("F008")
def broken_comments() -> bytes:
    return with_comments("<comments><authors>")


@reported("F008")
def broken_drawing() -> bytes:
    rels = relationships(("rId1", "drawing", "../drawings/drawing1.xml"))
    return workbook(
        types=override("xl/drawings/drawing1.xml", "application/vnd.openxmlformats-officedocument.drawing+xml"),
        extra={
            "xl/worksheets/_rels/sheet1.xml.rels": rels,
            "xl/drawings/drawing1.xml": f'<xdr:wsDr xmlns:xdr="{_XDR}"><xdr:twoCellAnchor>',
        },
    )


@accepted
def formula_that_starts_a_program() -> bytes:
    return workbook('<row r="1"><c r="A1"><f>cmd|\'/c calc\'!A1</f><v>0</v></c></row>')


@accepted
def formula_that_fetches() -> bytes:
    return workbook('<row r="1"><c r="A1"><f>_xlfn.WEBSERVICE("http://example.invalid/")</f><v>0</v></c></row>')


@accepted
def formulas_in_a_circle() -> bytes:
    return workbook('<row r="1"><c r="A1"><f>B1</f><v>0</v></c><c r="B1"><f>A1</f><v>0</v></c></row>')


@accepted
def quotation_marks_without_end() -> bytes:
    return workbook(f'<row r="1"><c r="A1"><f>{chr(34) * 16_001}</f></c></row>')
