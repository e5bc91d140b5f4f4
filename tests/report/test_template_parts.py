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
}
ALLOWED = {
    "nothing": lambda parts: None,
    "a link to a page": linked("hyperlink", "https://example.org/LINK"),
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
