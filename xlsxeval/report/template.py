"""A docx template filled in by docxtpl, without docxtpl's traps: nothing cut, nothing blanked, nothing run."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from docx.document import Document
from docxtpl import DocxTemplate
from jinja2 import Environment, Template
from lxml import etree

from xlsxeval.report.environment import document_environment, property_environment
from xlsxeval.report.errors import ReportError
from xlsxeval.report.explain import template_error
from xlsxeval.report.marks import check_marks
from xlsxeval.report.package import saved
from xlsxeval.report.template_parts import document_dangers, template_dangers
from xlsxeval.workers import Bounds
from xlsxeval.workers.within import OverBoundsError, within

_PROPERTIES = ("title", "author", "subject", "keywords", "category", "comments")
_MAX_PROPERTY = 255
_END = "</w:p>"


def fill(path: Path, context: Mapping[str, Any], seconds: float | None = None) -> Document:
    """The template with every tag carried out in this process, as an open document. Raises ReportError."""
    with _readable(path):
        template = _opened(path)
        template.seconds = seconds
        template.render(dict(context), document_environment())
    document = template.docx
    assert isinstance(document, Document)
    return document


def filled_bytes(path: Path, context: Mapping[str, Any], seconds: float) -> bytes:
    """The filled template as a docx, made within some seconds. Raises ReportError with the place where it was too slow,
    or where the tags made what no template may hold."""
    with _readable(path):
        content = saved(fill(path, context, seconds))
        dangers = document_dangers(content)
    if dangers:
        raise ReportError(f"填好的报告里{dangers[0]}")
    return content


def sources(path: Path) -> Iterator[str]:
    """The Jinja source of every part of a template: text, headers, footers, properties. Raises ReportError."""
    with _readable(path):
        template = _opened(path)
        yield _by_paragraph(template.patch_xml(template.get_xml()))
        for uri in (template.HEADER_URI, template.FOOTER_URI):
            for _, part in template.get_headers_footers(uri):
                yield _by_paragraph(template.patch_xml(template.get_part_xml(part)))
        yield from (getattr(template.docx.core_properties, name) for name in _PROPERTIES)


def _opened(path: Path) -> _Template:
    dangers = template_dangers(path)
    if dangers:
        raise ReportError(dangers[0])
    template = _Template(str(path))
    check_marks(template.get_docx())
    return template


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    try:
        yield
    except (ReportError, OverBoundsError):
        raise
    except Exception as error:  # a template may be spoilt in any way, and its readers raise anything
        if not path.is_file():
            raise ReportError("找不到报告模板，请检查路径。") from error
        raise ReportError("不是 Word 文档（.docx），或者已经损坏，打不开。请用 Word 另存为 .docx。") from error


def _by_paragraph(xml: str) -> str:
    """Each paragraph is a line of the Jinja source, and so is each tag between two, so that a line number finds it."""
    return re.sub(r"<w:p([ >])", r"\n<w:p\1", xml.replace(_END, f"{_END}\n"))


class _Template(DocxTemplate):  # type: ignore[misc]  # docxtpl has no types
    """docxtpl's way of finding tags in Word's XML, with a rendering of its own.

    Left out is what docxtpl does to the *result*: it turns ``{_{`` in values into braces, tabs and bells into markup,
    and mends XML that does not parse by dropping what it does not understand.
    """

    seconds: float | None = None
    """What each part of the document may take."""

    def render_xml_part(self, src_xml: str, part: Any, context: dict[str, Any], jinja_env: Any = None) -> str:
        """One part of the document (text, header, footer), rendered."""
        source = _by_paragraph(src_xml)
        try:
            with within(Bounds(self.seconds)):
                result: str = _carried_out(jinja_env, source).render(context)
        except Exception as error:
            raise template_error(error, source, jinja_env, context) from error
        result = re.sub(r"\n<w:p([ >])", r"<w:p\1", result).replace(f"{_END}\n", _END)
        _well_formed(result)
        return result

    def fix_tables(self, xml: str) -> Any:
        """The tree of a rendered part with its tables mended. Raises ReportError where the mending lost any of the text."""
        tree = super().fix_tables(xml)
        whole = etree.fromstring(xml.encode(), etree.XMLParser(resolve_entities=False, huge_tree=True))
        if sum(map(len, tree.itertext())) != sum(map(len, whole.itertext())):
            raise ReportError(
                "填好以后的文档不完整，没有写：多半是有一段文字特别长。请检查是哪个单位的文字，删短再写。"
            )
        return tree

    def render_properties(self, context: dict[str, Any], jinja_env: Any = None) -> None:
        """Title, author and the like may hold tags too; they are plain text of at most 255 characters."""
        environment = property_environment()
        for name in _PROPERTIES:
            source = getattr(self.docx.core_properties, name)
            try:
                text = environment.from_string(source).render(context)
            except Exception as error:
                raise template_error(error, source, environment, context) from error
            setattr(self.docx.core_properties, name, text[:_MAX_PROPERTY])

    def render_footnotes(self, context: dict[str, Any], jinja_env: Any = None) -> None:
        """Footnotes are filled in with the same sandbox."""
        super().render_footnotes(context, jinja_env)


@lru_cache(maxsize=32)
def _carried_out(environment: Environment, source: str) -> Template:
    """A part of a template, compiled: hundreds of units have the same one."""
    return environment.from_string(source)


def _well_formed(xml: str) -> None:
    try:
        etree.fromstring(xml.encode(), etree.XMLParser(resolve_entities=False, huge_tree=True))
    except etree.XMLSyntaxError as error:
        raise ReportError(
            "模板填写后不成文档：多半是 {%p … %} 没有单独成段，或者 {% if %}、{% for %} 跨越了段落、表格的边界。请检查成对的标记。"
        ) from error
