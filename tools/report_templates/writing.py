"""Words into a template: paragraphs by style, headings by mark, a text of the unit with bold leads."""

from __future__ import annotations

from docx.document import Document as OpenDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph


def add(paragraph: Paragraph, text: str, *, bold: bool = False) -> None:
    """A run whose quotation marks and dashes are set in the Chinese font.

    ``⏎`` is a line break, ``⟦SEQ 表⟧`` a field of Word.
    """
    before, mark, more = text.partition("⟦")
    if mark:
        instruction, _, after = more.partition("⟧")
        if before:
            add(paragraph, before, bold=bold)
        add_field(paragraph, instruction)
        add(paragraph, after, bold=bold)
        return
    run = paragraph.add_run(text.replace("⏎", "\n"))
    if bold:
        run.bold = True
    fonts = run._r.get_or_add_rPr()._add_rFonts()
    fonts.set(qn("w:hint"), "eastAsia")


def write(document: OpenDocument, style_name: str, *texts: str) -> Paragraph:
    paragraph = document.add_paragraph(style=style_name)
    for text in texts:
        add(paragraph, text)
    return paragraph


def write_text(document: OpenDocument, text: str) -> None:
    """The words of a template, a paragraph a line.

    ``# ``, ``## ``, ``### `` headings, ``#### `` an unlisted one; ``! `` title;
    ``@style `` a named style, ``@style+ `` kept with what follows;
    ``* field`` and ``*+ field`` a text of the unit, the latter kept with what follows.
    """
    marks = {"#### ": "报告段落", "# ": "Heading 1", "## ": "Heading 2", "### ": "Heading 3", "! ": "Title"}
    for line in text.strip().split("\n"):
        if not line.strip():
            continue
        mark = next((mark for mark in marks if line.startswith(mark)), None)
        if mark is not None:
            paragraph = write(document, marks[mark], line.removeprefix(mark))
            if mark == "#### ":
                paragraph.paragraph_format.keep_with_next = True
        elif line.startswith("@"):
            name, _, words = line[1:].partition(" ")
            paragraph = write(document, name.removesuffix("+"), words)
            paragraph.paragraph_format.keep_with_next = name.endswith("+") or None
        elif line.startswith("* "):
            prose(document, line[2:])
        elif line.startswith("*+ "):
            prose(document, line[3:], keep=True)
        else:
            write(document, "报告段落", line)


def prose(document: OpenDocument, field: str, *, keep: bool = False) -> None:
    """The paragraphs of a text of the unit, each with its opening in bold.

    ``keep`` holds the last section to the list of attachments and the signature, which must not have a page alone.
    """
    write(document, "报告段落", f"{{%p for paragraph in {field}|lines %}}")
    paragraph = document.add_paragraph(style="报告段落")
    paragraph.paragraph_format.keep_with_next = keep or None
    add(paragraph, "{{ paragraph|lead }}", bold=True)
    add(paragraph, "{{ paragraph|rest }}")
    write(document, "报告段落", "{%p endfor %}")


def add_field(paragraph: Paragraph, instruction: str) -> None:
    for kind, text in (("begin", ""), ("", instruction), ("separate", ""), ("text", "1"), ("end", "")):
        run = paragraph.add_run()
        if kind == "text":
            run.text = text
        elif kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        else:
            field = OxmlElement("w:instrText")
            field.set(qn("xml:space"), "preserve")
            field.text = f" {text} "
            run._r.append(field)
