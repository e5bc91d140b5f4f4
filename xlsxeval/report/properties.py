"""What the document says of itself (文件 → 信息): its date, the unit, and where its figures come from."""

from __future__ import annotations

import datetime as dt

from docx.document import Document
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

from xlsxeval.forms.values import EPOCH
from xlsxeval.intake.submission import Submission
from xlsxeval.report.fields import clean

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_TYPES = "application/vnd.openxmlformats-officedocument"
_VALUES = f"{_OFFICE}/docPropsVTypes"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""Word's own name for the set of custom properties."""
_FIRST_ID = 2
"""Custom properties are counted from there."""


def report_date(submission: Submission) -> dt.date | None:
    """The date that the unit gave its report: the first field ``date`` of the forms that are no attachment."""
    for sheet in submission.layout.sheets:
        for cell in sheet.cells if not sheet.attachment else ():
            if cell.slot is not None and cell.slot.field.id == "date":
                value = submission.value(cell)
                if isinstance(value, int | float) and value > 0:
                    return EPOCH + dt.timedelta(days=int(value))
    return None


def add_origin(document: Document, submission: Submission, digest: str) -> None:
    """Adds the unit as company, and edition, campaign, unit code and SHA-256 of the received file as properties.

    With them a printed or published report leads back to the file that it was made from. Properties that the template
    brings under these names are replaced with all other custom ones.
    """
    identity = submission.identity
    origin = {
        "xlsxeval.edition": identity.layout.edition.id,
        "xlsxeval.campaign": identity.layout.campaign.id,
        "xlsxeval.unit": submission.unit.code,
        "xlsxeval.sha256": digest,
    }
    _replace(document, "docProps/app.xml", "extended-properties", _company(submission.unit.name))
    _replace(document, "docProps/custom.xml", "custom-properties", _custom(origin))


def _company(name: str) -> etree._Element:
    space = f"{_OFFICE}/extended-properties"
    root = etree.Element(f"{{{space}}}Properties", nsmap={None: space})  # type: ignore[dict-item]
    for tag, text in (("Application", "xlsxeval"), ("Company", clean(name))):
        etree.SubElement(root, f"{{{space}}}{tag}").text = text
    return root


def _custom(values: dict[str, str]) -> etree._Element:
    space = f"{_OFFICE}/custom-properties"
    root = etree.Element(f"{{{space}}}Properties", nsmap={None: space, "vt": _VALUES})  # type: ignore[dict-item]
    for number, (name, value) in enumerate(values.items(), start=_FIRST_ID):
        if value:
            node = etree.SubElement(root, f"{{{space}}}property", fmtid=_FORMAT, pid=str(number), name=name)
            etree.SubElement(node, f"{{{_VALUES}}}lpwstr").text = clean(value)
    return root


def _replace(document: Document, name: str, kind: str, root: etree._Element) -> None:
    package = document.part.package
    relation = f"{_OFFICE}/relationships/{kind}"
    for key in [key for key, known in package.rels.items() if known.reltype == relation]:
        del package.rels[key]
    data = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    package.relate_to(Part(PackURI(f"/{name}"), f"{_TYPES}.{kind}+xml", data, package), relation)
