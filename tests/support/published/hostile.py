"""Published reports that cannot be read, or not as a whole: scans, pictures, tables without lines, broken and hostile files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace

from tests.support.published.files import as_page, as_pdf, as_word
from tests.support.published.sources import PublishedReport, made_right


def published_bytes(name: str) -> bytes:
    """The file of that name."""
    return MADE[name]()


def _report() -> PublishedReport:
    return replace(made_right("yiyang-2022"), paragraphs=("2022年度项目支出绩效自评报告",))


def _bare_pdf() -> bytes:
    """The same figures without any line around them."""
    return b"\n".join(line for line in as_pdf(_report())[0].split(b"\n") if not line.endswith(b" re S"))


def _scan() -> bytes:
    """A page that is one picture."""
    data = as_pdf(PublishedReport("扫描件", ("绩效自评报告",), (), ()))[0]
    image = b"q 500 0 0 700 40 40 cm BI /W 2 /H 2 /CS /G /BPC 8 ID \x00\xff\xff\x00 EI Q"
    start = data.index(b"stream\n") + len(b"stream\n")
    end = data.index(b"\nendstream")
    return data[:start] + image.ljust(end - start)[: max(len(image), end - start)] + data[end:]


def _with_picture() -> bytes:
    buffer = io.BytesIO(as_word(_report())[0])
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("word/media/image1.png", b"\x89PNG")
    return buffer.getvalue()


def _disordered() -> bytes:
    """Scores moved by a column, so that nothing adds up."""
    report = _report()
    forms = tuple(
        replace(
            form,
            cells=tuple(
                replace(cell, text=str(number % 7))
                if cell.field.startswith("indicators[") and cell.field.endswith((".score", ".weight"))
                else cell
                for number, cell in enumerate(form.cells)
            ),
        )
        for form in report.forms
    )
    return as_word(replace(report, forms=forms))[0]


def _locked_pdf() -> bytes:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(as_pdf(_report())[0])))
    writer.encrypt("秘密")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def _many_pages() -> bytes:
    """Five thousand empty pages."""
    count = 5_000
    objects = ["<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{number + 3} 0 R" for number in range(count))
    objects.append(f"<< /Type /Pages /Count {count} /Kids [{kids}] >>")
    objects += ["<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>"] * count
    out, offsets = "%PDF-1.4\n", []
    for number, text in enumerate(objects, start=1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{text}\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    out += f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer << /Size {size} /Root 1 0 R >>\nstartxref\n"
    return f"{out}{out.rindex('xref', 0, len(out) - 10)}\n%%EOF\n".encode()


def _bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"<Types/>")
        archive.writestr("word/document.xml", b"\0" * 200_000_000)
    return buffer.getvalue()


MADE: dict[str, Callable[[], bytes]] = {
    "改对的报告": lambda: as_word(_report())[0],
    "改对的报告.pdf": lambda: as_pdf(_report())[0],
    "没有画线的.pdf": _bare_pdf,
    "扫描件.pdf": _scan,
    "有图片": _with_picture,
    "认错了格子": _disordered,
    "加密.pdf": _locked_pdf,
    "五千页.pdf": _many_pages,
    "断在半路.pdf": lambda: as_pdf(_report())[0][:3_000],
    "套了一万层.html": lambda: b"<html><body>" + b"<div><table><tr><td>" * 10_000 + b"x",
    "跨一亿列.html": lambda: (
        b"<table>" + b"<tr><td colspan=100000000 rowspan=100000000>1</td></tr>" * 200 + b"</table>"
    ),
    "有脚本.html": lambda: as_page(_report())[0].replace(b"<body>", b"<body><script>document.write('9')</script>"),
    "压缩炸弹": _bomb,
    "断在半路": lambda: as_word(_report())[0][:5_000],
    "空的": lambda: b"",
    "旧版.doc": lambda: bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600,
    "一段文字": lambda: "只是一段话".encode(),
}
