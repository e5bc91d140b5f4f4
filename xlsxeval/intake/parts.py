"""Which parts may be in a workbook: an allow-list of content types, and what the others mean."""

from __future__ import annotations

from enum import Enum

_OFFICE = "application/vnd.openxmlformats-officedocument."
_SHEETML = _OFFICE + "spreadsheetml."

WORKBOOK = _SHEETML + "sheet.main+xml"
USUAL = {
    "officeDocument": (WORKBOOK, "xl/workbook.xml"),
    "styles": (_SHEETML + "styles+xml", "xl/styles.xml"),
    "sharedStrings": (_SHEETML + "sharedStrings+xml", "xl/sharedStrings.xml"),
}
"""By the kind of the relation that leads to a part: its content type, and the name by which some programs look for it."""


class PartKind(Enum):
    """What the guard does about a part."""

    HARMLESS = "read or left alone"
    FORBIDDEN = "the file is rejected: macros, controls, embedded files"
    LINKED = "reported: the part brings data from elsewhere"
    ADD_IN = "reported: the part shows an add-in beside the workbook"
    UNKNOWN = "reported: never read"


_HARMLESS = frozenset(
    {
        *(
            _SHEETML + name + "+xml"
            for name in (
                "sheet.main",
                "worksheet",
                "chartsheet",
                "styles",
                "sharedStrings",
                "calcChain",
                "comments",
                "table",
                "sheetMetadata",
                "pivotTable",
                "pivotCacheDefinition",
                "pivotCacheRecords",
                "revisionHeaders",
                "revisionLog",
                "userNames",
            )
        ),
        _SHEETML + "printerSettings",
        _SHEETML + "customProperty",
        *(
            _OFFICE + name + "+xml"
            for name in (
                "theme",
                "themeOverride",
                "drawing",
                "vmlDrawing",
                "extended-properties",
                "custom-properties",
                "customXmlProperties",
                "drawingml.chart",
                "drawingml.chartshapes",
                "drawingml.diagramColors",
                "drawingml.diagramData",
                "drawingml.diagramLayout",
                "drawingml.diagramStyle",
            )
        ),
        _OFFICE + "vmlDrawing",
        "application/vnd.openxmlformats-package.core-properties+xml",
        "application/vnd.openxmlformats-package.relationships+xml",
        "application/vnd.openxmlformats-package.digital-signature-origin",
        "application/vnd.openxmlformats-package.digital-signature-xmlsignature+xml",
        "application/vnd.ms-excel.threadedcomments+xml",
        "application/vnd.ms-excel.person+xml",
        "application/vnd.ms-excel.slicer+xml",
        "application/vnd.ms-excel.slicercache+xml",
        "application/vnd.ms-excel.timeline+xml",
        "application/vnd.ms-excel.timelinecache+xml",
        "application/vnd.ms-excel.controlproperties+xml",
        "application/vnd.ms-excel.richvaluerel+xml",
        "application/vnd.ms-excel.featurepropertybag+xml",
        "application/vnd.ms-excel.wssortmap+xml",
        "application/vnd.ms-office.classificationlabels+xml",
        "application/vnd.ms-excel.dynamicarray+xml",
        "application/vnd.ms-office.chartstyle+xml",
        "application/vnd.ms-office.chartcolorstyle+xml",
        "application/vnd.ms-office.chartex+xml",
        "application/vnd.ms-office.drawingml.diagramdrawing+xml",
        "application/vnd.wps-officedocument.cellimage+xml",
        "application/rdf+xml",
        "application/xml",
        "text/xml",
    }
)
_HARMLESS_FAMILIES = ("image/", "application/x-font", "application/vnd.ms-excel.rd")
_FORBIDDEN_WORDS = ("macro", "vba", "activex", "oleobject", "sheet.binary", "template", "dialogsheet")
_FORBIDDEN_TYPES = frozenset({_OFFICE + "package", "application/vnd.ms-package", "application/x-msdownload"})
_LINKED_WORDS = ("externallink", "connections", "querytable", "volatiledependencies", "model+data", "xmlmaps")


def classify(content_type: str) -> PartKind:
    """What a content type means to the guard; upper and lower case alike."""
    name = content_type.partition(";")[0].strip().casefold()
    if name in _FORBIDDEN or any(word in name for word in _FORBIDDEN_WORDS):
        return PartKind.FORBIDDEN
    if "webextension" in name:
        return PartKind.ADD_IN
    if any(word in name for word in _LINKED_WORDS):
        return PartKind.LINKED
    if name in _ALLOWED or name.startswith(_HARMLESS_FAMILIES):
        return PartKind.HARMLESS
    return PartKind.UNKNOWN


_ALLOWED = frozenset(name.casefold() for name in _HARMLESS)
_FORBIDDEN = frozenset(name.casefold() for name in _FORBIDDEN_TYPES)

FORBIDDEN_NAMES = ("vbaproject", "xl/embeddings/", "xl/activex/", "xl/macrosheets/", "xl/dialogsheets/")
"""Beginnings of folded part names, or of their last step, that are refused whatever type they claim."""
FORBIDDEN_RELATIONS = frozenset(
    {
        "vbaProject",
        "oleObject",
        "package",
        "control",
        "activeXControlBinary",
        "xlMacrosheet",
        "xlIntlMacrosheet",
        "dialogsheet",
        "attachedToolbars",
        "wordVbaData",
    }
)
