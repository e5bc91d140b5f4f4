"""A docx template filled in by docxtpl, without docxtpl's traps: nothing cut, nothing blanked, nothing run."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from docx.document import Document
from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from lxml import etree

from xlsxeval.report.environment import document_environment, property_environment
from xlsxeval.report.errors import ReportError
from xlsxeval.report.explain import template_error
from xlsxeval.report.marks import check_marks

_PROPERTIES = ("title", "author", "subject", "comments")
_MAX_PROPERTY = 255


def fill(path: Path, context: Mapping[str, Any]) -> Document:
    """The template with every tag carried out, as an open document. Raises ReportError."""
    try:
        template = _Template(str(path))
        check_marks(template.get_docx())
        template.render(dict(context), document_environment())
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError, OSError, etree.XMLSyntaxError) as error:
        if not path.is_file():
            raise ReportError("找不到报告模板，请检查路径。") from error
        raise ReportError("不是 Word 文档（.docx），或者已经损坏，打不开。请用 Word 另存为 .docx。") from error
    document = template.docx
    assert isinstance(document, Document)
    return document


class _Template(DocxTemplate):  # type: ignore[misc]  # docxtpl has no types
    """docxtpl's way of finding tags in Word's XML, with a rendering of its own.

    Left out is what docxtpl does to the *result*: it turns ``{_{`` in values into braces, tabs and bells into markup,
    and mends XML that does not parse by dropping what it does not understand.
    """

    def render_xml_part(self, src_xml: str, part: Any, context: dict[str, Any], jinja_env: Any = None) -> str:
        """One part of the document (text, header, footer), rendered; each paragraph is a line of the Jinja source."""
        source = re.sub(r"<w:p([ >])", r"\n<w:p\1", src_xml)
        try:
            result = jinja_env.from_string(source).render(context)
        except Exception as error:
            raise template_error(error, source, jinja_env, context) from error
        result = re.sub(r"\n<w:p([ >])", r"<w:p\1", result)
        _well_formed(result)
        return result

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


def _well_formed(xml: str) -> None:
    try:
        etree.fromstring(xml.encode(), etree.XMLParser(resolve_entities=False, huge_tree=True))
    except etree.XMLSyntaxError as error:
        raise ReportError(
            "模板填写后不成文档：多半是 {%p … %} 没有单独成段，或者 {% if %}、{% for %} 跨越了段落、表格的边界。"
            f"请检查成对的标记（{error.msg}）。"
        ) from error
