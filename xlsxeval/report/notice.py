"""填报通知: the page that goes to one unit together with its workbooks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from xlsxeval.forms.campaign import Campaign, Unit
from xlsxeval.forms.definition import Edition
from xlsxeval.report.context import campaign_names
from xlsxeval.report.errors import ReportError
from xlsxeval.report.filling import filled
from xlsxeval.report.package import document_bytes

NOTICE_TEMPLATE = "notice.docx"


def notice_bytes(
    campaign: Campaign, unit: Unit, edition: Edition, files: Sequence[str], template: Path, link: str = ""
) -> bytes:
    """The Word notice for a unit as a docx; the same campaign, unit and files give the same bytes.

    ``files`` are the names of the workbooks that go with it. The template can name ``files`` and ``projects`` (names
    of the unit's projects) and ``link`` (the address of the unit's page, empty where it has none) besides
    ``year``, ``unit``, ``department``, ``deadline`` and ``edition``.
    Raises ReportError where the template cannot be read or has broken tags.
    """
    context = campaign_names(campaign, unit, edition)
    context["files"] = list(files)
    context["link"] = link
    context["projects"] = [project.name for project in unit.projects]
    try:
        document = filled(template, context)
    except ReportError as error:
        raise ReportError(f"{template}: {error}") from error
    return document_bytes(document)
