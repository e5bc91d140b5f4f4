"""A docx template filled in by Jinja in a sandbox: nothing cut, nothing blanked, nothing run."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.parser import parse_xml
from jinja2 import Environment, Template
from lxml import etree

from xlsxeval.report.environment import document_environment, property_environment
from xlsxeval.report.errors import ReportError
from xlsxeval.report.explain import template_error
from xlsxeval.report.marks import check_marks
from xlsxeval.report.package import saved
from xlsxeval.report.tags import jinja_source, rendered_part
from xlsxeval.report.template_parts import document_dangers, template_dangers
from xlsxeval.workers import Bounds
from xlsxeval.workers.within import OverBoundsError, within

_PROPERTIES = ("title", "author", "subject", "keywords", "category", "comments")
_MAX_PROPERTY = 255
_END = "</w:p>"
_HEADERS = (RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER)
_WHOLE: dict[str, Any] = {"xml_declaration": True, "encoding": "UTF-8", "standalone": True}


def fill(path: Path, context: Mapping[str, Any], seconds: float | None = None) -> Document:
    """The template with every tag carried out in this process, as an open document. Raises ReportError.

    ``seconds`` is what each part of the document may take.
    """
    with _readable(path):
        document, bounds = _opened(path), Bounds(seconds)
        body = document.element.body
        document.element.replace(body, _rendered(body, context, bounds))
        for part in _parts(document, _HEADERS):
            part._element = _rendered(part._element, context, bounds)
        _fill_properties(document, context)
        for part in _parts(document, (RELATIONSHIP_TYPE.FOOTNOTES,)):
            part._blob = etree.tostring(_rendered(parse_xml(part.blob), context, bounds), **_WHOLE)
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
        document = _opened(path)
        for root in (document.element.body, *(part._element for part in _parts(document, _HEADERS))):
            yield _by_paragraph(jinja_source(root))
        yield from (getattr(document.core_properties, name) for name in _PROPERTIES)


def _opened(path: Path) -> Document:
    dangers = template_dangers(path)
    if dangers:
        raise ReportError(dangers[0])
    document = docx.Document(str(path))
    check_marks(document)
    return document


def _parts(document: Document, kinds: Collection[str]) -> list[Any]:
    """The parts that a document refers to as one of these kinds, each once, headers before footers."""
    related = sorted(document.part.rels.values(), key=lambda one: (one.reltype != RELATIONSHIP_TYPE.HEADER, one.rId))
    return list({id(one.target_part): one.target_part for one in related if one.reltype in kinds}.values())


def _rendered(root: etree._Element, context: Mapping[str, Any], bounds: Bounds) -> etree._Element:
    """One part of the document (text, header, footer, footnotes), rendered."""
    source, environment = _by_paragraph(jinja_source(root)), document_environment()
    try:
        with within(bounds):
            result: str = _carried_out(environment, source).render(context)
    except Exception as error:
        raise template_error(error, source, environment, context) from error
    result = re.sub(r"\n<w:p([ >])", r"<w:p\1", result).replace(f"{_END}\n", _END)
    return rendered_part(result)


def _fill_properties(document: Document, context: Mapping[str, Any]) -> None:
    """Title, author and the like may hold tags too; they are plain text of at most 255 characters."""
    environment = property_environment()
    for name in _PROPERTIES:
        source = getattr(document.core_properties, name)
        try:
            text = environment.from_string(source).render(context)
        except Exception as error:
            raise template_error(error, source, environment, context) from error
        setattr(document.core_properties, name, text[:_MAX_PROPERTY])


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


@lru_cache(maxsize=32)
def _carried_out(environment: Environment, source: str) -> Template:
    """A part of a template, compiled: hundreds of units have the same one."""
    return environment.from_string(source)
