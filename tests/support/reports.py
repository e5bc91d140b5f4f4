"""Word reports as people edit them: the words of the case files that are about documents, done with python-docx."""

from __future__ import annotations

import copy
import datetime as dt
import io
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from docx import Document
from docx.document import Document as OpenDocument
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from lxml import etree

from tests.support.base import CAMPAIGNS, base
from xlsxeval.campaign.workspace import open_workspace
from xlsxeval.forms.library import Library
from xlsxeval.judging.judge import Judge
from xlsxeval.report import report_bytes
from xlsxeval.resources import templates_directory
from xlsxeval.results.edited_reports import Proofreader
from xlsxeval.rules.verdict import Verdict

Edit = Callable[[OpenDocument, Any], None]
_FOLDERS: list[tempfile.TemporaryDirectory[str]] = []


def verdict_of_report(words: Mapping[str, Any]) -> Verdict:
    """What is told of the base unit's report after these edits."""
    folder, proofreader = _desk()
    words = dict(words)
    file = RECEIVED[words.pop("file")] if "file" in words else None
    path = folder / "报告.docx"
    path.write_bytes(file() if file is not None else edited(report(words.pop("made_from", "")), words))
    return proofreader(path)


@cache
def report(digest: str = "") -> bytes:
    """The base unit's report; ``digest`` is the SHA-256 of the workbook that it says it was made from."""
    _, proofreader = _desk()
    submission = proofreader.judge.read_bytes("case.xlsx", base().data).submission
    assert submission is not None
    template = templates_directory() / "reports" / "hunan-2024.docx"
    return report_bytes(submission, template, digest=digest)


@cache
def _desk() -> tuple[Path, Proofreader]:
    """A campaign's folder with the base unit's workbook come back."""
    _FOLDERS.append(tempfile.TemporaryDirectory(prefix="reports-"))
    folder = Path(_FOLDERS[-1].name)
    shutil.copy(CAMPAIGNS / "hunan-2024" / "campaign.yaml", folder)
    (folder / "收回").mkdir()
    (folder / "收回" / "填好的.xlsx").write_bytes(base().data)
    workspace = open_workspace(folder, Library(templates_directory()), clock=lambda: dt.datetime.now(dt.UTC))
    return folder, Proofreader(workspace, Judge.of(workspace))


def edited(data: bytes, words: Mapping[str, Any]) -> bytes:
    """The report after what people did to it in Word. Raises KeyError for a word that nobody knows."""
    document = Document(io.BytesIO(data))
    for word, value in words.items():
        EDITS[word](document, value)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _paragraphs(document: OpenDocument) -> Iterator[etree._Element]:
    """Every paragraph, those in tables among them, without the table of contents."""
    for node in document.element.body.iter(qn("w:p")):
        style = node.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        if style is None or not str(style.get(qn("w:val"))).casefold().startswith("toc"):
            yield node


def _text(node: etree._Element) -> str:
    return "".join(text.text or "" for text in node.iter(qn("w:t")))


def _with(document: OpenDocument, text: str) -> etree._Element:
    """The first paragraph that has these words."""
    found = next((node for node in _paragraphs(document) if text in _text(node)), None)
    assert found is not None, f"no paragraph has {text!r}"
    return found


def _put(node: etree._Element, text: str) -> None:
    """Other words in a paragraph, in the look of its first run."""
    first, *rest = node.iter(qn("w:t"))
    first.text = text
    for other in rest:
        other.text = ""


def _row(document: OpenDocument, text: str) -> etree._Element:
    found = next((row for row in document.element.body.iter(qn("w:tr")) if text in _text(row)), None)
    assert found is not None, f"no row has {text!r}"
    return found


def _change(document: OpenDocument, values: Mapping[str, str]) -> None:
    for old, new in values.items():
        node = _with(document, old)
        _put(node, _text(node).replace(old, new, 1))


def _delete(document: OpenDocument, texts: list[str]) -> None:
    for text in texts:
        node = _with(document, text)
        node.getparent().remove(node)  # type: ignore[union-attr]


def _add(document: OpenDocument, values: Mapping[str, str]) -> None:
    for text, new in values.items():
        node = _with(document, text)
        added = copy.deepcopy(node)
        _put(added, new)
        node.addnext(added)


