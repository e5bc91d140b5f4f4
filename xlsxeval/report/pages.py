"""Page numbers for the table of contents, by an installed LibreOffice: laid out once, read off the links of the PDF."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from docx import Document
from docx.oxml.ns import qn
from lxml import etree
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from xlsxeval.report.contents import BOOKMARK
from xlsxeval.report.package import saved
from xlsxeval.report.pdf import to_pdf
from xlsxeval.report.word_fields import fields

Spot = tuple[int, float]
"""Page from 0, and how far down it: greater is lower."""


def numbered(docx: bytes) -> bytes:
    """The document with page numbers in its table of contents; as it was where it has none, or they are not sure.

    Raises UsageError without LibreOffice, or where it cannot lay the document out.
    """
    document = Document(io.BytesIO(docx))
    links = _links(document.element)
    if not links:
        return docx
    with tempfile.TemporaryDirectory(prefix="xlsxeval-pages-") as folder:
        path = Path(folder) / "report.docx"
        path.write_bytes(docx)
        try:
            laid = _laid(to_pdf(path, Path(folder) / "out"))
        except PyPdfError:
            return docx
    first = _counted(document.element.body, links, laid)
    if first is None or len(laid.spots) != len(links):
        return docx
    shown = [field for field in fields(document.element.body) if field.instruction.startswith(f"PAGEREF {BOOKMARK}0")]
    for field, (page, _) in zip(shown, laid.spots, strict=True):
        field.show(str(page + first))
    return saved(document)


def _links(document: etree._Element) -> list[etree._Element]:
    return [
        link for link in document.iter(qn("w:hyperlink")) if link.get(qn("w:anchor"), "").startswith(f"{BOOKMARK}0")
    ]


@dataclass(frozen=True, slots=True)
class _Laid:
    """A PDF: the last page with links, and where the links lead, in the order of the text."""

    last_of_contents: int
    spots: Sequence[Spot]


def _laid(pdf: Path) -> _Laid:
    reader = PdfReader(pdf)
    references = (page.indirect_reference for page in reader.pages)
    places = {reference.idnum: number for number, reference in enumerate(references) if reference is not None}
    spots: set[Spot] = set()
    last = 0
    for number, page in enumerate(reader.pages):
        for annotation in page.get("/Annots", []):
            item = annotation.get_object()
            target = item.get("/Dest") or item.get("/A", {}).get("/D")
            if isinstance(target, list) and len(target) > 3:
                spots.add((places[target[0].idnum], -float(target[3])))
                last = number
    return _Laid(last, sorted(spots))


def _counted(body: etree._Element, links: Sequence[etree._Element], laid: _Laid) -> int | None:
    """The number of the PDF's first page, counted back from where the numbers begin; None where that is not sure."""
    starts = [_start(section) for section in body.iter(qn("w:sectPr"))]
    if not any(starts):
        return 1
    own = _section(links[-1])
    begun = [number for number, start in enumerate(starts) if start]
    if begun != [own + 1]:
        return None
    return starts[own + 1] - (laid.last_of_contents + 1)


def _start(section: etree._Element) -> int:
    numbers = section.find(qn("w:pgNumType"))
    return 0 if numbers is None else int(numbers.get(qn("w:start"), "0"))


def _section(node: etree._Element) -> int:
    """The section that a node stands in, from 0."""
    paragraph = next(node.iterancestors(qn("w:p")))
    return sum(1 for before in paragraph.itersiblings(preceding=True) for _ in before.iter(qn("w:sectPr")))
