"""What a template of somebody else must not bring into reports is refused by lint and report alike, with its place."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document

from xlsxeval.forms.library import Library
from xlsxeval.report import ReportError, template_problems
from xlsxeval.report.template import fill
from xlsxeval.resources import templates_directory

Parts = dict[str, bytes]
RELATION = (
    '<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" {rest}/>'
)


def template(change: Callable[[Parts], object]) -> bytes:
    document = Document()
    document.add_paragraph("某某单位的报告")
    document.add_paragraph("PLACE")
    buffer = io.BytesIO()
    document.save(buffer)
    with zipfile.ZipFile(buffer) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def linked(kind: str, target: str) -> Callable[[Parts], object]:
    line = RELATION.format(kind=kind, rest=f'Target="{target}" TargetMode="External"').encode()
    name = "word/_rels/document.xml.rels"
    return lambda parts: parts.update({name: parts[name].replace(b"</Relationships>", line + b"</Relationships>")})


def with_field(*texts: str) -> Callable[[Parts], object]:
    runs = '</w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    runs += "".join(f"<w:r><w:instrText>{text}</w:instrText></w:r>" for text in texts)
    runs += '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t>PLACE'
    name = "word/document.xml"
    return lambda parts: parts.update({name: parts[name].replace(b"PLACE", runs.encode())})


def macros(parts: Parts) -> None:
    kind = b"application/vnd.ms-word.document.macroEnabled.main+xml"
    plain = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(plain, kind)
    parts["word/vbaProject.bin"] = b"x"


def in_main(xml: str) -> Callable[[Parts], object]:
    name = "word/document.xml"
    return lambda parts: parts.update(
        {name: parts[name].replace(b"PLACE", f"</w:t></w:r>{xml}<w:r><w:t>PLACE".encode())}
    )


def char(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def told(text: str) -> str:
    return f"<w:r><w:instrText>{text}</w:instrText></w:r>"


def by_relation(kind: str) -> Callable[[Parts], object]:
    line = RELATION.format(kind=kind, rest='Target="other.dat"').encode()
    name = "word/_rels/document.xml.rels"

    def change(parts: Parts) -> None:
        parts[name] = parts[name].replace(b"</Relationships>", line + b"</Relationships>")
        parts["word/other.dat"] = b"x"

    return change


def macros_in_utf16(parts: Parts) -> None:
    macros(parts)
    del parts["word/vbaProject.bin"]
    text = parts["[Content_Types].xml"].decode().partition("?>")[2]
    parts["[Content_Types].xml"] = f'<?xml version="1.0" encoding="UTF-16"?>{text}'.encode("utf-16")


def elsewhere(parts: Parts) -> None:
    field = '<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:fldSimple w:instr="RD x"/></w:p>'
    parts["other/notes.dat"] = field.encode()


REFUSED: dict[str, tuple[Callable[[Parts], object], str]] = {
    "a linked picture": (linked("image", "http://example.org/a.png"), "图片"),
    "a template elsewhere": (linked("attachedTemplate", "file:///c:/x.dotm"), "模板"),
    "a link to a share": (linked("hyperlink", "\\\\server\\share"), "链接"),
    "another document": (linked("aFChunk", "x.html"), "嵌入"),
    "a field that fetches": (with_field(' INCLUDEPICTURE "http://example.org/a" '), "INCLUDEPICTURE"),
    "a field in pieces": (with_field("INCL", "UDETEXT x"), "INCLUDETEXT"),
    "a field that runs": (with_field("DDEAUTO c:\\x"), "PLACE"),
    "an object": (lambda parts: parts.update({"word/embeddings/oleObject1.bin": b"x"}), "对象"),
    "macros": (macros, ".docm"),
    "macros by the list of parts in UTF-16": (macros_in_utf16, ".docm"),
    "a field over two paragraphs": (
        in_main(f"{char('begin')}{told('INCLUDE')}</w:p><w:p>{told('TEXT x')}{char('end')}"),
        "INCLUDETEXT",
    ),
    "a field in the result of another": (
        in_main(
            f"{char('begin')}{told('REF x')}{char('separate')}{char('begin')}{told('DDE x y')}{char('end')}{char('end')}"
        ),
        "DDE",
    ),
    "a field named by another": (
        in_main(f"{char('begin')}{told(' ')}{char('begin')}{told('QUOTE LINK')}{char('end')}{told(' x')}{char('end')}"),
        "别的域",
    ),
    "a field that is deleted": (in_main("<w:del><w:r><w:delInstrText>LINK x</w:delInstrText></w:r></w:del>"), "LINK"),
    "a simple field": (in_main('<w:fldSimple w:instr=" includepicture x"/>'), "INCLUDEPICTURE"),
    "a field that leads to a share": (with_field(' HYPERLINK "\\\\server\\share" '), "HYPERLINK"),
    "a field that prints": (with_field(" PRINT 27 "), "PRINT"),
    "a field in a part of another folder": (elsewhere, "RD"),
    "another document inside": (in_main("<w:altChunk/>"), "altChunk"),
    "a document below": (by_relation("subDocument"), "子文档"),
    "macros by relation": (by_relation("vbaProject"), "宏"),
    "an object by relation": (by_relation("oleObject"), "对象"),
    "buttons": (by_relation("ui/extensibility"), "按钮"),
    "an object by its bytes": (lambda parts: parts.update({"word/media/image1.png": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1x"}), "OLE"),
    "a program by its bytes": (lambda parts: parts.update({"word/media/image1.png": b"MZx"}), "程序"),
    "data of a merge": (linked("mailMergeSource", "file:///c:/x.xlsx"), "邮件合并"),
}
ALLOWED = {
    "nothing": lambda parts: None,
    "a link to a page": linked("hyperlink", "https://example.org/LINK"),
    "fields in the result of a field": in_main(
        f"{char('begin')}{told('TOC x')}{char('separate')}{char('begin')}{told('PAGEREF y')}{char('end')}{char('end')}"
    ),
    "a link within": with_field(' HYPERLINK \\l "there" '),
    "a page number": with_field(" PAGE \\* MERGEFORMAT "),
    "a link as a field": with_field(' HYPERLINK "https://example.org/INCLUDE" '),
}


@pytest.mark.parametrize("case", REFUSED)
def test_it_is_refused_by_lint_and_by_report(tmp_path: Path, case: str) -> None:
    change, said = REFUSED[case]
    path = tmp_path / "模板.docx"
    path.write_bytes(template(change))
    problems = template_problems(path, Library(templates_directory()).edition("mof-2020"))
    assert any(said in problem.message for problem in problems)
    with pytest.raises(ReportError) as refused:
        fill(path, {})
    assert str(refused.value) == problems[0].message


@pytest.mark.parametrize("case", ALLOWED)
def test_what_fetches_nothing_is_let_through(tmp_path: Path, case: str) -> None:
    path = tmp_path / "模板.docx"
    path.write_bytes(template(ALLOWED[case]))
    assert template_problems(path, Library(templates_directory()).edition("mof-2020")) == []
    fill(path, {})


def test_a_report_is_whole_or_not_written(tmp_path: Path) -> None:
    """A text of over ten million characters is more than the parser of the library takes: it drops the rest in silence."""
    path = tmp_path / "模板.docx"
    document = Document()
    document.add_paragraph("{{ text }}")
    document.add_paragraph("后面的")
    document.save(str(path))
    assert fill(path, {"text": "好" * 1000}).paragraphs[1].text == "后面的"
    with pytest.raises(ReportError):
        fill(path, {"text": "x" * 10_500_000})


@pytest.mark.parametrize(
    "tag",
    [
        "{{ unit.__class__ }}",
        "{{ unit['__class__'] }}",
        "{% include 'x' %}",
        "{% for a in range(10**9) %}{% endfor %}",
        "{{ " + "(" * 2000 + "1" + ")" * 2000 + " }}",
        "{% if 1 %}" * 300 + "{% endif %}" * 300,
    ],
)
def test_lint_refuses_what_a_report_would_refuse(tmp_path: Path, tag: str) -> None:
    path = tmp_path / "模板.docx"
    document = Document()
    document.add_paragraph(tag)
    document.save(str(path))
    problems = template_problems(path, Library(templates_directory()).edition("mof-2020"))
    assert problems
    assert all(any("\u4e00" <= char <= "\u9fff" for char in one.message) for one in problems)