def _delete_row(document: OpenDocument, texts: list[str]) -> None:
    for text in texts:
        row = _row(document, text)
        row.getparent().remove(row)  # type: ignore[union-attr]


def _add_row(document: OpenDocument, values: Mapping[str, list[str]]) -> None:
    """Another row like the one that has these words, with other texts in its cells."""
    for text, cells in values.items():
        row = _row(document, text)
        added = copy.deepcopy(row)
        for cell, new in zip(added.findall(qn("w:tc")), cells, strict=False):
            if not list(cell.iter(qn("w:t"))):
                paragraph = cell.find(qn("w:p"))
                assert paragraph is not None
                paragraph.append(OxmlElement("w:r"))
                paragraph[-1].append(OxmlElement("w:t"))
            _put(cell, new)
        row.addnext(added)


def _delete_attachment(document: OpenDocument, marks: list[str]) -> None:
    """The tables of an attachment, its mark and its title."""
    for mark in marks:
        node = next(node for node in document.element.body.iterchildren(qn("w:p")) if _text(node).strip() == mark)
        while node is not None:
            following = node.getnext()
            node.getparent().remove(node)
            node = following
            if node is None or node.tag == qn("w:sectPr") or _text(node).startswith("附件"):
                break


def _revise(document: OpenDocument, values: Mapping[str, str]) -> None:
    """The same as a change, as a tracked one."""
    for old, new in values.items():
        node = _with(document, old)
        run = next(run for run in node.iter(qn("w:r")) if old in _text(run))
        before, _, after = _text(run).partition(old)
        pieces = [
            _run(run, before),
            _tracked("w:del", _run(run, old)),
            _tracked("w:ins", _run(run, new)),
            _run(run, after),
        ]
        for piece in pieces:
            run.addprevious(piece)
        node.remove(run)


def _run(like: etree._Element, text: str) -> etree._Element:
    run = copy.deepcopy(like)
    _put(run, text)
    return run


def _tracked(kind: str, run: etree._Element) -> etree._Element:
    root = OxmlElement(kind)
    root.set(qn("w:id"), "900")
    root.set(qn("w:author"), "某某")
    root.append(run)
    if kind == "w:del":
        for text in list(run.iter(qn("w:t"))):
            text.tag = qn("w:delText")
    return root


EDITS: dict[str, Edit] = {
    "change": _change,
    "delete": _delete,
    "add": _add,
    "delete_row": _delete_row,
    "add_row": _add_row,
    "delete_attachment": _delete_attachment,
    "revise": _revise,
}


def _with_part(name: str, old: str, new: str) -> bytes:
    """The report with other words in one of its parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(report())) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for member in source.namelist():
            content = source.read(member)
            target.writestr(member, content.replace(old.encode(), new.encode()) if member == name else content)
    return buffer.getvalue()


def _foreign() -> bytes:
    document = Document()
    document.add_paragraph(f"{base().unit.name}2024年工作总结")
    document.add_paragraph("全年完成了各项工作。")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _nobodys() -> bytes:
    document = Document()
    document.add_paragraph("2024年工作总结")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
_MAIN = "wordprocessingml.document.main+xml"

RECEIVED: dict[str, Callable[[], bytes]] = {
    "旧版.doc": lambda: _OLE + "WordDocument".encode("utf-16-le") + bytes(64),
    "加密": lambda: _OLE + "EncryptedPackage".encode("utf-16-le") + bytes(64),
    "启用宏": lambda: _with_part(
        "[Content_Types].xml",
        f"application/vnd.openxmlformats-officedocument.{_MAIN}",
        "application/vnd.ms-word.document.macroEnabled.main+xml",
    ),
    "断在半路": lambda: report()[: len(report()) // 2],
    "空文件": lambda: b"",
    "工作簿": lambda: base().data,
    "有文档类型声明": lambda: _with_part(
        "word/document.xml", "<w:document", "<!DOCTYPE a [<!ENTITY b 'c'>]><w:document"
    ),
    "一层套一层": lambda: _with_part("word/document.xml", "<w:body>", "<w:body>" + "<w:p><w:r><w:t>" * 900),
    "别的文档": _foreign,
    "不知是谁的": _nobodys,
    "另一个任务": lambda: _with_part("docProps/custom.xml", base().campaign.id, "shili-2023"),
}
"""Files that are no report to compare, by what is wrong with them."""
