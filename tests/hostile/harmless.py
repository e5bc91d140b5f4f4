"""What real programs write, careless or merely odd: repaired and noted, or read in silence."""

from __future__ import annotations

import io
import zipfile

from tests.hostile.recipe import accepted, reported
from tests.intake.ooxml import Member, lying_zip, members, override, pack, parts, workbook


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
