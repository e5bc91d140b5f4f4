"""What real programs write, careless or merely odd: repaired and noted, or read in silence."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

from tests.hostile.recipe import accepted, reported
from tests.intake.ooxml import SHEETML, Member, lying_zip, members, override, pack, parts, relation, workbook


@reported("F030")
def no_styles() -> bytes:
    return workbook(styles=None)


@reported("F030")
def style_index_99() -> bytes:
    return workbook('<row r="1"><c r="A1" s="99"><v>1</v></c></row>')


@reported("F030")
def empty_fill() -> bytes:
    return workbook(styles='<fills><fill/></fills><cellXfs><xf numFmtId="0" fillId="0"/></cellXfs>')


@reported("F030")
def unknown_number_format() -> bytes:
    return workbook(styles='<cellXfs><xf numFmtId="191"/></cellXfs>')


@accepted
def utf16_parts() -> bytes:
    made = parts('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', strings=["<t>株洲</t>"])
    return pack({name: content.decode().replace("UTF-8", "UTF-16").encode("utf-16") for name, content in made.items()})


@accepted
def dimension_too_small() -> bytes:
    return workbook('<row r="5"><c r="E5"><v>1</v></c></row>', before='<dimension ref="A1"/>')


@accepted
def dimension_too_large() -> bytes:
    return workbook(before='<dimension ref="A1:XFD1048576"/>')


@accepted
def picture_with_a_gbk_name() -> bytes:
    name = "图片.png".encode("gbk")
    types = '<Default Extension="png" ContentType="image/png"/>'
    return lying_zip([*members(parts(types=types)), Member(b"xl/media/" + name, b"\x89PNG")])


@accepted
def picture_of_a_drawing_program() -> bytes:
    types = '<Default Extension="svg" ContentType="image/svg+xml"/>'
    return workbook(types=types, extra={"xl/media/image1.svg": '<!DOCTYPE svg PUBLIC "-//W3C" "x.dtd"><svg/>'})


@accepted
def sensitivity_label_of_microsoft_365() -> bytes:
    kind = "application/vnd.ms-office.classificationlabels+xml"
    return workbook(types=override("docMetadata/LabelInfo.xml", kind), extra={"docMetadata/LabelInfo.xml": "<a/>"})


@accepted
def names_with_backslashes() -> bytes:
    """As some packing tools of Windows write them."""
    return lying_zip([replace(one, name=one.name.replace(b"/", b"\\")) for one in members(parts())])


@accepted
def names_with_a_slash_in_front() -> bytes:
    return lying_zip([replace(one, name=b"/" + one.name) for one in members(parts())])


@accepted
def targets_with_backslashes() -> bytes:
    made = parts()
    rels = made["xl/_rels/workbook.xml.rels"].replace(b"worksheets/", b"worksheets\\")
    return pack(made | {"xl/_rels/workbook.xml.rels": rels})


@accepted
def custom_data_above_the_package() -> bytes:
    """LibreOffice writes the relation of a document that it imported once more, one step too high."""
    made = parts(extra={"customXml/item1.xml": "<a/>"})
    line = relation("customXml", "../customXml/item1.xml")
    rels = made["_rels/.rels"].replace(b"</Relationships>", line.encode() + b"</Relationships>")
    return pack(made | {"_rels/.rels": rels})


@accepted
def relations_that_nobody_follows() -> bytes:
    lines = relation("printerSettings", "../../../printer.bin") + relation(
        "thumbnail", "C:/thumb.png", identifier="rId98"
    )
    return workbook(relations=lines)


def _damaged(name: str, content: bytes, types: str = "") -> bytes:
    """A workbook whose additional part was damaged on the way."""
    made = [*members(parts(types=types)), Member(name.encode(), content, method=0)]
    data = bytearray(lying_zip(made))
    data[data.index(content)] ^= 1
    return bytes(data)


@reported("F008")
def damaged_thumbnail() -> bytes:
    types = '<Default Extension="jpeg" ContentType="image/jpeg"/>'
    return _damaged("docProps/thumbnail.jpeg", b"\xff\xd8\xff\xe0 a picture", types)


@reported("F008")
def damaged_printer_settings() -> bytes:
    types = f'<Default Extension="bin" ContentType="{SHEETML}printerSettings"/>'
    return _damaged("xl/printerSettings/printerSettings1.bin", b"settings of a printer", types)


@reported("F008")
def damaged_custom_data() -> bytes:
    return _damaged("customXml/item1.xml", b"<data>much</data>")


def _properties(content: str) -> bytes:
    kind = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
    made = parts(types=override("docProps/app.xml", kind), extra={"docProps/app.xml": content})
    line = relation("extended-properties", "docProps/app.xml")
    rels = made["_rels/.rels"].replace(b"</Relationships>", line.encode() + b"</Relationships>")
    return pack(made | {"_rels/.rels": rels})


@reported("F008")
def document_properties_broken() -> bytes:
    return _properties("<Properties><Application>")


@accepted
def custom_data_in_an_old_encoding() -> bytes:
    content = '<?xml version="1.0" encoding="gb2312"?><a>株洲</a>'.encode("gb18030")
    return workbook(extra={"customXml/item1.xml": content})


@reported("F008")
def relations_of_custom_data_broken() -> bytes:
    return workbook(extra={"customXml/item1.xml": "<a/>", "customXml/_rels/item1.xml.rels": "<Relationships"})


@reported("F009")
def task_pane_of_an_add_in() -> bytes:
    pane, own = ("application/vnd.ms-office.webextension" + end for end in ("taskpanes+xml", "+xml"))
    names = "xl/webextensions/taskpanes.xml", "xl/webextensions/webextension1.xml"
    return workbook(
        types=override(names[0], pane) + override(names[1], own), extra=dict.fromkeys(names, "<we:webextension/>")
    )


@accepted
def table_of_texts_that_no_cell_needs() -> bytes:
    """Without a relation nobody follows."""
    made = parts()
    return pack(
        made
        | {"xl/_rels/workbook.xml.rels": made["xl/_rels/workbook.xml.rels"].replace(b"/sharedStrings", b"/nothing")}
    )


@accepted
def sizes_that_follow_but_for_the_whole() -> bytes:
    """As zip of Unix writes to a pipe: the size of the part is known, the packed one follows."""
    return lying_zip(
        [replace(one, flags=8, local_claims=(0, 0, len(one.content)), descriptor="<4s3L") for one in members(parts())]
    )


@accepted
def folders_in_the_directory() -> bytes:
    return lying_zip([Member(b"xl/"), *members(parts())])


@accepted
def trailing_bytes_of_a_mail_gateway() -> bytes:
    return workbook() + b"\r\n\r\n"


@accepted
def styled_blank_far_away() -> bytes:
    return workbook('<row r="1048576"><c r="XFD1048576" s="0"/></row>')


@accepted
def positions_left_out() -> bytes:
    return workbook("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>")


@accepted
def part_names_in_other_case() -> bytes:
    made = parts()
    made["xl/worksheets/Sheet1.xml"] = made.pop("xl/worksheets/sheet1.xml")
    return pack(made)


def stream_written() -> bytes:
    """A sane workbook whose sizes follow the data, as programs write that cannot go back in a file."""

    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.data = bytearray()

        def writable(self) -> bool:
            return True

        def write(self, data: object) -> int:
            chunk = bytes(data)  # type: ignore[call-overload]
            self.data += chunk
            return len(chunk)

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts().items():
            archive.writestr(name, content)
    return bytes(pipe.data)


accepted(stream_written)
