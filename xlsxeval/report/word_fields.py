"""Runs and Word's fields (PAGEREF, SEQ, TOC), written and found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from docx.oxml.ns import qn
from lxml import etree

from xlsxeval.report.table_xml import element

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def text_run(text: str) -> etree._Element:
    """A run whose quotation marks and dashes are set in the Chinese font."""
    run = element("w:r")
    fonts = etree.SubElement(etree.SubElement(run, qn("w:rPr")), qn("w:rFonts"))
    fonts.set(qn("w:hint"), "eastAsia")
    content = etree.SubElement(run, qn("w:t"))
    content.text = text
    content.set(_SPACE, "preserve")
    return run


def tab_run() -> etree._Element:
    run = element("w:r")
    run.append(element("w:tab"))
    return run


def mark_run(kind: str, *, dirty: bool = False) -> etree._Element:
    """``begin``, ``separate`` or ``end`` of a field; Word works a dirty one out when it opens the document."""
    run = element("w:r")
    run.append(element("w:fldChar", fldCharType=kind, **({"dirty": "true"} if dirty else {})))
    return run


def code_run(instruction: str) -> etree._Element:
    """The instruction of a field."""
    run = element("w:r")
    code = etree.SubElement(run, qn("w:instrText"))
    code.text = f" {instruction} "
    code.set(_SPACE, "preserve")
    return run


def field_runs(instruction: str, result: str) -> list[etree._Element]:
    """A whole field with the result that programs show until they work it out."""
    return [
        mark_run("begin"),
        code_run(instruction),
        mark_run("separate"),
        text_run(result),
        mark_run("end"),
    ]


def hidden(runs: list[etree._Element]) -> list[etree._Element]:
    """Marks runs as hidden, as those of TC fields are, and returns them."""
    for run in runs:
        properties = run.find(qn("w:rPr"))
        if properties is None:
            properties = element("w:rPr")
            run.insert(0, properties)
        properties.append(element("w:vanish"))
    return runs


@dataclass(frozen=True, slots=True)
class WordField:
    """A field inside one paragraph: its instruction, and the text nodes of its result."""

    instruction: str
    result: tuple[etree._Element, ...]

    def show(self, text: str) -> None:
        """Sets the result that programs show until they work it out."""
        for node in self.result[1:]:
            node.text = ""
        if self.result:
            self.result[0].text = text


def fields(root: etree._Element) -> Iterator[WordField]:
    """The fields that begin and end in the same paragraph, in order; one inside another comes by itself."""
    for paragraph in root.iter(qn("w:p")):
        opened: list[tuple[list[str], list[etree._Element], list[str]]] = []
        for node in paragraph.iter(qn("w:fldChar"), qn("w:instrText"), qn("w:t")):
            if node.tag == qn("w:fldChar"):
                kind = node.get(qn("w:fldCharType"))
                if kind == "begin":
                    opened.append(([], [], []))
                elif kind == "separate" and opened:
                    opened[-1][2].append("separated")
                elif kind == "end" and opened:
                    code, texts, _ = opened.pop()
                    yield WordField(re.sub("[ \\t\\n]+", " ", "".join(code)).strip(" "), tuple(texts))
            elif opened and node.tag == qn("w:instrText"):
                opened[-1][0].append(node.text or "")
            elif opened and opened[-1][2]:
                opened[-1][1].append(node)
        for simple in paragraph.iter(qn("w:fldSimple")):
            yield WordField(simple.get(qn("w:instr"), "").strip(), tuple(simple.iter(qn("w:t"))))
