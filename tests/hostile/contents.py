"""What has no place in a form: macros, objects, links to elsewhere."""

from __future__ import annotations

from tests.hostile.disguises import ole
from tests.hostile.recipe import rejected, reported
from tests.intake.ooxml import MAIN, OFFICE, SHEETML, override, relation, relationships, workbook


@rejected("F006")
def macros() -> bytes:
    return workbook(
        types=override("xl/vbaProject.bin", "application/vnd.ms-office.vbaProject"),
        relations=relation("vbaProject", "vbaProject.bin"),
        extra={"xl/vbaProject.bin": ole("VBA")},
    )


@rejected("F006")
def macros_under_another_name_and_type() -> bytes:
    return workbook(
        types=override("xl/media/image1.png", "image/png"), extra={"xl/media/image1.png": ole("VBA", "PROJECT")}
    )


@rejected("F006")
def macro_sheet() -> bytes:
    return workbook(
        types=override("xl/macrosheets/sheet1.xml", "application/vnd.ms-excel.macrosheet+xml"),
        relations=relation("xlMacrosheet", "macrosheets/sheet1.xml"),
        extra={"xl/macrosheets/sheet1.xml": "<a/>"},
    )


@rejected("F006")
def active_x() -> bytes:
    return workbook(
        types=override("xl/activeX/activeX1.xml", "application/vnd.ms-office.activeX+xml"),
        extra={"xl/activeX/activeX1.xml": "<a/>"},
    )


@rejected("F006")
def ole_object() -> bytes:
    return workbook(
        types=override("xl/embeddings/o1.bin", "application/vnd.openxmlformats-officedocument.oleObject"),
        extra={"xl/embeddings/o1.bin": b"12345"},
    )


@rejected("F006")
def embedded_workbook() -> bytes:
    return workbook(types=override("xl/x/inner.dat", "application/octet-stream"), extra={"xl/x/inner.dat": workbook()})


@reported("F007")
def external_link() -> bytes:
    link = f'<externalLink xmlns="{MAIN}" xmlns:r="{OFFICE}"><externalBook r:id="rId1"/></externalLink>'
    path = relationships(more=relation("externalLinkPath", "file:///C:/budget.xlsx", external=True))
    return workbook(
        '<row r="1"><c r="A1"><f>[1]Sheet1!$A$1</f><v>7</v></c></row>',
        types=override("xl/externalLinks/externalLink1.xml", f"{SHEETML}externalLink+xml"),
        relations=relation("externalLink", "externalLinks/externalLink1.xml"),
        extra={"xl/externalLinks/externalLink1.xml": link, "xl/externalLinks/_rels/externalLink1.xml.rels": path},
    )


@reported("F007")
def connections() -> bytes:
    return workbook(
        types=override("xl/connections.xml", f"{SHEETML}connections+xml"), extra={"xl/connections.xml": "<a/>"}
    )


@reported("F007")
def query_table() -> bytes:
    return workbook(
        types=override("xl/queryTables/queryTable1.xml", f"{SHEETML}queryTable+xml"),
        extra={"xl/queryTables/queryTable1.xml": "<a/>"},
    )


@reported("F007")
def picture_from_the_network() -> bytes:
    return workbook(relations=relation("image", "http://example.invalid/a.png", external=True))


@reported("F008")
def unknown_part() -> bytes:
    return workbook(types=override("xl/novel.bin", "application/x-novel"), extra={"xl/novel.bin": b"\1\2\3"})


@reported("F007")
def target_that_garbles_the_terminal() -> bytes:
    return workbook(relations=relation("image", "http://x.invalid/&#10;&#x202e;&#x9b;31m" + "y" * 9000, external=True))
